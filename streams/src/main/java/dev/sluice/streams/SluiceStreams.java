package dev.sluice.streams;

import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.streams.generation.Fingerprint;
import dev.sluice.streams.generation.Generation;
import dev.sluice.streams.generation.GenerationGate;
import dev.sluice.streams.topology.SluiceTopology;
import dev.sluice.streams.topology.TopologyPlan;
import dev.sluice.topics.Topics.Realm;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topology of one realm, running. Topics must exist before it starts. */
public final class SluiceStreams implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SluiceStreams.class);

  /** A thread that keeps dying is a defect that a restart does not mend. */
  private static final int MOST_REPLACEMENTS = 5;

  private final KafkaStreams streams;
  private final GenerationGate gate;
  private final AtomicInteger replaced = new AtomicInteger();
  private final RestoreProgress restoring = new RestoreProgress();

  private SluiceStreams(KafkaStreams streams, GenerationGate gate) {
    this.streams = streams;
    this.gate = gate;
  }

  /**
   * @param realm common topics, or those under embargo
   */
  public static SluiceStreams of(
      KafkaSettings kafka, StreamsSettings settings, AvroSerdes serdes, Realm realm) {
    TopologyPlan plan =
        new TopologyPlan(kafka.prefix(), realm, kafka.partitions(), settings, serdes);
    Properties properties = properties(kafka, settings, realm);
    Topology topology = SluiceTopology.build(plan);
    KafkaStreams streams = new KafkaStreams(topology, new StreamsConfig(properties));
    Generation generation = generation(kafka, settings, realm);
    SluiceStreams sluice =
        new SluiceStreams(
            streams,
            new GenerationGate(
                kafka, generation, settings.carryOver(), Fingerprint.of(topology, kafka.prefix())));
    streams.setUncaughtExceptionHandler(sluice::died);
    streams.setGlobalStateRestoreListener(sluice.restoring);
    return sluice;
  }

  /** Name of the consumer group and prefix of the changelogs: one to a generation. */
  public static String applicationId(KafkaSettings kafka, StreamsSettings settings, Realm realm) {
    return generation(kafka, settings, realm).applicationId();
  }

  private static Generation generation(KafkaSettings kafka, StreamsSettings settings, Realm realm) {
    return new Generation(kafka.prefix(), realm, settings.generation());
  }

  /** What Kafka Streams is run with; made anew at each call. */
  public static Properties properties(KafkaSettings kafka, StreamsSettings settings, Realm realm) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId(kafka, settings, realm));
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir().toString());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
    properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
    properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbyReplicas());
    properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, kafka.replication());
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.commitInterval().toMillis());
    // Between two slices of a long piece of work nothing may be waiting, and a poll waits that
    // long.
    properties.put(StreamsConfig.POLL_MS_CONFIG, 5L);
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, settings.cacheBytes());
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocks.class);
    properties.put(BoundedRocks.BYTES, Long.toString(settings.rocksdbBytes()));
    // Measured with the default timeouts: 44 s until another instance takes over.
    consumer(properties, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    consumer(properties, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_000);
    consumer(properties, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1_000);
    producer(properties, ProducerConfig.LINGER_MS_CONFIG, 5);
    producer(properties, ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    kafka.properties().forEach(properties::put);
    settings.properties().forEach(properties::put);
    return properties;
  }

  private static void consumer(Properties properties, String name, Object value) {
    properties.put(StreamsConfig.consumerPrefix(name), value);
  }

  private static void producer(Properties properties, String name, Object value) {
    properties.put(StreamsConfig.producerPrefix(name), value);
  }

  /**
   * Begins to join the group, after making sure that this generation may run. Where it must carry
   * the state of an older one over and is allowed to, it does so first, which takes as long as
   * reading that state twice and writing it once.
   *
   * @throws dev.sluice.streams.generation.GenerationException if this generation must not run
   * @throws dev.sluice.topics.BrokerUnavailableException if the broker does not answer
   */
  public void start() {
    if (gate.enter()) {
      // What a folder of that name may hold belongs to changelogs that are gone.
      streams.cleanUp();
    }
    streams.start();
  }

  /** The state of the client: {@code RUNNING} is the one that works. */
  public KafkaStreams.State state() {
    return streams.state();
  }

  /** Whether it processes now. */
  public boolean isRunning() {
    return streams.state() == KafkaStreams.State.RUNNING;
  }

  /** Records of changelogs that are still to be read before this instance works. */
  public long restoring() {
    return restoring.remaining();
  }

  /** Kafka's own metrics of the client, for the metrics endpoint. */
  public KafkaStreams client() {
    return streams;
  }

  private StreamThreadExceptionResponse died(Throwable cause) {
    boolean again = replaced.incrementAndGet() <= MOST_REPLACEMENTS;
    log.atError()
        .addKeyValue("replacement", again ? replaced.get() : "none")
        .setCause(cause)
        .log("a stream thread died; nothing it had not committed is lost");
    return again
        ? StreamThreadExceptionResponse.REPLACE_THREAD
        : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  /** Commits, leaves the group and stops, within 10 seconds. */
  @Override
  public void close() {
    streams.close(
        CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
            .withTimeout(Duration.ofSeconds(10)));
  }
}
