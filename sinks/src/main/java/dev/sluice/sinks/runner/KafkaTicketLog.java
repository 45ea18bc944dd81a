package dev.sluice.sinks.runner;

import dev.sluice.events.TicketLink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** Keeps one sink's links in {@code tickets.v1}. */
final class KafkaTicketLog implements TicketLog {
  private static final int PATIENCE = 60;

  private final String sink;
  private final String topic;
  private final Supplier<Consumer<byte[], byte[]>> readers;
  private final Producer<byte[], byte[]> producer;
  private final Serializer<TicketLink> encoder;
  private final Deserializer<TicketLink> decoder;

  KafkaTicketLog(
      String sink,
      String topic,
      Supplier<Consumer<byte[], byte[]>> readers,
      Producer<byte[], byte[]> producer,
      Serializer<TicketLink> encoder,
      Deserializer<TicketLink> decoder) {
    this.sink = sink;
    this.topic = topic;
    this.readers = readers;
    this.producer = producer;
    this.encoder = encoder;
    this.decoder = decoder;
  }

  @Override
  public void read(Set<Integer> partitions, BiConsumer<Integer, TicketLink> into) {
    List<TopicPartition> assigned =
        partitions.stream().map(number -> new TopicPartition(topic, number)).toList();
    try (Consumer<byte[], byte[]> reader = readers.get()) {
      reader.assign(assigned);
      reader.seekToBeginning(assigned);
      Map<TopicPartition, Long> ends = reader.endOffsets(assigned);
      int idle = 0;
      while (!reached(reader, ends)) {
        long before = positions(reader, assigned);
        reader.poll(Duration.ofSeconds(1)).forEach(record -> take(record, into));
        idle = positions(reader, assigned) > before ? 0 : idle + 1;
        if (idle >= PATIENCE) {
          throw new TimeoutException(
              "%s gave no records for %d seconds".formatted(topic, PATIENCE));
        }
      }
    }
  }

  @Override
  public CompletableFuture<Void> append(int partition, TicketLink link) {
    byte[] key =
        TicketLinks.key(sink, link.getItemId(), link.getEpisode()).getBytes(StandardCharsets.UTF_8);
    CompletableFuture<Void> done = new CompletableFuture<>();
    try {
      byte[] value = encoder.serialize(topic, link);
      producer.send(
          new ProducerRecord<>(topic, partition, key, value),
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

  private void take(ConsumerRecord<byte[], byte[]> record, BiConsumer<Integer, TicketLink> into) {
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    if (key.startsWith(sink + "/") && record.value() != null) {
      into.accept(record.partition(), decoder.deserialize(topic, record.headers(), record.value()));
    }
  }

  private static boolean reached(Consumer<byte[], byte[]> reader, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> reader.position(end.getKey()) >= end.getValue());
  }

  private static long positions(Consumer<byte[], byte[]> reader, List<TopicPartition> of) {
    return of.stream().collect(Collectors.summingLong(reader::position));
  }
}
