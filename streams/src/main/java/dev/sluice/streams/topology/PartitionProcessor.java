package dev.sluice.streams.topology;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionItem;
import dev.sluice.events.AssetProfile;
import dev.sluice.events.DecisionRecord;
import dev.sluice.events.Finding;
import dev.sluice.events.KnowledgeKind;
import dev.sluice.events.KnowledgeRevision;
import dev.sluice.events.ScanEvent;
import dev.sluice.events.ScanVerdict;
import dev.sluice.streams.engine.Engine;
import dev.sluice.streams.engine.EngineSettings;
import dev.sluice.streams.engine.Outputs;
import dev.sluice.streams.state.row.KnowledgeRow;
import dev.sluice.topics.AssetPartitioner;
import dev.sluice.topics.DeadLetterHeaders;
import dev.sluice.topics.Topic;
import dev.sluice.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * One partition: decodes what arrives, hands it to the engine, sends on what comes out. A record
 * that cannot be decoded or used ends as a dead letter with its coordinates, and the next one is
 * processed.
 */
final class PartitionProcessor implements Processor<byte[], byte[], byte[], Object> {
  /** How often work that did not fit into a slice is taken up again. */
  private static final Duration RESUME = Duration.ofMillis(5);

  private static final Duration TICK = Duration.ofSeconds(1);

  private final TopologyPlan plan;
  private final Deserializer<ScanEvent> scanEvents;
  private final Deserializer<AssetProfile> profiles;
  private final Deserializer<KnowledgeRevision> revisions;
  private ProcessorContext<byte[], Object> context;
  private Engine engine;
  private LibraryKnowledge knowledge;
  private final Map<String, KnowledgeRevision> awaited = new HashMap<>();
  private boolean busy = true;

  PartitionProcessor(TopologyPlan plan) {
    this.plan = plan;
    this.scanEvents = plan.serdes().forTopic(Topics.OBSERVED).deserializer();
    this.profiles = plan.serdes().forTopic(Topics.ASSETS).deserializer();
    this.revisions = plan.serdes().forTopic(Topics.KNOWLEDGE).deserializer();
  }

