package dev.sluice.bench.pipeline;

import dev.sluice.events.ScanEvent;
import dev.sluice.topics.AssetPartitioner;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Writes events to their topic as the publisher does, before anybody is measured. */
final class Backlog implements AutoCloseable {
  /** Header of the last record of a backlog in each partition; its value names the backlog. */
  static final String LAST = "last";

  private final Producer<byte[], byte[]> producer;
  private final Serializer<ScanEvent> values;
  private final String topic;
  private final int partitions;
  private final ProducerRecord<byte[], byte[]>[] held;
  private final long[] counts;
  private final long[] ended;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private long bytes;

  @SuppressWarnings("unchecked")
  Backlog(String bootstrap, String topic, int partitions, Serializer<ScanEvent> values) {
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.LINGER_MS_CONFIG,
                10,
                ProducerConfig.BATCH_SIZE_CONFIG,
                64 * 1024),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.values = values;
    this.topic = topic;
    this.partitions = partitions;
    this.held = new ProducerRecord[partitions];
    this.counts = new long[partitions];
    this.ended = new long[partitions];
  }

  void add(ScanEvent event) {
    byte[] value = values.serialize(topic, event);
    byte[] key = event.getAsset().getBytes(StandardCharsets.UTF_8);
    int partition = AssetPartitioner.partition(event.getAsset(), partitions);
    bytes += value.length;
    counts[partition]++;
    // The last one of each partition is known only when there is no more.
    send(held[partition]);
    held[partition] = new ProducerRecord<>(topic, partition, key, value);
  }

  private void send(ProducerRecord<byte[], byte[]> ready) {
    if (ready != null) {
      producer.send(ready, (metadata, e) -> failure.compareAndSet(null, e));
    }
  }

  /**
   * Ends a backlog and waits for the broker to have it all.
   *
   * @return records in each partition since the end before
   */
  long[] end(String name) {
    Header last = new RecordHeader(LAST, name.getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < partitions; i++) {
      if (held[i] != null) {
        ProducerRecord<byte[], byte[]> record = held[i];
        send(new ProducerRecord<>(topic, i, null, record.key(), record.value(), List.of(last)));
        held[i] = null;
      }
    }
    producer.flush();
    if (failure.get() != null) {
      throw new IllegalStateException("the backlog cannot be written", failure.get());
    }
    long[] added = counts.clone();
    for (int i = 0; i < partitions; i++) {
      this.ended[i] += counts[i];
    }
    Arrays.fill(counts, 0);
    return added;
  }

  /**
   * Records in each partition so far, which is its end: nobody else writes, and none is deleted.
   */
  List<Long> ends() {
    return Arrays.stream(ended).boxed().toList();
  }

  /** Bytes of all values so far, before compression. */
  long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    producer.close();
  }
}
