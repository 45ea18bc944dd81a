package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.app.service.StreamsService;
import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.Finding;
import dev.sluice.events.FindingStatus;
import dev.sluice.events.ItemStatus;
import dev.sluice.events.ScanEvent;
import dev.sluice.topics.DeadLetterHeaders;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the whole pipeline promises, on any broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PipelineContract {
  /** An end to waiting that only a defect reaches; nothing is asserted about time. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private KafkaUnderTest kafka;

  @TempDir Path directory;
  private Installation installation;
  private TopicLog log;

  abstract KafkaUnderTest start();

  @BeforeAll
  void startKafka() {
    kafka = start();
    System.out.println("The whole pipeline on " + kafka);
  }

  @AfterAll
  void stopKafka() {
    if (kafka != null) {
      kafka.close();
    }
  }

  @BeforeEach
  void install() {
    installation = Installation.fresh(kafka, "river", directory);
    log = new TopicLog(installation);
  }

  @Test
  void twoScannersGiveOneFindingOneItemOneCallAndOneLine() throws Exception {
    Path lines = directory.resolve("events.jsonl");
    try (Receiver receiver = new Receiver()) {
      withSinks(receiver, lines);
      try (RunningSluice sluice = new RunningSluice(installation)) {
        sluice.publish("trivy-one.json");
        sluice.publish("grype-one.json");
        eventually().until(() -> !receiver.calls().isEmpty() && Files.size(lines) > 0);
      }

      assertThat(log.table(Topics.FINDINGS).values())
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.getVulnerability()).isEqualTo("CVE-2015-9235");
                assertThat(finding.getAsset()).isEqualTo("registry.example/acme/cart");
                assertThat(finding.getScanners()).containsExactly("grype", "trivy");
              });
      ActionItem item =
          log.table(Topics.ITEMS).values().stream().reduce(PipelineContract::only).orElseThrow();
      assertThat(item.getStatus()).isEqualTo(ItemStatus.OPEN);
      assertThat(item.getLines().get(0).getFixedVersion()).isEqualTo("4.2.2");

      assertThat(receiver.calls()).hasSameSizeAs(log.values(Topics.ACTIONABLE));
      assertThat(opened(receiver)).hasSize(1);
      assertThat(receiver.calls()).allMatch(Receiver.Call::signed);
      List<String> written = Files.readAllLines(lines);
      assertThat(written).hasSameSizeAs(log.values(Topics.ACTIONABLE));
      JsonNode line = new ObjectMapper().readTree(written.get(0));
      assertThat(line.at("/item/id").asText()).isEqualTo(item.getId());
    }
  }

  @Test
  void sameReportAgainSaysNothingNew() throws Exception {
    try (RunningSluice sluice = new RunningSluice(installation)) {
      JsonNode first = sluice.publish("trivy-two.json");
      List<Finding> findings = log.values(Topics.FINDINGS);
      List<ActionEvent> events = log.values(Topics.ACTIONABLE);
      assertThat(findings).hasSize(2);
      assertThat(events).hasSize(2);

      JsonNode verdict = sluice.publish("trivy-two.json");

      assertThat(verdict.path("scanId").asText())
          .as("the gateway knows it, and points to the scan of then")
          .isNotEmpty()
          .isEqualTo(first.path("scanId").asText());
      assertThat(log.values(Topics.FINDINGS)).isEqualTo(findings);
      assertThat(log.values(Topics.ACTIONABLE)).isEqualTo(events);
    }
  }

  @Test
  void newerScanWithoutAFindingResolvesItAndSaysSo() throws Exception {
    Path lines = directory.resolve("events.jsonl");
    try (Receiver receiver = new Receiver()) {
      withSinks(receiver, lines);
      try (RunningSluice sluice = new RunningSluice(installation)) {
        sluice.publish("trivy-two.json");
        sluice.publish("trivy-one.json");
        eventually().until(() -> receiver.calls().size() == log.values(Topics.ACTIONABLE).size());
      }
      ActionEvent last =
          log.values(Topics.ACTIONABLE).stream()
              .filter(event -> event.getType() == ActionEventType.RESOLVED)
              .reduce(PipelineContract::only)
              .orElseThrow();
      assertThat(last.getItem().getPackageName()).isEqualTo("lodash");
      assertThat(log.table(Topics.FINDINGS).values())
          .filteredOn(finding -> finding.getStatus() == FindingStatus.RESOLVED)
          .extracting(Finding::getVulnerability)
          .containsExactly("CVE-2019-10744");
      assertThat(receiver.calls())
          .filteredOn(call -> call.body().path("id").asText().equals(last.getId()))
          .singleElement()
          .satisfies(call -> assertThat(call.signed()).isTrue());
    }
  }

  @Test
  void bytesThatDoNotDecodeAreADeadLetterAndTheNextReportGoesThrough() throws Exception {
    byte[] garbage = {0x00, 0x7f, 0x00, 0x00, 0x01, 0x42};
    byte[] key = "somebody".getBytes(StandardCharsets.UTF_8);
    String observed =
        Topics.name(installation.settings().kafka().prefix(), Realm.COMMON, Topics.OBSERVED);
    try (RunningSluice sluice = new RunningSluice(installation);
        KafkaProducer<byte[], byte[]> producer = Load.producer(installation.settings())) {
      for (int partition = 0; partition < Installation.PARTITIONS; partition++) {
        producer.send(new ProducerRecord<>(observed, partition, key, garbage)).get();
      }
      sluice.publish("trivy-one.json");
      eventually().until(() -> log.deadLetters(Realm.COMMON).size() == Installation.PARTITIONS);
    }
    ConsumerRecord<byte[], byte[]> letter = log.deadLetters(Realm.COMMON).get(0);
    assertThat(letter.key()).isEqualTo(key);
    assertThat(letter.value()).isEqualTo(garbage);
    assertThat(header(letter, DeadLetterHeaders.TOPIC)).isEqualTo(observed);
    assertThat(header(letter, DeadLetterHeaders.PARTITION)).matches("[0-2]");
    assertThat(header(letter, DeadLetterHeaders.OFFSET)).isEqualTo("0");
    assertThat(header(letter, DeadLetterHeaders.STEP)).startsWith("streams");
    assertThat(header(letter, DeadLetterHeaders.ERROR)).isNotBlank();
    assertThat(log.table(Topics.FINDINGS)).hasSize(1);
  }

  @Test
  void truncatedReportIsRefusedAndNothingOfItCounts() throws Exception {
    byte[] report = RunningSluice.report("trivy-two.json");
    try (RunningSluice sluice = new RunningSluice(installation)) {
      HttpResponse<String> answer = sluice.post(Arrays.copyOf(report, report.length - 400));

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
      sluice.publish("trivy-other.json");
      sluice.publish("trivy-one.json");
    }
    assertThat(log.values(Topics.OBSERVED))
        .filteredOn(event -> event.getCompleted() != null)
        .extracting(ScanEvent::getAsset)
        .containsExactlyInAnyOrder("registry.example/acme/till", "registry.example/acme/cart");
    assertThat(log.table(Topics.FINDINGS).values())
        .extracting(Finding::getVulnerability)
        .containsExactly("CVE-2015-9235", "CVE-2015-9235");
  }

  @Test
  void privateReportStaysOnTopicsOfItsOwn() throws Exception {
    installation.with("streams.embargoed", true);
    Path lines = directory.resolve("events.jsonl");
    try (Receiver receiver = new Receiver()) {
      withSinks(receiver, lines);
      try (RunningSluice sluice = new RunningSluice(installation)) {
        Load.privateReport("registry.example/acme/cart").send(installation, Realm.EMBARGOED);
        eventually().until(() -> log.values(Realm.EMBARGOED, Topics.SCANS).size() == 1);
        sluice.publish("trivy-one.json");
        eventually().until(() -> !receiver.calls().isEmpty());
      }
      assertThat(log.values(Realm.EMBARGOED, Topics.FINDINGS))
          .extracting(Finding::getTitle)
          .containsExactly("Anybody can read the invoices of others");
      assertThat(log.values(Topics.FINDINGS))
          .extracting(Finding::getVulnerability)
          .containsExactly("CVE-2015-9235");
      assertThat(log.values(Topics.ITEMS)).hasSize(1);
      assertThat(log.values(Topics.DECISIONS)).hasSize(1);
      assertThat(log.values(Topics.OBSERVED))
          .noneMatch(event -> event.getScanId().contains("reports"));
      assertThat(log.deadLetters(Realm.EMBARGOED)).isEmpty();
      assertThat(receiver.calls()).hasSize(1);
      assertThat(Files.readString(lines)).doesNotContain("invoices");
    }
  }

  @Test
  void listsAndExplanationsSayWhatTheTopicsSay() throws Exception {
    installation
        .with("streams.embargoed", true)
        .with("database.url", "jdbc:h2:file:" + directory.resolve("database"))
        .with("database.cleared", true);
    try (RunningSluice sluice = new RunningSluice(installation)) {
      Load.privateReport("registry.example/acme/cart").send(installation, Realm.EMBARGOED);
      eventually().until(() -> log.values(Realm.EMBARGOED, Topics.SCANS).size() == 1);
      sluice.publish("trivy-two.json");
      sluice.publish("grype-one.json");
      JsonNode verdict = sluice.publish("trivy-one.json");
      Map<String, String> findings = new TreeMap<>();
      for (Finding finding : log.table(Topics.FINDINGS).values()) {
        if (finding.getMovedTo() == null) {
          findings.put(
              finding.getId(),
              finding.getStatus().name().toLowerCase(Locale.ROOT)
                  + " "
                  + finding.getRevision()
                  + " "
                  + finding.getDecision().getReason()
                  + " "
                  + finding.getScanners());
        }
      }
      Map<String, Long> items = new TreeMap<>();
      log.table(Topics.ITEMS).values().forEach(item -> items.put(item.getId(), item.getRevision()));
      assertThat(findings).hasSize(2);

      eventually()
          .untilAsserted(
              () -> {
                assertThat(listed(sluice)).isEqualTo(findings);
                Map<String, Long> shown = new TreeMap<>();
                sluice
                    .ask("/v1/items")
                    .path("items")
                    .forEach(
                        item ->
                            shown.put(item.path("id").asText(), item.path("revision").asLong()));
                assertThat(shown).isEqualTo(items);
              });
      eventually().until(sluice::isReadModelCaughtUp);
      JsonNode story = sluice.ask("/v1/explain/" + findings.keySet().iterator().next());
      assertThat(story.path("decisions")).isNotEmpty();
      assertThat(story.path("events")).isNotEmpty();
      assertThat(story.path("scans")).hasSize(2);
      assertThat(sluice.ask("/v1/explain/CVE-2015-9235").path("findings")).hasSize(1);
      String scan = verdict.path("scanId").asText();
      assertThat(sluice.ask("/v1/scans/" + scan).path("outcome").asText())
          .isEqualToIgnoringCase(verdict.path("outcome").asText());
      assertThat(sluice.ask("/v1/findings").toString() + sluice.ask("/v1/items"))
          .doesNotContain("invoices");
    }
  }

  private static Map<String, String> listed(RunningSluice sluice) throws Exception {
    Map<String, String> listed = new TreeMap<>();
    for (JsonNode row : sluice.ask("/v1/findings").path("findings")) {
      List<String> scanners = new ArrayList<>();
      row.path("scanners").forEach(scanner -> scanners.add(scanner.asText()));
      listed.put(
          row.path("id").asText(),
          row.path("status").asText()
              + " "
              + row.path("revision").asLong()
              + " "
              + row.at("/decision/reason").asText()
              + " "
              + scanners);
    }
    return listed;
  }

  @Test
  void streamsThatWereStoppedOrKilledMidwayGiveWhatAnUndisturbedRunGives() throws Exception {
    Load load = Load.twentyThousand();
    assertThat(load.observations()).isGreaterThan(18_000);
    load.send(installation, Realm.COMMON);
    try (StreamsService streams = streams(installation)) {
      eventually().until(() -> log.values(Topics.SCANS).size() == load.scans());
    }
    Outcome expected = Outcome.of(log);
    assertThat(expected.items()).hasSize(20 * 20);
    assertThat(expected.count(ActionEventType.OPENED)).isEqualTo(400);
    assertThat(expected.count(ActionEventType.RESOLVED)).isEqualTo(20);

    Installation disturbed = Installation.fresh(kafka, "disturbed", directory.resolve("d"));
    TopicLog seen = new TopicLog(disturbed);
    load.send(disturbed, Realm.COMMON);
    interrupt(disturbed, seen, load.scans());
    Outcome found = Outcome.of(seen);

    assertThat(expected.differences(found)).isEmpty();
    assertThat(found.events()).doesNotHaveDuplicates();
    assertThat(seen.deadLetters(Realm.COMMON)).isEmpty();
  }

  /** A stop in good order, two kills in the middle of work, and the loss of all local state. */
  private void interrupt(Installation disturbed, TopicLog seen, int scans) throws Exception {
    Path state = directory.resolve("d");
    try (StreamsService streams = streams(disturbed)) {
      eventually().until(() -> seen.written(Topics.FINDINGS) > 100);
    }
    int stopped = seen.values(Topics.SCANS).size();
    assertThat(stopped).isLessThan(scans);
    killAfter(disturbed, seen, state, seen.written(Topics.FINDINGS) + 1);
    killAfter(disturbed, seen, state, seen.written(Topics.FINDINGS) + 1_000);
    assertThat(seen.values(Topics.SCANS).size()).isLessThan(scans);
    try (StreamsProcess process = StreamsProcess.start(disturbed, directory.resolve("empty"))) {
      eventually()
          .until(
              () -> {
                assertThat(process.isAlive()).isTrue();
                return seen.values(Topics.SCANS).size() == scans;
              });
    }
  }

  private static void killAfter(Installation disturbed, TopicLog seen, Path state, long findings)
      throws Exception {
    try (StreamsProcess process = StreamsProcess.start(disturbed, state)) {
      eventually().until(() -> seen.written(Topics.FINDINGS) >= findings);
      process.kill();
    }
  }

  private static StreamsService streams(Installation installation) {
    return StreamsService.start(
        installation.settings(), installation.serdes(), Realm.COMMON, new SimpleMeterRegistry());
  }

  private void withSinks(Receiver receiver, Path lines) {
    installation
        .with("sinks.lines.type", "jsonlines")
        .with("sinks.lines.jsonlines.path", lines)
        .with("sinks.hook.type", "webhook")
        .with("sinks.hook.webhook.url", receiver.url())
        .with("sinks.hook.webhook.secrets", Receiver.SECRET)
        .with("sinks.hook.webhook.http.allow-loopback", true);
  }

  private static List<Receiver.Call> opened(Receiver receiver) {
    return receiver.calls().stream()
        .filter(call -> call.body().path("type").asText().equals("dev.sluice.item.opened.v1"))
        .toList();
  }

  private static ConditionFactory eventually() {
    return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100));
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static <T> T only(T one, T other) {
    throw new AssertionError("one was expected, and there are " + one + " and " + other);
  }
}
