package dev.sluice.app.deadletter;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A dead letter with its content.
 *
 * @param record as it lies in the dead letters
 * @param decoded the record; empty if the bytes are none of its topic's
 */
public record OpenLetter(
    Letter letter, ConsumerRecord<byte[], byte[]> record, Optional<SpecificRecord> decoded) {

  /** The record as Avro's JSON; empty if it cannot be decoded. */
  public Optional<String> json() {
    return decoded.map(RecordText::json);
  }

  /** Headers of the record, without those that say why it is here. */
  public Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    record
        .headers()
        .forEach(
            header ->
                headers.merge(
                    header.key(),
                    header.value() == null
                        ? ""
                        : new String(header.value(), StandardCharsets.UTF_8),
                    (a, b) -> a + "\n" + b));
    return headers;
  }

  /** The replays that it has behind it, one sentence each. */
  public List<String> history() {
    return ReplayHistory.all(record.headers());
  }
}
