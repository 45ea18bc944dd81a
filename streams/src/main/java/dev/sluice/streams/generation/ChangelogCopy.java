package dev.sluice.streams.generation;

import dev.sluice.settings.KafkaSettings;
import dev.sluice.topics.BrokerUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Copies the last committed value of each key of a changelog, partition by partition, in memory
 * that does not depend on how much there is. Reading twice and copying only what is current keeps
 * rows that were deleted or superseded, and tombstones, out of the new topic and out of upgrades.
 */
final class ChangelogCopy implements AutoCloseable {
  /** 25 MB of offsets: half a million keys in one pass. */
  private static final int SLOTS = 1 << 20;

  /** A transaction must end within the producer's transaction timeout, a minute. */
  private static final int RECORDS_IN_TRANSACTION = 10_000;

  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final KafkaConsumer<byte[], byte[]> reader;
  private final Producer<byte[], byte[]> writer;
  private final RowUpgrades upgrades;
  private long copied;
  private long dropped;
  private int open;

  /**
   * @param writer transactional and initialised; not closed
   */
  ChangelogCopy(KafkaSettings kafka, Producer<byte[], byte[]> writer, RowUpgrades upgrades) {
    Properties properties = new Properties();
    properties.putAll(kafka.properties());
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, kafka.prefix() + "sluice-generations");
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    // At the end of a partition the broker would hold an answer back, and with it the next
    // partition's.
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "10");
    this.reader =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.writer = writer;
    this.upgrades = upgrades;
  }

  /**
   * Copies one partition into the partition of the same number.
   *
   * @param begin first offset
   * @param end offset behind the last committed record
   */
  void copy(String store, TopicPartition from, String to, long begin, long end) {
    if (begin == end) {
      return;
    }
    LatestOffsets latest = new LatestOffsets(SLOTS, end - begin);
    for (int pass = 0; pass < latest.passes(); pass++) {
      latest.begin(pass);
      read(from, begin, end, row -> latest.put(row.key(), row.offset()));
      read(
          from,
          begin,
          end,
          row -> {
            if (row.value() != null && latest.isLatest(row.key(), row.offset())) {
              write(store, to, row);
            }
          });
    }
    commit();
  }

  /** Committed records of a partition: what was written must be what can be read. */
  long count(TopicPartition partition, long begin, long end) {
    long[] count = {0};
    read(partition, begin, end, row -> count[0]++);
    return count[0];
  }

  private void write(String store, String to, ConsumerRecord<byte[], byte[]> row) {
    byte[] value = upgrades.apply(store, row.key(), row.value());
    if (value == null) {
      dropped++;
      return;
    }
    if (open == 0) {
      writer.beginTransaction();
    }
    writer.send(
        new ProducerRecord<>(
            to, row.partition(), Math.max(0, row.timestamp()), row.key(), value, row.headers()));
    copied++;
    open++;
    if (open == RECORDS_IN_TRANSACTION) {
      commit();
    }
  }

  /** Waits until everything is written, and fails if anything was not. */
  private void commit() {
    if (open > 0) {
      writer.commitTransaction();
      open = 0;
    }
  }

  private void read(
      TopicPartition from, long begin, long end, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    reader.assign(List.of(from));
    reader.seek(from, begin);
    long position = begin;
    long heard = System.nanoTime();
    while (position < end) {
      ConsumerRecords<byte[], byte[]> records = reader.poll(Duration.ofMillis(500));
      records.records(from).stream().filter(row -> row.offset() < end).forEach(each);
      long now = reader.position(from);
      if (now > position) {
        position = now;
        heard = System.nanoTime();
      } else if (System.nanoTime() - heard > SILENCE.toNanos()) {
        throw new BrokerUnavailableException(
            "Cannot read " + from + ": nothing came for " + SILENCE.toSeconds() + " s", null);
      }
    }
  }

  long copied() {
    return copied;
  }

  /** Rows that an upgrade dropped. */
  long dropped() {
    return dropped;
  }

  @Override
  public void close() {
    reader.close();
  }
}
