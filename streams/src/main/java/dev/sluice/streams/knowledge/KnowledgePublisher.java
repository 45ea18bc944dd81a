package dev.sluice.streams.knowledge;

import dev.sluice.events.AssetProfile;
import dev.sluice.events.KnowledgeKind;
import dev.sluice.events.KnowledgeRevision;
import dev.sluice.events.Policy;
import dev.sluice.events.Severity;
import dev.sluice.events.SupportMatrix;
import dev.sluice.events.Suppression;
import dev.sluice.events.SuppressionKind;
import dev.sluice.events.VexStatus;
import dev.sluice.events.VulnerabilityIntel;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.streams.rules.identity.Hashes;
import dev.sluice.streams.rules.policy.CompiledPolicy;
import dev.sluice.topics.AssetPartitioner;
import dev.sluice.topics.Topic;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes reference data and then tells every partition which revision it has reached, so that all
 * of them act on it, each at a point of its own log. Revisions are the time of loading in
 * milliseconds: they count up without anybody having to read what was there.
 */
public final class KnowledgePublisher implements AutoCloseable {
  /** The name under which the policy that decides is kept. */
  public static final String POLICY = "default";

  /**
   * Source of the record that ends a load: its revision says that everything before it is there. It
   * names the source, or the document, that was loaded, and speaks of nothing else.
   */
  public static final String LOADED = "loaded";

  /**
   * Source of the record that stands while a load is under way. One that is found later belongs to
   * a load that broke off: what it wrote may not have been announced to everybody.
   */
  public static final String LOADING = "loading";

  private static final int MOST_CHANGED = 10_000;

  private final KafkaSettings kafka;
  private final AvroSerdes serdes;
  private final Clock clock;
  private final Producer<byte[], byte[]> producer;
  private final Map<String, Serializer<?>> serializers = new HashMap<>();

  /**
   * @param producer idempotent, with acks of all
   */
  public KnowledgePublisher(
      KafkaSettings kafka, AvroSerdes serdes, Clock clock, Producer<byte[], byte[]> producer) {
    this.kafka = kafka;
    this.serdes = serdes;
    this.clock = clock;
    this.producer = producer;
  }

