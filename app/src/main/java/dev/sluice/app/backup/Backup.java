package dev.sluice.app.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.app.backup.Manifest.GroupPart;
import dev.sluice.app.backup.Manifest.TopicPart;
import dev.sluice.app.topic.TopicReader;
import dev.sluice.registry.RegistryClient;
import dev.sluice.settings.KafkaSettings;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Takes a backup of an installation whose topology and sinks are stopped. */
public final class Backup {
  private final KafkaSettings kafka;
  private final RegistryClient registry;

  public Backup(KafkaSettings kafka, RegistryClient registry) {
    this.kafka = kafka;
    this.registry = registry;
  }

  /**
   * Writes a new file.
   *
   * @param file must be there and empty; what was written of it stays when this fails
   * @param sluice version of this release
   * @throws BackupException if the topology or a sink runs, or there is nothing to back up
   * @throws IOException if the file cannot be written
   * @throws org.apache.kafka.common.KafkaException if Kafka cannot be read
   */
  public Manifest write(Path file, String sluice, Instant now) throws IOException {
    try (Inventory inventory = new Inventory(kafka);
        TopicReader reader = new TopicReader(kafka);
        ZipOutputStream zip =
            new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      // The containers are compressed already.
      zip.setLevel(0);
      inventory.requireStopped();
      Map<String, Map<TopicPartition, Long>> positions = inventory.positions();
      Map<String, Map<String, Map<Integer, Long>>> read = new TreeMap<>();
      positions.keySet().forEach(group -> read.put(group, new TreeMap<>()));
      Map<Integer, String> schemas = new TreeMap<>();
      List<TopicPart> parts = new ArrayList<>();
      for (Inventory.Held topic : inventory.topics()) {
        parts.add(write(topic, reader, zip, positions, read, schemas));
      }
      inventory.requireUnmoved(positions);
      Manifest manifest =
          new Manifest(
              Manifest.FORMAT,
              sluice,
              now.toString(),
              kafka.partitions(),
              inventory.generations().stream().map(this::bare).toList(),
              parts,
              read.entrySet().stream()
                  .map(group -> new GroupPart(bare(group.getKey()), group.getValue()))
                  .toList(),
              schemas);
      zip.putNextEntry(new ZipEntry(Manifest.ENTRY));
      zip.write(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
      zip.closeEntry();
      return manifest;
    }
  }

  private TopicPart write(
      Inventory.Held topic,
      TopicReader reader,
      ZipOutputStream zip,
      Map<String, Map<TopicPartition, Long>> positions,
      Map<String, Map<String, Map<Integer, Long>>> read,
      Map<Integer, String> schemas)
      throws IOException {
    String name = bare(topic.name());
    String entry = "topics/" + name + ".avro";
    Set<Integer> used = new TreeSet<>();
    long[] records = {0};
    DigestOutputStream digest = new DigestOutputStream(open(zip), Digests.sha256());
    zip.putNextEntry(new ZipEntry(entry));
    try (EntryFile.Writer file = EntryFile.write(digest)) {
      for (TopicPartition partition : reader.partitions(topic.name())) {
        Counter counter = new Counter(partition, positions);
        long from = topic.onlyUnread() ? counter.first() : 0;
        reader.read(
            partition,
            from,
            record -> {
              counter.count(record.offset());
              records[0]++;
              if (!topic.internal()) {
                schema(record, schemas, topic.anyBytes()).ifPresent(used::add);
              }
              Unchecked.run(() -> file.add(record));
            });
        counter.into(read, name);
      }
    }
    zip.closeEntry();
    return new TopicPart(
        name,
        entry,
        topic.internal(),
        topic.partitions(),
        topic.internal() ? topic.configs() : Map.of(),
        List.copyOf(used),
        records[0],
        HexFormat.of().formatHex(digest.getMessageDigest().digest()));
  }

  /** The entry of a zip, without its end being the end of the zip. */
  private static OutputStream open(ZipOutputStream zip) {
    return new FilterOutputStream(zip) {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        zip.write(bytes, from, length);
      }

      @Override
      public void close() throws IOException {
        flush();
      }
    };
  }

  private OptionalInt schema(
      ConsumerRecord<byte[], byte[]> record, Map<Integer, String> schemas, boolean anyBytes) {
    OptionalInt id = WireIds.of(record.value());
    if (id.isEmpty() || schemas.containsKey(id.getAsInt())) {
      return id;
    }
    try {
      schemas.put(id.getAsInt(), registry.schema(id.getAsInt()).toString());
      return id;
    } catch (dev.sluice.registry.RegistryRefusedException e) {
      if (anyBytes) {
        // A dead letter may be anything, also something that only looks like a record.
        return OptionalInt.empty();
      }
      throw new BackupException(
          "the registry does not know schema "
              + id.getAsInt()
              + ", which a record of "
              + record.topic()
              + " is written with; is it the registry that belongs to this Kafka?",
          e);
    }
  }

  private String bare(String name) {
    return name.substring(kafka.prefix().length());
  }

  /** Counts the records of a partition that each group has behind it. */
  private static final class Counter {
    private final int partition;
    private final Map<String, Long> committed = new TreeMap<>();
    private final Map<String, Long> behind = new TreeMap<>();

    Counter(TopicPartition partition, Map<String, Map<TopicPartition, Long>> positions) {
      this.partition = partition.partition();
      positions.forEach(
          (group, offsets) -> {
            Long offset = offsets.get(partition);
            if (offset != null) {
              committed.put(group, offset);
              behind.put(group, 0L);
            }
          });
    }

    /** Where the first group stands that has read anything. */
    long first() {
      return committed.values().stream().mapToLong(Long::longValue).min().orElse(0);
    }

    void count(long offset) {
      committed.forEach(
          (group, to) -> {
            if (offset < to) {
              behind.merge(group, 1L, Long::sum);
            }
          });
    }

    void into(Map<String, Map<String, Map<Integer, Long>>> read, String topic) {
      behind.forEach(
          (group, count) ->
              read.get(group)
                  .computeIfAbsent(topic, name -> new TreeMap<>())
                  .put(partition, count));
    }
  }
}
