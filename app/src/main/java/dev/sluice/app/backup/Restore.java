package dev.sluice.app.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.app.backup.Manifest.GroupPart;
import dev.sluice.app.backup.Manifest.TopicPart;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes a backup into topics that hold nothing yet. A topic that marks the work is made first and
 * deleted last: while it is there, a topology refuses to start on half of its state.
 */
public final class Restore implements AutoCloseable {
  private final KafkaSettings kafka;
  private final AvroSerdes serdes;
  private final ZipFile zip;
  private final Manifest manifest;
  private final Inventory inventory;

  /**
   * Opens a backup and looks whether all of it is there.
   *
   * @throws BackupException if it is no backup, one of another format, or damaged
   * @throws IOException if it cannot be read
   */
  public Restore(Path file, KafkaSettings kafka, AvroSerdes serdes) throws IOException {
    this.kafka = kafka;
    this.serdes = serdes;
    try {
      this.zip = new ZipFile(file.toFile());
    } catch (java.util.zip.ZipException e) {
      throw new BackupException(file + " is no backup: " + e.getMessage(), e);
    }
    this.manifest = manifest(file);
    verify();
    this.inventory = new Inventory(kafka);
  }

  private Manifest manifest(Path file) throws IOException {
    ZipEntry entry = zip.getEntry(Manifest.ENTRY);
    if (entry == null) {
      throw new BackupException(file + " is no backup, or one that was not finished: no manifest");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      Manifest read = new ObjectMapper().readValue(in, Manifest.class);
      if (read.format() != Manifest.FORMAT) {
        throw new BackupException(
            file
                + " has format "
                + read.format()
                + ", and this release reads format "
                + Manifest.FORMAT
                + "; restore it with Sluice "
                + read.sluice());
      }
      return read;
    }
  }

