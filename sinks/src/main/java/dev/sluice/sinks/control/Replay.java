package dev.sluice.sinks.control;

import dev.sluice.settings.KafkaSettings;
import dev.sluice.sinks.SinkDescriptor.Wants;
import dev.sluice.sinks.SinkSettings;
import dev.sluice.sinks.Sinks;
import dev.sluice.sinks.runner.SinkRunners;
import dev.sluice.topics.DeadLetterHeaders;
import dev.sluice.topics.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Sends events again to one sink: writes them anew to the topic, under a header that the other
 * sinks skip. A sink of state is sent the newest event of each item alone.
 */
public final class Replay {
  private final Kafka kafka;
  private final String sink;
  private final String topic;
  private final String deadLetters;
  private final boolean newestOnly;

  public Replay(KafkaSettings settings, String sink, SinkSettings configured) {
    this.kafka = new Kafka(settings);
    this.sink = sink;
    this.topic = Topics.name(settings.prefix(), configured.realm(), Topics.ACTIONABLE);
    this.deadLetters = Topics.deadLetters(settings.prefix(), configured.realm());
    Wants wants = Sinks.of(sink, configured.type()).descriptor().wants();
    this.newestOnly = wants == Wants.CURRENT_STATE;
  }

  /**
   * What was done.
   *
   * @param sent events that were written anew
   * @param lost dead letters whose events the topic no longer holds
   */
  public record Result(int sent, int lost) {}

  /** The events of one item. */
  public Result item(String id) {
    return new Result(send(Map.of(), raw -> !isReplay(raw) && id.equals(key(raw))), 0);
  }

  /** Every event that was written since. */
  public Result since(Instant time) {
    return new Result(
        send(offsetsAt(time), raw -> !isReplay(raw) && raw.timestamp() >= time.toEpochMilli()), 0);
  }

  /** What the sink gave up, or its receiver rejected. */
  public Result deadLetters() {
    Set<TopicOffset> events = new HashSet<>();
    Set<String> items = new HashSet<>();
    kafka.read(
        deadLetters,
        raw -> {
          if (isMine(raw)) {
            if (topic.equals(header(raw, DeadLetterHeaders.TOPIC))) {
              events.add(TopicOffset.of(raw));
            } else {
              items.add(key(raw));
            }
          }
        });
    Set<TopicOffset> found = new HashSet<>();
    Map<TopicPartition, Long> from = new HashMap<>();
    if (items.isEmpty()) {
      events.forEach(
          each ->
              from.merge(new TopicPartition(topic, each.partition()), each.offset(), Math::min));
    }
    int sent =
        send(
            from,
            raw -> {
              TopicOffset here = new TopicOffset(raw.partition(), raw.offset());
              boolean wanted =
                  events.contains(here) || (!isReplay(raw) && items.contains(key(raw)));
              if (events.contains(here)) {
                found.add(here);
              }
              return wanted;
            });
    return new Result(sent, events.size() - found.size());
  }

  private record TopicOffset(int partition, long offset) {
    static TopicOffset of(ConsumerRecord<byte[], byte[]> letter) {
      return new TopicOffset(
          Integer.parseInt(header(letter, DeadLetterHeaders.PARTITION)),
          Long.parseLong(header(letter, DeadLetterHeaders.OFFSET)));
    }
  }

  private Map<TopicPartition, Long> offsetsAt(Instant time) {
    try (var reader = kafka.reader()) {
      Map<TopicPartition, Long> times = new HashMap<>();
      Kafka.partitions(reader, topic).forEach(each -> times.put(each, time.toEpochMilli()));
      Map<TopicPartition, Long> ends = reader.endOffsets(times.keySet());
      Map<TopicPartition, Long> offsets = new HashMap<>();
      reader
          .offsetsForTimes(times)
          .forEach(
              (each, found) -> offsets.put(each, found == null ? ends.get(each) : found.offset()));
      return offsets;
    }
  }

  private int send(
      Map<TopicPartition, Long> from, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
    Map<Object, ConsumerRecord<byte[], byte[]>> chosen = new LinkedHashMap<>();
    try (Producer<byte[], byte[]> producer = kafka.producer()) {
      int[] sent = {0};
      // A new record is behind the end up to which is read.
      kafka.read(
          topic,
          from,
          raw -> {
            if (raw.value() == null || !wanted.test(raw)) {
              return;
            }
            if (newestOnly) {
              chosen.put(ByteBuffer.wrap(raw.key()), raw);
            } else {
              await(producer.send(again(raw)));
              sent[0]++;
            }
          });
      List<Future<RecordMetadata>> writes =
          chosen.values().stream().map(raw -> producer.send(again(raw))).toList();
      writes.forEach(Replay::await);
      return sent[0] + writes.size();
    }
  }

  private ProducerRecord<byte[], byte[]> again(ConsumerRecord<byte[], byte[]> raw) {
    ProducerRecord<byte[], byte[]> again =
        new ProducerRecord<>(topic, raw.partition(), raw.key(), raw.value());
    raw.headers().forEach(again.headers()::add);
    again.headers().remove(SinkRunners.REPLAY_HEADER);
    again.headers().add(SinkRunners.REPLAY_HEADER, sink.getBytes(StandardCharsets.UTF_8));
    return again;
  }

  /** What was sent again once is not an event of its own. */
  private static boolean isReplay(ConsumerRecord<byte[], byte[]> raw) {
    return raw.headers().lastHeader(SinkRunners.REPLAY_HEADER) != null;
  }

  private boolean isMine(ConsumerRecord<byte[], byte[]> letter) {
    return ("sink:" + sink).equals(header(letter, DeadLetterHeaders.STEP));
  }

  private static String key(ConsumerRecord<byte[], byte[]> raw) {
    return raw.key() == null ? "" : new String(raw.key(), StandardCharsets.UTF_8);
  }

  private static String header(ConsumerRecord<byte[], byte[]> raw, String name) {
    Header header = raw.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static void await(Future<RecordMetadata> write) {
    try {
      Objects.requireNonNull(write.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException(e);
    } catch (ExecutionException e) {
      throw new KafkaException(e.getCause());
    }
  }
}
