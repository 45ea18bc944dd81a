package dev.sluice.sinks.database;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.Completeness;
import dev.sluice.events.Decision;
import dev.sluice.events.DecisionRecord;
import dev.sluice.events.Finding;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FindingStatus;
import dev.sluice.events.ItemStatus;
import dev.sluice.events.LineState;
import dev.sluice.events.Occurrence;
import dev.sluice.events.Outcome;
import dev.sluice.events.ScanVerdict;
import dev.sluice.events.Severity;
import dev.sluice.events.Support;
import dev.sluice.events.TicketLink;
import dev.sluice.events.TicketState;
import dev.sluice.registry.InMemoryRegistry;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.RegistrySettings;
import dev.sluice.sinks.Samples;
import dev.sluice.topics.Topic;
import dev.sluice.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Topics in memory: records of the six topics that are followed, in partitions, with offsets. */
final class River {
  static final AvroSerdes SERDES =
      AvroSerdes.of(
          new RegistrySettings("mock://river", Map.of("auto.register.schemas", "true")),
          new InMemoryRegistry(dev.sluice.registry.CompatibilityLevel.FULL_TRANSITIVE));
  static final String ASSET = "registry.example/acme/pay";

  private final Map<String, List<ConsumerRecord<byte[], byte[]>>> partitions = new TreeMap<>();

  /** Adds a record to the end of a partition; a null value is a tombstone. */
  <V extends SpecificRecord> River add(Topic<V> topic, int partition, String key, V value) {
    byte[] bytes =
        value == null ? null : SERDES.forTopic(topic).serializer().serialize(topic.name(), value);
    List<ConsumerRecord<byte[], byte[]>> log = log(topic.name(), partition);
    log.add(
        new ConsumerRecord<>(
            topic.name(), partition, log.size(), key.getBytes(StandardCharsets.UTF_8), bytes));
    return this;
  }

  /** Adds bytes that nobody can decode. */
  River addGarbage(Topic<?> topic, int partition) {
    List<ConsumerRecord<byte[], byte[]>> log = log(topic.name(), partition);
    log.add(
        new ConsumerRecord<>(
            topic.name(), partition, log.size(), new byte[] {'k'}, new byte[] {0, 1, 2}));
    return this;
  }

  private List<ConsumerRecord<byte[], byte[]>> log(String topic, int partition) {
    return partitions.computeIfAbsent(topic + "/" + partition, name -> new ArrayList<>());
  }

  /** The records of each partition. */
  List<List<ConsumerRecord<byte[], byte[]>>> partitions() {
    return List.copyOf(partitions.values());
  }

  List<ConsumerRecord<byte[], byte[]>> all() {
    return partitions.values().stream().flatMap(List::stream).toList();
  }

  static TopicPartition partition(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }

  static Finding.Builder finding(String id, long revision) {
    return Finding.newBuilder()
        .setId(id)
        .setAsset(ASSET)
        .setKind(FindingKind.VULNERABLE_PACKAGE)
        .setVulnerability("CVE-2019-10744")
        .setAliases(List.of("GHSA-jf85-cpcp-j695"))
        .setPackage$("pkg:npm/lodash")
        .setPackageName("lodash")
        .setTitle("Prototype pollution in lodash")
        .setSeverity(Severity.CRITICAL)
        .setScanners(List.of("grype", "trivy"))
        .setLines(
            List.of(
                LineState.newBuilder()
                    .setLine("5.x")
                    .setHeadVersion("5.2.1")
                    .setSupport(Support.SUPPORTED)
                    .setPresent(true)
                    .setInstalledVersions(List.of("4.17.11"))
                    .setFixedVersion("4.17.12")
                    .build()))
        .setOccurrences(
            List.of(
                Occurrence.newBuilder()
                    .setLine("5.x")
                    .setVersion("4.17.11")
                    .setScanner("grype")
                    .setNativeId("GHSA-jf85-cpcp-j695")
                    .setPresent(true)
                    .build()))
        .setOccurrenceCount(1)
        .setStatus(FindingStatus.OPEN)
        .setDecision(decision(true, "fixable"))
        .setItem("i-1")
        .setFirstSeen(Samples.AT)
        .setRevision(revision)
        .setEpisode(1)
        .setUpdatedAt(Samples.AT.plusSeconds(revision));
  }