  private void verify() throws IOException {
    for (TopicPart part : manifest.topics()) {
      try (DigestInputStream in = new DigestInputStream(open(part), Digests.sha256())) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
        String found = HexFormat.of().formatHex(in.getMessageDigest().digest());
        if (!found.equals(part.sha256())) {
          throw new BackupException(
              part.entry() + " is damaged: its checksum is not the manifest's");
        }
      }
    }
  }

  private InputStream open(TopicPart part) throws IOException {
    ZipEntry entry = zip.getEntry(part.entry());
    if (entry == null) {
      throw new BackupException(part.entry() + " is missing in the backup");
    }
    return zip.getInputStream(entry);
  }

  public Manifest manifest() {
    return manifest;
  }

  /**
   * @throws BackupException if a topic holds records, a group has read something, or the number of
   *     partitions is another one
   */
  public void requireEmpty() {
    if (manifest.partitions() != kafka.partitions()) {
      throw new BackupException(
          "the backup is of topics with "
              + manifest.partitions()
              + " partitions, and kafka.partitions is "
              + kafka.partitions()
              + "; the number decides where an asset's records are, so set it to "
              + manifest.partitions());
    }
    Set<String> existing = inventory.await(inventory.admin().listTopics().names());
    List<String> full = new ArrayList<>();
    for (TopicPart part : manifest.topics()) {
      String name = kafka.prefix() + part.name();
      if (existing.contains(name) && (part.internal() || holdsRecords(name))) {
        full.add(name);
      }
    }
    inventory
        .positions()
        .forEach(
            (group, offsets) -> {
              if (!offsets.isEmpty()) {
                full.add("group " + group);
              }
            });
    if (!full.isEmpty()) {
      throw new BackupException(
          "a backup is restored where nothing is yet, and these are there: "
              + String.join(", ", full)
              + "; use another kafka.prefix, or delete them if you are sure");
    }
  }

  private boolean holdsRecords(String topic) {
    int partitions =
        inventory
            .await(inventory.admin().describeTopics(List.of(topic)).allTopicNames())
            .get(topic)
            .partitions()
            .size();
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (int i = 0; i < partitions; i++) {
      ends.put(new TopicPartition(topic, i), OffsetSpec.latest());
    }
    return inventory.await(inventory.admin().listOffsets(ends).all()).values().stream()
        .anyMatch(end -> end.offset() > 0);
  }

  /**
   * Writes everything. Topics of ours must exist and be empty.
   *
   * @param progress is told each topic when it is written
   * @throws KafkaException if Kafka or the registry does not take it; delete what is there and
   *     begin again
   */
  public void apply(Consumer<TopicPart> progress) throws IOException {
    List<String> marks =
        manifest.generations().stream().map(each -> kafka.prefix() + each + "-carry-over").toList();
    create(marks.stream().map(mark -> topic(mark, 1, Map.of())).toList());
    create(
        manifest.topics().stream()
            .filter(TopicPart::internal)
            .map(part -> topic(kafka.prefix() + part.name(), part.partitions(), part.configs()))
            .toList());
    AtomicReference<Exception> trouble = new AtomicReference<>();
    try (Producer<byte[], byte[]> producer = producer()) {
      for (TopicPart part : manifest.topics()) {
        write(part, producer, trouble);
        progress.accept(part);
      }
    }
    for (GroupPart group : manifest.groups()) {
      Map<TopicPartition, OffsetAndMetadata> offsets = offsets(group);
      if (!offsets.isEmpty()) {
        inventory.await(
            inventory
                .admin()
                .alterConsumerGroupOffsets(kafka.prefix() + group.name(), offsets)
                .all());
      }
    }
    inventory.await(inventory.admin().deleteTopics(marks).all());
  }

  private NewTopic topic(String name, int partitions, Map<String, String> configs) {
    return new NewTopic(name, partitions, (short) kafka.replication()).configs(configs);
  }

  private void create(Collection<NewTopic> topics) {
    inventory.await(inventory.admin().createTopics(topics).all());
  }

  private void write(
      TopicPart part, Producer<byte[], byte[]> producer, AtomicReference<Exception> trouble)
      throws IOException {
    String topic = kafka.prefix() + part.name();
    Map<Integer, Integer> ids = register(part, topic);
    long[] written = {0};
    try (InputStream in = open(part)) {
      EntryFile.read(
          in,
          topic,
          record -> {
            written[0]++;
            send(producer, record, ids, trouble);
          });
    }
    producer.flush();
    raise(trouble);
    if (written[0] != part.records()) {
      throw new BackupException(
          part.entry() + " holds " + written[0] + " records and not " + part.records());
    }
  }

  /** Ids that schemas have in this registry, by the ids that they had. */
  private Map<Integer, Integer> register(TopicPart part, String topic) {
    Map<Integer, Integer> ids = new HashMap<>();
    // In the order of their ids: newer versions after the ones that they follow.
    for (int id : part.schemas().stream().sorted().toList()) {
      Schema schema = new Schema.Parser().parse(manifest.schemas().get(id));
      ids.put(id, serdes.registry().register(serdes.subject(topic, schema), schema));
    }
    return ids;
  }

  private static void send(
      Producer<byte[], byte[]> producer,
      ProducerRecord<byte[], byte[]> record,
      Map<Integer, Integer> ids,
      AtomicReference<Exception> trouble) {
    raise(trouble);
    producer.send(
        new ProducerRecord<>(
            record.topic(),
            record.partition(),
            record.timestamp(),
            record.key(),
            WireIds.replace(record.value(), ids),
            record.headers()),
        (metadata, problem) -> {
          if (problem != null) {
            trouble.compareAndSet(null, problem);
          }
        });
  }

  private static void raise(AtomicReference<Exception> trouble) {
    if (trouble.get() != null) {
      throw new KafkaException("cannot write: " + trouble.get().getMessage(), trouble.get());
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> offsets(GroupPart group) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    group
        .read()
        .forEach(
            (topic, partitions) ->
                partitions.forEach(
                    (partition, count) ->
                        offsets.put(
                            new TopicPartition(kafka.prefix() + topic, partition),
                            new OffsetAndMetadata(count))));
    return offsets;
  }

  private Producer<byte[], byte[]> producer() {
    Properties properties = new Properties();
    properties.putAll(kafka.properties());
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, "sluice-restore");
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    properties.put(ProducerConfig.LINGER_MS_CONFIG, "20");
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(32 << 20));
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Records of all topics. */
  public long records() {
    return manifest.topics().stream().collect(Collectors.summingLong(TopicPart::records));
  }

  @Override
  public void close() throws IOException {
    inventory.close();
    zip.close();
  }
}
