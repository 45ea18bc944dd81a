package dev.sluice.app.deadletter;

import dev.sluice.topics.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * A dead letter without its content.
 *
 * @param topic where the record was, as are partition and offset; -1 where the headers do not say
 * @param step who could not use it: {@code streams:decode}, {@code sink:NAME}, {@code database}
 * @param attempts how often it was sent again before this death
 * @param bytes size of the value; -1 if it has none
 * @param resolution what was done about it
 */
public record Letter(
    LetterId id,
    String key,
    String topic,
    int partition,
    long offset,
    String step,
    String error,
    Instant at,
    int attempts,
    int bytes,
    Optional<Resolution> resolution) {

  static Letter of(LetterId id, byte[] key, byte[] value, Headers headers, long timestamp) {
    String time = Resolution.text(headers, DeadLetterHeaders.TIME);
    return new Letter(
        id,
        key == null ? "" : new String(key, StandardCharsets.UTF_8),
        Resolution.text(headers, DeadLetterHeaders.TOPIC),
        (int) number(Resolution.text(headers, DeadLetterHeaders.PARTITION)),
        number(Resolution.text(headers, DeadLetterHeaders.OFFSET)),
        Resolution.text(headers, DeadLetterHeaders.STEP),
        Resolution.text(headers, DeadLetterHeaders.ERROR),
        time.isEmpty() ? Instant.ofEpochMilli(timestamp) : Instant.parse(time),
        ReplayHistory.attempts(headers),
        value == null ? -1 : value.length,
        Optional.empty());
  }

  private static long number(String text) {
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
  }

  Letter resolved(Resolution how) {
    return new Letter(
        id, key, topic, partition, offset, step, error, at, attempts, bytes, Optional.of(how));
  }

  /** Name of the sink that refused it; empty if it was not a sink. */
  Optional<String> sink() {
    return step.startsWith("sink:") ? Optional.of(step.substring(5)) : Optional.empty();
  }
}