  public static KnowledgePublisher of(KafkaSettings kafka, AvroSerdes serdes, Clock clock) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000);
    properties.putAll(kafka.properties());
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    return new KnowledgePublisher(
        kafka,
        serdes,
        clock,
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  /** Loads a support matrix; its revision is set here. */
  public void load(SupportMatrix matrix) {
    long revision = clock.millis();
    matrix.setRevision(revision);
    write(Topics.SUPPORT_MATRIX, matrix.getProduct(), matrix);
    announce(
        KnowledgeKind.SUPPORT_MATRIX,
        matrix.getProduct(),
        revision,
        matrix.getVersion(),
        List.of(),
        false);
  }

  /**
   * Loads the policy that decides.
   *
   * @throws dev.sluice.streams.rules.document.DocumentException if it does not compile; the one
   *     before it stays in force
   */
  public void loadPolicy(String yaml, String loadedBy) {
    CompiledPolicy compiled = CompiledPolicy.compile(yaml);
    long revision = clock.millis();
    Policy policy =
        Policy.newBuilder()
            .setName(POLICY)
            .setDocument(yaml)
            .setVersion(compiled.version())
            .setRevision(revision)
            .setLoadedAt(clock.instant())
            .setLoadedBy(loadedBy)
            .build();
    write(Topics.POLICIES, POLICY, policy);
    announce(KnowledgeKind.POLICY, POLICY, revision, compiled.version(), List.of(), false);
  }

  /** Begins to write what a source says of vulnerabilities; one at a time. */
  IntelLoad intel(String source) {
    return new IntelLoad(source, clock.millis());
  }

  private VulnerabilityIntel intelMark(String kind, String source, long revision) {
    return VulnerabilityIntel.newBuilder()
        .setSource(kind)
        .setVulnerability(source)
        .setRevision(revision)
        .setLoadedAt(clock.instant())
        .build();
  }

  private Suppression suppressionMark(String kind, String name, long revision) {
    return Suppression.newBuilder()
        .setId(kind + ':' + name)
        .setKind(SuppressionKind.UNKNOWN)
        .setVexStatus(VexStatus.UNKNOWN)
        .setSeverityCap(Severity.UNKNOWN)
        .setReason("")
        .setVersion("")
        .setRevision(revision)
        .setRecordedAt(clock.instant())
        .build();
  }

  /** Entries of one source on their way; nothing acts on them before {@link #announce}. */
  final class IntelLoad implements AutoCloseable {
    /** Unanswered writes that are kept; then they are waited for. */
    private static final int IN_FLIGHT = 10_000;

    private final String source;
    private final long revision;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private final List<String> changed = new ArrayList<>();

    private IntelLoad(String source, long revision) {
      this.source = source;
      this.revision = revision;
    }

    void put(VulnerabilityIntel entry) {
      entry.setRevision(revision);
      entry.setLoadedAt(clock.instant());
      send(entry.getVulnerability(), entry);
    }

    void remove(String vulnerability) {
      send(vulnerability, null);
    }

    private void send(String vulnerability, VulnerabilityIntel entry) {
      if (changed.isEmpty()) {
        write(Topics.INTEL, LOADING + ':' + source, intelMark(LOADING, source, revision));
      }
      sent.add(
          KnowledgePublisher.this.send(Topics.INTEL, null, source + ':' + vulnerability, entry));
      if (changed.size() <= MOST_CHANGED) {
        changed.add(vulnerability);
      }
      if (sent.size() >= IN_FLIGHT) {
        flush();
      }
    }

    private void flush() {
      await(sent);
      sent.clear();
    }

    /**
     * Tells every partition; also when nothing changed, so that the age of a feed is known.
     *
     * @param everything whether more may have changed than was written now
     */
    void announce(boolean everything) {
      flush();
      write(Topics.INTEL, LOADED + ':' + source, intelMark(LOADED, source, revision));
      KnowledgePublisher.this.announce(
          KnowledgeKind.INTEL, source, revision, "", changed, everything);
      if (everything || !changed.isEmpty()) {
        write(Topics.INTEL, LOADING + ':' + source, null);
      }
    }

    /** Waits for what is on its way, whatever came of it. */
    @Override
    public void close() {
      producer.flush();
    }
  }

  /**
   * Writes suppressions and takes others away; nothing acts on them before all are there.
   *
   * @param name what was loaded, for people: a document, or who accepted
   * @param put with the vulnerability, or rule, of the findings they are about
   * @param everything whether more may have changed: an earlier load of this name broke off
   */
  public void suppress(
      String name, List<Suppression> put, List<Suppression> removed, boolean everything) {
    long revision = clock.millis();
    write(Topics.SUPPRESSIONS, LOADING + ':' + name, suppressionMark(LOADING, name, revision));
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (Suppression each : put) {
      each.setRevision(revision);
      sent.add(send(Topics.SUPPRESSIONS, null, each.getId(), each));
    }
    for (Suppression each : removed) {
      sent.add(send(Topics.SUPPRESSIONS, null, each.getId(), null));
    }
    await(sent);
    write(Topics.SUPPRESSIONS, LOADED + ':' + name, suppressionMark(LOADED, name, revision));
    announce(KnowledgeKind.SUPPRESSIONS, name, revision, "", concerned(put, removed), everything);
    write(Topics.SUPPRESSIONS, LOADING + ':' + name, null);
  }

  /** Whether a record of the topic only says where a load begins or ends. */
  public static boolean isMark(Suppression suppression) {
    String id = suppression.getId();
    return id.startsWith(LOADED + ':') || id.startsWith(LOADING + ':');
  }

  /** Whether a record of the topic stands for a load of this name that did not end. */
  public static boolean isBrokenOff(Suppression suppression, String name) {
    return suppression.getId().equals(LOADING + ':' + name);
  }

  /** Vulnerabilities, or rules, by which the findings concerned are looked up. */
  private static List<String> concerned(List<Suppression> put, List<Suppression> removed) {
    return Stream.concat(put.stream(), removed.stream())
        .map(Suppression::getVulnerability)
        .distinct()
        .sorted()
        .toList();
  }

  /** Keeps what a team says of an asset. */
  public void keep(AssetProfile profile) {
    int partition = AssetPartitioner.partition(profile.getAsset(), kafka.partitions());
    await(List.of(send(Topics.ASSETS, partition, profile.getAsset(), profile)));
  }

  private void announce(
      KnowledgeKind kind,
      String name,
      long revision,
      String version,
      List<String> changed,
      boolean everything) {
    boolean all = everything || changed.size() > MOST_CHANGED;
    KnowledgeRevision word =
        KnowledgeRevision.newBuilder()
            .setKind(kind)
            .setName(name)
            .setRevision(revision)
            .setVersion(version)
            .setChanged(all ? List.of() : changed)
            .setEverything(all)
            .setAt(clock.instant())
            .build();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (int partition = 0; partition < kafka.partitions(); partition++) {
      sent.add(send(Topics.KNOWLEDGE, partition, kind + ":" + name, word));
    }
    await(sent);
  }

  private <V extends SpecificRecord> void write(Topic<V> topic, String key, V value) {
    await(List.of(send(topic, null, key, value)));
  }

  private <V extends SpecificRecord> Future<RecordMetadata> send(
      Topic<V> topic, Integer partition, String key, V value) {
    String name = Topics.name(kafka.prefix(), Realm.COMMON, topic);
    byte[] bytes = value == null ? null : serializer(topic).serialize(name, value);
    return producer.send(
        new ProducerRecord<>(name, partition, key.getBytes(StandardCharsets.UTF_8), bytes));
  }

  @SuppressWarnings("unchecked") // put under the topic whose values it writes
  private <V extends SpecificRecord> Serializer<V> serializer(Topic<V> topic) {
    return (Serializer<V>)
        serializers.computeIfAbsent(topic.name(), name -> serdes.forTopic(topic).serializer());
  }

  private void await(List<Future<RecordMetadata>> sent) {
    producer.flush();
    for (Future<RecordMetadata> future : sent) {
      try {
        future.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new KafkaException("interrupted while loading reference data", e);
      } catch (ExecutionException e) {
        throw new KafkaException("reference data could not be written", e.getCause());
      }
    }
  }

  /** Content hash of a document, for {@code version} fields. */
  public static String version(String document) {
    return Hashes.hex(document.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    producer.close();
  }
}
