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
import dev.sluice.events.Severity;
import dev.sluice.events.SupportMatrix;
import dev.sluice.events.Suppression;
import dev.sluice.events.SuppressionKind;
import dev.sluice.events.VexStatus;
import dev.sluice.events.VulnerabilityIntel;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.RegistrySettings;
import dev.sluice.streams.Scans;
import dev.sluice.streams.StreamsSettings;
import dev.sluice.streams.rules.support.SupportMatrixReader;
import dev.sluice.topics.Topic;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/** The topology on the test driver, spoken to in scans and answering in findings and items. */
final class River implements AutoCloseable {
  static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

  final TopologyTestDriver driver;
  final TestInputTopic<String, byte[]> rawObserved;
  private final AvroSerdes serdes;
  private final TestInputTopic<String, ScanEvent> observed;
  private final TestInputTopic<String, KnowledgeRevision> revisions;
  private final TestInputTopic<String, Suppression> suppressions;
  private final TestInputTopic<String, SupportMatrix> matrices;
  private final TestInputTopic<String, VulnerabilityIntel> intel;
  private final TestInputTopic<String, AssetProfile> assets;
  private final TestOutputTopic<String, Finding> findings;
  private final TestOutputTopic<String, ActionItem> items;
  private final TestOutputTopic<String, ActionEvent> events;
  private final TestOutputTopic<String, DecisionRecord> decisions;
  private final TestOutputTopic<String, ScanVerdict> verdicts;
  private final TestOutputTopic<String, ScanEvent> disclosed;
  final TestOutputTopic<byte[], byte[]> deadLetters;
  private final Map<String, Finding> currentFindings = new LinkedHashMap<>();
  private final Map<String, ActionItem> currentItems = new LinkedHashMap<>();
  private Instant now = START;
  private long revision = 1;

  River() {
    this(Realm.COMMON);
  }

