package dev.sluice.app.deadletter;

import dev.sluice.app.topic.TopicReader;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.topics.AssetPartitioner;
import dev.sluice.topics.DeadLetterHeaders;
import dev.sluice.topics.Topic;
import dev.sluice.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends dead letters again, or puts them away. The record and the note of it are one transaction:
 * neither is there without the other.
 */
public final class LetterActs implements AutoCloseable {
  /** Names the sink that is to send an event again although newer ones were. */
  private static final String REPLAY_FOR_SINK = "sluice-replay";

  private static final List<String> WHY_IT_DIED =
      List.of(
          DeadLetterHeaders.TOPIC,
          DeadLetterHeaders.PARTITION,
          DeadLetterHeaders.OFFSET,
          DeadLetterHeaders.STEP,
          DeadLetterHeaders.ERROR,
          DeadLetterHeaders.TIME);

  private final KafkaSettings kafka;
  private final RecordText records;
  private final Clock clock;
  private final Producer<byte[], byte[]> producer;

  public LetterActs(KafkaSettings kafka, AvroSerdes serdes, Clock clock) {
    this.kafka = kafka;
    this.records = new RecordText(serdes, kafka.prefix());
    this.clock = clock;
    Properties properties = new Properties();
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 4 << 20);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 30_000);
    properties.putAll(kafka.properties());
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, "sluice-dead-letters");
    properties.put(
        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
        kafka.prefix() + "sluice-dead-letters-" + UUID.randomUUID());
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
  }

  /**
   * Sends a record to the topic that it came from, with its history.
   *
   * @param edited the repaired record as Avro's JSON; null sends the original bytes
   * @return what is noted about it
   * @throws RefusedException if it would do harm or cannot be done
   */
  public Resolution replay(OpenLetter open, String edited, String by, String reason) {
    Letter letter = open.letter();
    Topic<?> topic =
        records
            .topic(letter.topic())
            .orElseThrow(
                () ->
                    new RefusedException(
                        "its topic "
                            + letter.topic()
                            + " is none of Sluice's; check kafka.prefix"));
    byte[] value = open.record().value();
    Optional<SpecificRecord> record = open.decoded();
    if (edited != null) {
      try {
        record = Optional.of(records.parse(topic, edited));
        value = records.encode(topic, letter.topic(), edited);
      } catch (IllegalArgumentException e) {
        throw new RefusedException(e.getMessage());
      }
    } else if (value == null) {
      throw new RefusedException(
          "it has no content; where it was too large, the original is at "
              + letter.topic()
              + ", partition "
              + letter.partition()
              + ", offset "
              + letter.offset()
              + ", as long as that topic keeps it");
    }
    if (topic.retention().compacted()) {
      refuseOlderState(letter, open.record().key());
    }
    int partition = partition(topic, letter, record);
    Instant at = clock.instant();
    Headers headers = new RecordHeaders(open.record().headers());
    WHY_IT_DIED.forEach(headers::remove);
    ReplayHistory.add(headers, at, by, reason, letter.id(), edited != null);
    headers.remove(REPLAY_FOR_SINK);
    letter
        .sink()
        .ifPresent(sink -> headers.add(REPLAY_FOR_SINK, sink.getBytes(StandardCharsets.UTF_8)));
    Resolution how =
        new Resolution(
            letter.id(), Resolution.REPLAYED, by, reason, at, letter.topic() + "-" + partition);
    commit(
        how,
        open.record().key(),
        new ProducerRecord<>(letter.topic(), partition, null, open.record().key(), value, headers));
    return how;
  }

  /** Notes that somebody has seen it and that nothing is to come of it. */
  public Resolution drop(Letter letter, String by, String reason) {
    Resolution how =
        new Resolution(letter.id(), Resolution.DROPPED, by, reason, clock.instant(), null);
    commit(how, letter.key().getBytes(StandardCharsets.UTF_8), null);
    return how;
  }

  private void commit(Resolution how, byte[] key, ProducerRecord<byte[], byte[]> record) {
    LetterId id = how.letter();
    Headers headers = new RecordHeaders();
    how.put(headers);
    producer.beginTransaction();
    if (record != null) {
      producer.send(record);
    }
    producer.send(
        new ProducerRecord<>(
            Topics.deadLetters(kafka.prefix(), id.realm()),
            id.partition(),
            null,
            key,
            null,
            headers));
    producer.commitTransaction();
  }

  /** The one that the asset has; a record that is in the wrong one would only die again. */
  private int partition(Topic<?> topic, Letter letter, Optional<SpecificRecord> record) {
    if (!topic.byAsset()) {
      return 0;
    }
    return record
        .flatMap(RecordText::asset)
        .map(asset -> AssetPartitioner.partition(asset, kafka.partitions()))
        .orElse(Math.max(0, letter.partition()));
  }

  /** In a table the newest record of a key is what is true; an old one must not become it. */
  private void refuseOlderState(Letter letter, byte[] key) {
    if (letter.partition() < 0) {
      throw new RefusedException("its headers do not say where it was");
    }
    AtomicBoolean newer = new AtomicBoolean();
    try (TopicReader reader = new TopicReader(kafka)) {
      reader.read(
          new TopicPartition(letter.topic(), letter.partition()),
          letter.offset() + 1,
          record -> newer.compareAndSet(false, Arrays.equals(record.key(), key)));
    }
    if (newer.get()) {
      throw new RefusedException(
          letter.topic()
              + " holds a newer record of the same key; sending this one would bring back what"
              + " is no longer true. Drop it");
    }
  }

  /** A dead letter that is not to be sent again; the message says why. */
  public static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
