package dev.sluice.sinks.control;

import dev.sluice.events.SinkCondition;
import dev.sluice.events.SinkState;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * {@code sinks.v1}: two records for each sink, what an operator ordered and what the sink last said
 * of itself.
 */
public final class SinkBoard {
  private static final String ORDER = "/order";
  private static final String STATE = "/state";

  private final String topic;
  private final Serializer<SinkState> encoder;
  private final Deserializer<SinkState> decoder;

  public SinkBoard(String prefix, AvroSerdes serdes) {
    this.topic = topicOf(prefix);
    this.encoder = serdes.forTopic(Topics.SINKS).serializer();
    this.decoder = serdes.forTopic(Topics.SINKS).deserializer();
  }

  /** Its name on the broker. */
  public static String topicOf(String prefix) {
    return Topics.name(prefix, Realm.COMMON, Topics.SINKS);
  }

  /** One record of it, and whether it is an order. */
  public record Entry(boolean isOrder, SinkState state) {}

  /** Reads one record; empty for a tombstone and for what is not ours. */
  public Optional<Entry> read(ConsumerRecord<byte[], byte[]> raw) {
    if (raw.key() == null || raw.value() == null) {
      return Optional.empty();
    }
    String key = new String(raw.key(), StandardCharsets.UTF_8);
    if (!key.endsWith(ORDER) && !key.endsWith(STATE)) {
      return Optional.empty();
    }
    SinkState state = decoder.deserialize(topic, raw.headers(), raw.value());
    return Optional.of(new Entry(key.endsWith(ORDER), state));
  }

  /**
   * Orders a sink to pause, or to go on.
   *
   * @param by who says so
   */
  public CompletableFuture<Void> order(
      Producer<byte[], byte[]> producer,
      String sink,
      boolean pause,
      String by,
      String reason,
      Instant at) {
    SinkCondition condition = pause ? SinkCondition.PAUSED : SinkCondition.RUNNING;
    return write(producer, sink + ORDER, state(sink, condition, by, reason, at));
  }

  /** Says how a sink fares. */
  public CompletableFuture<Void> report(
      Producer<byte[], byte[]> producer,
      String sink,
      SinkCondition condition,
      String reason,
      Instant at) {
    return write(producer, sink + STATE, state(sink, condition, "", reason, at));
  }

  private static SinkState state(
      String sink, SinkCondition condition, String by, String reason, Instant at) {
    return SinkState.newBuilder()
        .setSink(sink)
        .setCondition(condition)
        .setBy(by)
        .setReason(reason)
        .setAt(at)
        .build();
  }

  private CompletableFuture<Void> write(
      Producer<byte[], byte[]> producer, String key, SinkState state) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    try {
      producer.send(
          new ProducerRecord<>(
              topic, key.getBytes(StandardCharsets.UTF_8), encoder.serialize(topic, state)),
          (metadata, error) -> {
            if (error == null) {
              done.complete(null);
            } else {
              done.completeExceptionally(error);
            }
          });
    } catch (RuntimeException e) {
      done.completeExceptionally(e);
    }
    return done;
  }
}