  River(Realm realm) {
    serdes = AvroSerdes.of(new RegistrySettings("mock://" + UUID.randomUUID(), Map.of()));
    driver =
        new TopologyTestDriver(
            SluiceTopology.build(new TopologyPlan("", realm, 1, settings(), serdes)),
            properties(),
            START);
    rawObserved =
        driver.createInputTopic(
            Topics.name("", realm, Topics.OBSERVED),
            new StringSerializer(),
            new org.apache.kafka.common.serialization.ByteArraySerializer());
    observed = input(realm, Topics.OBSERVED);
    revisions = input(realm, Topics.KNOWLEDGE);
    matrices = input(realm, Topics.SUPPORT_MATRIX);
    intel = input(realm, Topics.INTEL);
    suppressions = input(realm, Topics.SUPPRESSIONS);
    assets = input(realm, Topics.ASSETS);
    findings = output(realm, Topics.FINDINGS);
    items = output(realm, Topics.ITEMS);
    events = output(realm, Topics.ACTIONABLE);
    decisions = output(realm, Topics.DECISIONS);
    verdicts = output(realm, Topics.SCANS);
    disclosed = realm == Realm.EMBARGOED ? output(Realm.COMMON, Topics.OBSERVED) : null;
    deadLetters =
        driver.createOutputTopic(
            Topics.deadLetters("", realm),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  static StreamsSettings settings() {
    return new StreamsSettings(
        1,
        false,
        1,
        Path.of("target/streams"),
        0,
        Duration.ofMillis(100),
        Duration.ofMillis(50),
        Duration.ofHours(1),
        1 << 20,
        16 << 20,
        true,
        Map.of());
  }

  private static Properties properties() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "river-" + UUID.randomUUID());
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, "target/river");
    return properties;
  }

  private <V extends SpecificRecord> TestInputTopic<String, V> input(Realm realm, Topic<V> topic) {
    return driver.createInputTopic(
        Topics.name("", realm, topic), new StringSerializer(), serdes.forTopic(topic).serializer());
  }

  private <V extends SpecificRecord> TestOutputTopic<String, V> output(
      Realm realm, Topic<V> topic) {
    return driver.createOutputTopic(
        Topics.name("", realm, topic),
        new StringDeserializer(),
        serdes.forTopic(topic).deserializer());
  }

  Instant now() {
    return now;
  }

  /** Sends one event as it is. */
  void send(ScanEvent event) {
    observed.pipeInput(event.getAsset(), event);
  }

  /** Sends a scan with all its events and lets it be applied; returns its verdict. */
  ScanVerdict send(Scans.Scan scan) {
    scan.events(now).forEach(this::send);
    settle();
    List<ScanVerdict> all = verdicts.readValuesToList();
    return all.isEmpty() ? null : all.get(all.size() - 1);
  }

  List<ScanVerdict> verdicts() {
    return verdicts.readValuesToList();
  }

  /** What an embargo let go of since the last call. */
  List<ScanEvent> disclosed() {
    return disclosed.readValuesToList();
  }

  void matrix(String product, String markdown) {
    SupportMatrix matrix = SupportMatrixReader.readMarkdown(product, "SECURITY.md", markdown, now);
    matrix.setRevision(++revision);
    matrices.pipeInput(product, matrix);
    word(KnowledgeKind.SUPPORT_MATRIX, product, matrix.getVersion(), List.of());
  }

  void exploited(String vulnerability, String due) {
    VulnerabilityIntel entry =
        VulnerabilityIntel.newBuilder()
            .setSource("cisa-kev")
            .setVulnerability(vulnerability)
            .setKnownExploited(true)
            .setDue(java.time.LocalDate.parse(due))
            .build();
    intel.pipeInput("cisa-kev:" + vulnerability, entry);
    ++revision;
    intel.pipeInput(
        "loaded:cisa-kev",
        VulnerabilityIntel.newBuilder()
            .setSource("loaded")
            .setVulnerability("cisa-kev")
            .setRevision(revision)
            .build());
    word(KnowledgeKind.INTEL, "cisa-kev", "", List.of(vulnerability));
  }

  /** Loads suppressions as one document. */
  void suppress(Suppression... loaded) {
    ++revision;
    put(loaded);
    announce(loaded);
  }

  /** The announcement overtakes what it speaks of. */
  void suppressLate(Suppression... loaded) {
    ++revision;
    announce(loaded);
    put(loaded);
    pass(Duration.ofSeconds(10));
  }

  private void put(Suppression... loaded) {
    for (Suppression each : loaded) {
      suppressions.pipeInput(each.getId(), each);
    }
    suppressions.pipeInput(
        "loaded:test",
        Suppression.newBuilder()
            .setId("loaded:test")
            .setKind(SuppressionKind.UNKNOWN)
            .setVexStatus(VexStatus.UNKNOWN)
            .setSeverityCap(Severity.UNKNOWN)
            .setReason("")
            .setVersion("")
            .setRevision(revision)
            .build());
  }

  private void announce(Suppression... loaded) {
    word(
        KnowledgeKind.SUPPRESSIONS,
        "test",
        "",
        Arrays.stream(loaded).map(Suppression::getVulnerability).toList());
  }

  /** Puts bytes that are no suppression beside them. */
  void suppressBytes(String key, byte[] value) {
    driver
        .createInputTopic(
            Topics.name("", Realm.COMMON, Topics.SUPPRESSIONS),
            new StringSerializer(),
            new org.apache.kafka.common.serialization.ByteArraySerializer())
        .pipeInput(key, value);
  }

  void profile(AssetProfile profile) {
    assets.pipeInput(profile.getAsset(), profile);
    settle();
  }

  private void word(KnowledgeKind kind, String name, String version, List<String> changed) {
    revisions.pipeInput(
        kind + ":" + name,
        KnowledgeRevision.newBuilder()
            .setKind(kind)
            .setName(name)
            .setRevision(revision)
            .setVersion(version)
            .setChanged(changed)
            .build());
    settle();
  }

  /** Lets the wall clock run on. */
  void pass(Duration time) {
    now = now.plus(time);
    driver.advanceWallClockTime(time);
    settle();
  }

  private void settle() {
    for (int i = 0; i < 5; i++) {
      driver.advanceWallClockTime(Duration.ofMillis(5));
      now = now.plusMillis(5);
    }
    findings.readValuesToList().forEach(f -> currentFindings.put(f.getId(), f));
    items.readValuesToList().forEach(i -> currentItems.put(i.getId(), i));
  }

  /** What happened to items since the last call. */
  List<ActionEvent> events() {
    return events.readValuesToList();
  }

  /** What happened since the last call, as {@code TYPE package-or-title}. */
  List<String> happened() {
    List<String> happened = new ArrayList<>();
    for (ActionEvent event : events()) {
      String name = event.getItem().getPackageName();
      happened.add(event.getType() + " " + (name == null ? event.getItem().getTitle() : name));
    }
    return happened;
  }

  List<DecisionRecord> decisions() {
    return decisions.readValuesToList();
  }

  /** Current findings by id, as a consumer of the compacted topic sees them. */
  Map<String, Finding> findings() {
    return currentFindings;
  }

  Finding finding(String vulnerability) {
    List<Finding> found =
        currentFindings.values().stream()
            .filter(f -> f.getVulnerability().equals(vulnerability) && f.getMovedTo() == null)
            .toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " findings of " + vulnerability);
    }
    return found.get(0);
  }

  Map<String, ActionItem> items() {
    return currentItems;
  }

  @Override
  public void close() {
    driver.close();
  }
}