  @Override
  public void init(ProcessorContext<byte[], Object> context) {
    this.context = context;
    Clock clock = new ContextClock(context);
    knowledge =
        new LibraryKnowledge(
            new LibraryKnowledge.Library(
                library("policies"),
                library("support-matrix"),
                library("intel"),
                beginning("suppressions")),
            new LibraryKnowledge.Decoders(
                decoder(Topics.POLICIES),
                decoder(Topics.SUPPORT_MATRIX),
                decoder(Topics.INTEL),
                decoder(Topics.SUPPRESSIONS)),
            (kind, name) -> engine.acted(kind, name));
    engine =
        new Engine(
            new Engine.Tables(
                table(Names.SEEN), table(Names.STAGING), table(Names.FACTS), table(Names.ORDER)),
            knowledge,
            new ForwardingOutputs(),
            new EngineSettings(
                plan.settings().slice(),
                plan.settings().abandonAfter(),
                plan.settings().generation(),
                plan.isEmbargoed()),
            clock,
            System::nanoTime);
    context.schedule(RESUME, PunctuationType.WALL_CLOCK_TIME, time -> resume());
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, time -> tick());
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    String topic = context.recordMetadata().map(RecordMetadata::topic).orElse("");
    try {
      if (topic.equals(plan.observed())) {
        observe(record);
      } else if (topic.equals(plan.assets())) {
        String asset = new String(record.key(), StandardCharsets.UTF_8);
        engine.profile(
            asset, record.value() == null ? null : profiles.deserialize(topic, record.value()));
        busy = true;
      } else if (record.value() != null) {
        learn(revisions.deserialize(topic, record.value()));
      }
    } catch (SerializationException e) {
      deadLetter(record, "decode", e.getMessage());
    }
  }

  private void observe(Record<byte[], byte[]> record) {
    if (record.value() == null) {
      deadLetter(record, "decode", "a scan event without a value");
      return;
    }
    ScanEvent event = scanEvents.deserialize(plan.observed(), record.value());
    int partition = context.taskId().partition();
    int right = AssetPartitioner.partition(event.getAsset(), plan.partitions());
    if (right != partition) {
      deadLetter(
          record,
          "partition",
          "the asset belongs into partition "
              + right
              + " of "
              + plan.partitions()
              + "; the publisher must partition by murmur2 of the asset's name");
      return;
    }
    Optional<String> refused = engine.accept(event);
    if (refused.isPresent()) {
      deadLetter(record, "accept", refused.get());
      return;
    }
    if (event.getCompleted() != null || event.getFailed() != null) {
      busy = engine.advance();
    }
  }

  /** Acts on a revision once its data is there; until then decides by what it has used before. */
  private void learn(KnowledgeRevision revision) {
    if (knowledge.has(revision.getKind(), revision.getName(), revision.getRevision())) {
      engine.knowledge(revision);
      busy = true;
    } else {
      engine.await(revision);
      awaited.put(revision.getKind() + ":" + revision.getName(), revision);
    }
  }

  private void resume() {
    if (busy) {
      busy = engine.advance();
    }
  }

  private void tick() {
    for (KnowledgeRow row : engine.awaited()) {
      KnowledgeKind kind = KnowledgeKind.valueOf(row.getKind());
      if (knowledge.has(kind, row.getName(), row.getRevision())) {
        arrived(row);
        busy = true;
      }
    }
    engine.tick();
    busy = true;
  }

  /** With the announcement at hand only what it names is decided again; after a restart, all. */
  private void arrived(KnowledgeRow row) {
    KnowledgeRevision announced = awaited.remove(row.getKind() + ":" + row.getName());
    if (announced != null && announced.getRevision() == row.getRevision()) {
      engine.arrived(row, announced);
    } else {
      engine.arrived(row);
    }
  }

  private KeyValueTable table(String name) {
    KeyValueStore<Bytes, byte[]> store = context.getStateStore(name);
    return new KeyValueTable(store);
  }

  private Function<byte[], byte[]> library(String kind) {
    KeyValueStore<Bytes, byte[]> store = context.getStateStore(Names.library(kind));
    return key -> store.get(Bytes.wrap(key));
  }

  /** Values of a library by what their keys begin with. */
  private Function<String, List<byte[]>> beginning(String kind) {
    KeyValueStore<Bytes, byte[]> store = context.getStateStore(Names.library(kind));
    StringSerializer keys = new StringSerializer();
    return prefix -> {
      if (store.approximateNumEntries() == 0) {
        return List.of(); // asked for every finding, and most installations have none
      }
      List<byte[]> values = new ArrayList<>();
      try (KeyValueIterator<Bytes, byte[]> entries = store.prefixScan(prefix, keys)) {
        entries.forEachRemaining(entry -> values.add(entry.value));
      }
      return values;
    };
  }

  private <V extends SpecificRecord> Function<byte[], V> decoder(Topic<V> topic) {
    Deserializer<V> values = plan.serdes().forTopic(topic).deserializer();
    return raw -> values.deserialize(topic.name(), raw);
  }

  private void deadLetter(Record<byte[], byte[]> record, String step, String reason) {
    Headers headers = new RecordHeaders(record.headers());
    context
        .recordMetadata()
        .ifPresent(
            from ->
                DeadLetterHeaders.put(
                    headers,
                    from.topic(),
                    from.partition(),
                    from.offset(),
                    "streams:" + step,
                    reason,
                    Instant.ofEpochMilli(context.currentSystemTimeMs())));
    context.forward(
        new Record<>(record.key(), record.value(), record.timestamp(), headers),
        Names.DEAD_LETTERS);
  }

  private final class ForwardingOutputs implements Outputs {
    @Override
    public void finding(Finding finding) {
      send(Names.FINDINGS, finding.getId(), finding);
    }

    @Override
    public void decision(DecisionRecord decision) {
      send(Names.DECISIONS, decision.getFindingId(), decision);
    }

    @Override
    public void item(ActionItem item) {
      send(Names.ITEMS, item.getId(), item);
    }

    @Override
    public void event(ActionEvent event) {
      send(Names.ACTIONABLE, event.getItemId(), event);
    }

    @Override
    public void verdict(ScanVerdict verdict) {
      send(Names.SCANS, verdict.getScanId(), verdict);
    }

    @Override
    public void disclosed(ScanEvent event) {
      send(Names.DISCLOSED, event.getAsset(), event);
    }

    private void send(String sink, String key, SpecificRecord value) {
      context.forward(
          new Record<>(
              key.getBytes(StandardCharsets.UTF_8), (Object) value, context.currentSystemTimeMs()),
          sink);
    }
  }

  /** The task's own wall clock, so that tests can move it. */
  private static final class ContextClock extends Clock {
    private final ProcessorContext<?, ?> context;

    ContextClock(ProcessorContext<?, ?> context) {
      this.context = context;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return Clock.fixed(instant(), zone);
    }

    @Override
    public long millis() {
      return context.currentSystemTimeMs();
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis());
    }
  }
}