  static Decision decision(boolean actionable, String reason) {
    return Decision.newBuilder()
        .setActionable(actionable)
        .setRule(actionable ? "high-with-fix" : "no-fix")
        .setReason(reason)
        .setExplanation("Because of " + reason + ".")
        .setPolicyVersion("p1")
        .build();
  }

  static DecisionRecord decided(String finding, Instant at, Decision before, Decision after) {
    return DecisionRecord.newBuilder()
        .setFindingId(finding)
        .setAsset(ASSET)
        .setAt(at)
        .setRevision(1)
        .setBefore(before)
        .setAfter(after)
        .setFacts(Map.of("severity", "critical", "fixAvailable", "true"))
        .setCause("scan")
        .setCauseId("scan-7")
        .build();
  }

  static ActionItem.Builder item(String id, long revision) {
    return Samples.item(id).setAsset(ASSET).setRevision(revision);
  }

  /** An event; resolving takes a day and a half. */
  static ActionEvent event(String item, long revision, ActionEventType type) {
    boolean resolved = type == ActionEventType.RESOLVED;
    ActionEvent event =
        Samples.event(
            item(item, revision)
                .setStatus(resolved ? ItemStatus.RESOLVED : ItemStatus.OPEN)
                .build(),
            type);
    event.setAt(resolved ? Samples.AT.plus(Duration.ofHours(36)) : Samples.AT);
    return event;
  }

  static ScanVerdict.Builder scan(String id) {
    return ScanVerdict.newBuilder()
        .setScanId(id)
        .setAsset(ASSET)
        .setVersion("5.2.1")
        .setLine("5.x")
        .setScanner("trivy")
        .setScanTime(Samples.AT)
        .setDecidedAt(Samples.AT)
        .setCompleteness(Completeness.COMPLETE)
        .setOutcome(Outcome.FAIL)
        .setReason("1 finding fails")
        .setObservations(10)
        .setRepeated(4)
        .setMerged(1)
        .setFindings(5);
  }

  static TicketLink ticket(String item, TicketState state) {
    return TicketLink.newBuilder()
        .setSink("jira")
        .setItemId(item)
        .setEpisode(1)
        .setAsset(ASSET)
        .setState(state)
        .setKey("PAY-7")
        .setUrl("https://jira.example/browse/PAY-7")
        .setAt(Samples.AT)
        .build();
  }

  /** A day with everything in it: revisions, merges, tombstones, a scan judged twice. */
  static River ofADay() {
    River river = new River();
    for (int i = 0; i < 12; i++) {
      String id = "f-" + i;
      for (long revision = 1; revision <= 1 + i % 3; revision++) {
        river.add(
            Topics.FINDINGS,
            i % 3,
            id,
            finding(id, revision)
                .setSeverity(Severity.values()[i % 7])
                .setFormerIds(i == 4 ? List.of("f-old") : List.of())
                .build());
      }
      river.add(
          Topics.DECISIONS, i % 3, id, decided(id, Samples.AT, null, decision(true, "fixable")));
    }
    river.add(Topics.FINDINGS, 1, "f-7", null);
    river.add(
        Topics.FINDINGS,
        2,
        "f-5",
        finding("f-5", 9).setMovedTo("f-8").setStatus(FindingStatus.RESOLVED).build());
    for (int i = 0; i < 5; i++) {
      String id = "i-" + i;
      river.add(Topics.ITEMS, i % 3, id, item(id, 1).build());
      river.add(Topics.ACTIONABLE, i % 3, id, event(id, 1, ActionEventType.OPENED));
      river.add(Topics.TICKETS, i % 3, "jira/" + id + "/1", ticket(id, TicketState.INTENT));
      river.add(Topics.TICKETS, i % 3, "jira/" + id + "/1", ticket(id, TicketState.LINKED));
    }
    river.add(Topics.ITEMS, 0, "i-3", item("i-3", 2).setStatus(ItemStatus.RESOLVED).build());
    river.add(Topics.ACTIONABLE, 0, "i-3", event("i-3", 2, ActionEventType.RESOLVED));
    river.add(Topics.ITEMS, 1, "i-4", null);
    river.add(Topics.SCANS, 0, "s-1", scan("s-1").setOutcome(Outcome.CANNOT_KNOW).build());
    river.add(Topics.SCANS, 0, "s-1", scan("s-1").build());
    return river;
  }
}
