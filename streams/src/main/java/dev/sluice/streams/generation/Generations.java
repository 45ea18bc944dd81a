package dev.sluice.streams.generation;

import dev.sluice.settings.KafkaSettings;
import dev.sluice.streams.generation.GenerationException.CarriedElsewhere;
import dev.sluice.streams.generation.GenerationPlan.Changelog;
import dev.sluice.streams.topology.SluiceTopology;
import dev.sluice.topics.BrokerUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries state from one generation to another: the last committed value of every row of every
 * store, and where the old group had got to in the log. Raw observations are kept for days only, so
 * a new generation could not find out by itself what the old one knew.
 *
 * <p>A topic that marks the work is made before anything else and deleted after everything else.
 * The offsets are committed last, in a transaction of the same producer that wrote the rows: there
 * are none as long as a row is missing, and a process that was shut out by another cannot commit
 * them. An attempt that was interrupted is simply made again.
 */
public final class Generations implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Generations.class);
  private static final Duration STEP = Duration.ofMillis(250);
  private static final Duration TRANSACTIONS = Duration.ofSeconds(90);

  private final KafkaSettings kafka;
  private final Broker broker;
  private final RowUpgrades upgrades;
  private final Duration patience;
  private final Consumer<String> progress;

  public Generations(KafkaSettings kafka) {
    // Longer than the session timeout: a member that crashed is forgotten by then.
    this(kafka, RowUpgrades.CURRENT, Duration.ofSeconds(15), step -> {});
  }

  /**
   * @param upgrades steps for rows, in order
   * @param patience how long to wait for members of the old group to leave
   * @param progress is told each topic when it is copied, and {@code offsets} when they are set
   */
  Generations(
      KafkaSettings kafka,
      List<RowUpgrade> upgrades,
      Duration patience,
      Consumer<String> progress) {
    this.kafka = kafka;
    this.broker = new Broker(kafka);
    this.upgrades = new RowUpgrades(upgrades);
    this.patience = patience;
    this.progress = progress;
  }

  /**
   * Looks what carrying over would do, and changes nothing.
   *
   * @throws GenerationException if it cannot be done: there is no such state, it holds stores that
   *     this release does not know, or the target has a life of its own already
   * @throws BrokerUnavailableException if the broker does not answer
   */
  public GenerationPlan plan(Generation from, Generation to) {
    if (!from.withNumber(to.number()).equals(to) || from.number() >= to.number()) {
      throw new GenerationException(
          "cannot carry " + from + " over to " + to + ": the new one must be higher, in one realm");
    }
    Survey survey = new Survey(broker, from);
    if (!survey.hasLived(from)) {
      throw new GenerationException(
          from + " has no state to carry over; check kafka.prefix and the number");
    }
    if (survey.hasLived(to)) {
      throw new GenerationException(
          to
              + " has state of its own, which carrying over would throw away; start it as it is, or"
              + " set streams.generation to a number that has never been used");
    }
    Map<TopicPartition, OffsetAndMetadata> committed = broker.offsets(from.applicationId());
    return new GenerationPlan(
        from,
        to,
        broker.members(from.applicationId()),
        resume(survey, committed),
        committed.isEmpty(),
        changelogs(survey, from, to),
        upgrades.names(),
        survey.isMarked(to));
  }

  /**
   * Where to go on: where the old group stopped and, where it had committed nothing, at the first
   * record that is left, as it would have done itself.
   */
  private Map<TopicPartition, OffsetAndMetadata> resume(
      Survey survey, Map<TopicPartition, OffsetAndMetadata> committed) {
    List<TopicPartition> sources = survey.sources();
    Map<TopicPartition, OffsetAndMetadata> resume = new HashMap<>();
    broker.begins(sources).forEach((p, begin) -> resume.put(p, new OffsetAndMetadata(begin)));
    committed.forEach((partition, offset) -> resume.replace(partition, offset));
    return resume;
  }

  private List<Changelog> changelogs(Survey survey, Generation from, Generation to) {
    Map<String, String> found = survey.changelogs(from);
    Map<String, TopicDescription> topics = broker.describe(found.values());
    Map<String, OptionalLong> bytes = broker.bytes(topics);
    List<Changelog> logs = new ArrayList<>();
    found.forEach(
        (name, topic) -> {
          String store = RowUpgrades.RENAMED.getOrDefault(name, name);
          if (!SluiceTopology.stores().contains(store)) {
            throw new GenerationException(
                topic
                    + " belongs to a store that this release does not have; run the release that"
                    + " wrote it, or one that knows what became of the store");
          }
          List<TopicPartition> partitions = Survey.partitions(Map.of(topic, topics.get(topic)));
          logs.add(
              new Changelog(
                  store,
                  topic,
                  to.changelog(store),
                  partitions.size(),
                  sum(broker.ends(partitions, IsolationLevel.READ_UNCOMMITTED))
                      - sum(broker.begins(partitions)),
                  bytes.get(topic)));
        });
    return logs;
  }

  private static long sum(Map<TopicPartition, Long> offsets) {
    return offsets.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Does what a plan says. Safe to repeat: half-copied topics of an interrupted attempt are thrown
   * away first.
   *
   * @throws GenerationException if the old generation still runs, or a row cannot be upgraded; the
   *     new generation has no offsets then
   * @throws BrokerUnavailableException if the broker does not answer
   */
  public CarriedOver apply(GenerationPlan plan) {
    Generation from = plan.from();
    Generation to = plan.to();
    awaitNoMembers(from);
    mark(to);
    // Looked up before others are shut out: what they make later has other ids and stays.
    Map<String, TopicDescription> leftovers =
        broker.describe(SluiceTopology.stores().stream().map(to::changelog).toList());
    try (Producer<byte[], byte[]> writer = writer(to)) {
      writer.initTransactions();
      if (!broker.offsets(to.applicationId()).isEmpty()) {
        unmark(to);
        return new CarriedOver(false, false, Map.of(), Map.of());
      }
      awaitEndOfTransactions(
          Survey.partitions(
              broker.describe(plan.changelogs().stream().map(Changelog::source).toList())));
      Map<TopicPartition, OffsetAndMetadata> before = broker.offsets(from.applicationId());
      recreate(plan, leftovers);
      Map<String, Long> copied = new TreeMap<>();
      Map<String, Long> dropped = new TreeMap<>();
      for (Changelog changelog : plan.changelogs()) {
        copy(changelog, writer, copied, dropped);
      }
      if (broker.members(from.applicationId()) > 0
          || !broker.offsets(from.applicationId()).equals(before)) {
        throw new GenerationException(
            from + " was started again while its state was copied; stop it and start again");
      }
      commit(writer, to, resume(new Survey(broker, from), before));
      progress.accept("offsets");
      unmark(to);
      boolean again = !leftovers.isEmpty();
      log.atInfo()
          .addKeyValue("from", from)
          .addKeyValue("to", to)
          .addKeyValue("copied", copied)
          .addKeyValue("dropped", dropped)
          .addKeyValue("afterInterruption", again)
          .log("state carried over");
      return new CarriedOver(true, again, copied, dropped);
    } catch (ProducerFencedException | InvalidProducerEpochException | TopicExistsException e) {
      throw new CarriedElsewhere(to, e);
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      if (e.getCause() instanceof ProducerFencedException
          || e.getCause() instanceof InvalidProducerEpochException) {
        throw new CarriedElsewhere(to, e);
      }
      throw new BrokerUnavailableException(
          "Cannot carry " + from + " over to " + to + ": " + e.getMessage() + "; start again", e);
    }
  }

  private void copy(
      Changelog changelog,
      Producer<byte[], byte[]> writer,
      Map<String, Long> copied,
      Map<String, Long> dropped) {
    List<TopicPartition> partitions =
        Survey.partitions(broker.describe(List.of(changelog.source())));
    Map<TopicPartition, Long> begins = broker.begins(partitions);
    Map<TopicPartition, Long> ends = broker.ends(partitions, IsolationLevel.READ_COMMITTED);
    try (ChangelogCopy copy = new ChangelogCopy(kafka, writer, upgrades)) {
      for (TopicPartition partition : partitions) {
        copy.copy(
            changelog.store(),
            partition,
            changelog.target(),
            begins.get(partition),
            ends.get(partition));
      }
      verify(changelog, copy);
      copied.put(changelog.store(), copy.copied());
      dropped.put(changelog.store(), copy.dropped());
    }
    progress.accept(changelog.target());
  }

  /** A broker that lags behind may take rows for a topic that is gone: read back what is there. */
  private void verify(Changelog changelog, ChangelogCopy copy) {
    List<TopicPartition> targets = Survey.partitions(broker.describe(List.of(changelog.target())));
    awaitEndOfTransactions(targets);
    Map<TopicPartition, Long> begins = broker.begins(targets);
    long there = 0;
    for (var end : broker.ends(targets, IsolationLevel.READ_COMMITTED).entrySet()) {
      there += copy.count(end.getKey(), begins.get(end.getKey()), end.getValue());
    }
    if (there != copy.copied()) {
      throw new GenerationException(
          changelog.target()
              + " holds "
              + there
              + " of "
              + copy.copied()
              + " rows that were written; start again");
    }
  }

  private static void commit(
      Producer<byte[], byte[]> writer,
      Generation to,
      Map<TopicPartition, OffsetAndMetadata> offsets) {
    writer.beginTransaction();
    writer.sendOffsetsToTransaction(offsets, new ConsumerGroupMetadata(to.applicationId()));
    writer.commitTransaction();
  }

  private void recreate(GenerationPlan plan, Map<String, TopicDescription> leftovers) {
    if (!leftovers.isEmpty()) {
      log.atWarn()
          .addKeyValue("topics", leftovers.keySet())
          .log("throwing away what an interrupted attempt copied");
      broker.delete(leftovers.values().stream().map(TopicDescription::topicId).toList());
    }
    Map<String, TopicDescription> sources =
        broker.describe(plan.changelogs().stream().map(Changelog::source).toList());
    List<NewTopic> topics =
        plan.changelogs().stream()
            .map(
                changelog -> {
                  TopicDescription source = sources.get(changelog.source());
                  return new NewTopic(
                          changelog.target(),
                          source.partitions().size(),
                          (short) source.partitions().get(0).replicas().size())
                      .configs(broker.settings(changelog.source()));
                })
            .toList();
    if (!topics.isEmpty()) {
      broker.create(topics);
    }
  }

  private void mark(Generation to) {
    try {
      broker.create(List.of(new NewTopic(to.marker(), Optional.of(1), Optional.empty())));
    } catch (TopicExistsException e) {
      // Left by an attempt that was interrupted, or by one that is under way.
    }
  }

  /** Says that everything is there. */
  void unmark(Generation to) {
    List<Uuid> ids =
        broker.describe(List.of(to.marker())).values().stream()
            .map(TopicDescription::topicId)
            .toList();
    broker.delete(ids);
  }

  private void awaitNoMembers(Generation generation) {
    if (!awaitNobody(generation)) {
      throw new GenerationException(
          generation
              + " still runs: its group has "
              + broker.members(generation.applicationId())
              + " members. Stop every instance of it (one that crashed is forgotten after its"
              + " session timeout, 10 s) and start again");
    }
  }

  /** A transaction that is open would commit rows behind our back, or hide what lies behind it. */
  private void awaitEndOfTransactions(Collection<TopicPartition> partitions) {
    if (!partitions.isEmpty()
        && !await(
            TRANSACTIONS,
            () ->
                broker
                    .ends(partitions, IsolationLevel.READ_COMMITTED)
                    .equals(broker.ends(partitions, IsolationLevel.READ_UNCOMMITTED)))) {
      throw new GenerationException(
          "a transaction is still open after "
              + TRANSACTIONS.toSeconds()
              + " s on the changelogs "
              + partitions
              + "; end it with kafka-transactions.sh abort and start again");
    }
  }

  private static boolean await(Duration patience, BooleanSupplier done) {
    long end = System.nanoTime() + patience.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      try {
        Thread.sleep(STEP.toMillis());
      } catch (InterruptedException e) {
        throw new InterruptException("Interrupted while waiting for the old generation", e);
      }
    }
    return true;
  }

  private Producer<byte[], byte[]> writer(Generation to) {
    Properties properties = new Properties();
    properties.putAll(kafka.properties());
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, to.marker());
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    properties.put(ProducerConfig.LINGER_MS_CONFIG, "20");
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, "131072");
    // The topic's own limit decides: what the old one took, the new one takes.
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(32 << 20));
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  Broker broker() {
    return broker;
  }

  boolean awaitOffsets(Generation generation, Duration patience) {
    return await(patience, () -> !broker.offsets(generation.applicationId()).isEmpty());
  }

  boolean awaitNobody(Generation generation) {
    return await(patience, () -> broker.members(generation.applicationId()) == 0);
  }

  @Override
  public void close() {
    broker.close();
  }
}
