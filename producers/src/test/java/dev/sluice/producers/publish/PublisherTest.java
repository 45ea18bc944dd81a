package dev.sluice.producers.publish;

import static dev.sluice.producers.publish.ScriptedReader.facts;
import static dev.sluice.producers.publish.ScriptedReader.vulnerability;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.events.DisclosureStep;
import dev.sluice.events.FindingKind;
import dev.sluice.events.Observation;
import dev.sluice.events.PrivateReport;
import dev.sluice.events.ScanEvent;
import dev.sluice.events.ScanPurpose;
import dev.sluice.events.ScanStarted;
import dev.sluice.events.Scanner;
import dev.sluice.events.Scope;
import dev.sluice.events.TimeSource;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.publish.PublishOutcome.Interrupted;
import dev.sluice.producers.publish.PublishOutcome.Published;
import dev.sluice.producers.publish.PublishOutcome.Reason;
import dev.sluice.producers.publish.PublishOutcome.Refused;
import dev.sluice.producers.publish.PublishOutcome.Unavailable;
import dev.sluice.producers.publish.PublishOutcome.Unreadable;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.DigestingReport;
import dev.sluice.producers.report.InputLimits;
import dev.sluice.producers.report.ReadWarning;
import dev.sluice.producers.report.Reports;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.UnreadableReportException;
import dev.sluice.registry.CompatibilityLevel;
import dev.sluice.registry.InMemoryRegistry;
import dev.sluice.registry.RegistryUnavailableException;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.RegistrySettings;
import dev.sluice.topics.AssetPartitioner;
import dev.sluice.topics.Topics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

final class PublisherTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  static final int PARTITIONS = 12;
  private static final String IMAGE = "image:acme/pay:1.2";

  private final Serde<ScanEvent> serde =
      AvroSerdes.of(
              new RegistrySettings("http://127.0.0.1:1", Map.of()),
              new InMemoryRegistry(CompatibilityLevel.FULL_TRANSITIVE))
          .forTopic(Topics.OBSERVED);
  private final Random random = new Random(7);
  private MockProducer<byte[], byte[]> kafka = kafka(true);

  @Test
  void numbersTheEventsOfAScanWithoutAGap() {
    PublishResult result =
        published(
            PublishRequest.EMPTY,
            handler -> {
              handler.scan(facts("Trivy", IMAGE));
              handler.observation(vulnerability("CVE-1"));
              handler.observation(vulnerability("CVE-2"));
            });

    List<ScanEvent> events = events();
    assertThat(events).extracting(ScanEvent::getSeq).containsExactly(0L, 1L, 2L, 3L);
    assertThat(events).extracting(ScanEvent::getScanId).containsOnly(result.scanId());
    assertThat(events).extracting(ScanEvent::getAttemptId).containsOnly(result.attemptId());
    assertThat(events.get(0).getStarted().getScanner().getName()).isEqualTo("trivy");
    assertThat(events.get(1).getObservation().getNativeId()).isEqualTo("CVE-1");
    assertThat(events.get(3).getCompleted().getCount()).isEqualTo(2);
    assertThat(result.observations()).isEqualTo(2);
  }

  @Test
  void keysAndPartitionsByAsset() {
    published(PublishRequest.EMPTY, handler -> handler.scan(facts("trivy", IMAGE)));

    for (ProducerRecord<byte[], byte[]> record : kafka.history()) {
      assertThat(record.topic()).isEqualTo("findings.observed.v1");
      assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("docker.io/acme/pay");
      assertThat(record.partition())
          .isEqualTo(AssetPartitioner.partition("docker.io/acme/pay", PARTITIONS));
    }
  }

  @Test
  void completesWithDigestSizeComponentsAndWarnings() {
    published(
        PublishRequest.EMPTY,
        handler -> {
          handler.warning(new ReadWarning("$.version", "not known"));
          handler.scan(facts("trivy", IMAGE));
          handler.componentsSeen(3);
          handler.componentsSeen(41);
          handler.warning(new ReadWarning("$.Results[0]", "has no target"));
        });

    var completed = events().get(1).getCompleted();
    assertThat(completed.getReportDigest()).isEqualTo("sha256:" + "ab".repeat(32));
    assertThat(completed.getReportBytes()).isEqualTo(2);
    assertThat(completed.getComponentsSeen()).isEqualTo(41);
    assertThat(completed.getWarnings())
        .containsExactly("$.version: not known", "$.Results[0]: has no target");
  }

  @Test
  void keepsAtMostFiftyWarningsAndCountsTheOthers() {
    PublishResult result =
        published(
            PublishRequest.EMPTY,
            handler -> {
              handler.scan(facts("trivy", IMAGE));
              for (int i = 0; i < 120; i++) {
                handler.warning(new ReadWarning("$[" + i + "]", "odd"));
              }
            });

    assertThat(result.warnings()).hasSize(50).last().isEqualTo("and 71 more warnings");
  }

  @Test
  void completesOnlyWhenEverythingBeforeIsAcknowledged() {
    kafka = kafka(false);
    CompletableFuture<PublishOutcome> outcome =
        CompletableFuture.supplyAsync(
            () ->
                publish(
                    PublishRequest.EMPTY,
                    handler -> {
                      handler.scan(facts("trivy", IMAGE));
                      handler.observation(vulnerability("CVE-1"));
                    }));
    await().until(() -> kafka.history().size() == 2);
    kafka.completeNext();

    assertThat(outcome).isNotDone();
    assertThat(events()).noneMatch(event -> event.getCompleted() != null);

    kafka.completeNext();
    await().until(() -> kafka.history().size() == 3);
    assertThat(events().get(2).getCompleted()).isNotNull();
    assertThat(outcome).isNotDone();
    kafka.completeNext();
    assertThat(outcome.join()).isInstanceOf(Published.class);
  }

  @Test
  void neverCompletesWhenKafkaLosesAnEvent() {
    kafka = kafka(false);
    CompletableFuture<PublishOutcome> outcome =
        CompletableFuture.supplyAsync(
            () ->
                publish(
                    PublishRequest.EMPTY,
                    handler -> {
                      handler.scan(facts("trivy", IMAGE));
                      handler.observation(vulnerability("CVE-1"));
                    }));
    await().until(() -> kafka.history().size() == 2);
    kafka.completeNext();
    kafka.errorNext(new TimeoutException("30000 ms have passed"));

    assertThat(outcome.join()).isInstanceOf(Unavailable.class);
    assertThat(events()).noneMatch(event -> event.getCompleted() != null);
    assertThat(events()).last().satisfies(e -> assertThat(e.getFailed()).isNotNull());
  }

  @Test
  void stopsReadingOnceKafkaIsGone() {
    kafka.sendException = new TimeoutException("no metadata");
    List<String> told = new ArrayList<>();

    PublishOutcome outcome =
        publish(
            PublishRequest.EMPTY,
            handler -> {
              handler.scan(facts("trivy", IMAGE));
              handler.observation(vulnerability("CVE-1"));
              told.add("the second");
              handler.observation(vulnerability("CVE-2"));
            });

    assertThat(outcome).isInstanceOf(Unavailable.class);
    assertThat(told).isEmpty();
  }

  @Test
  void waitsWhileTooMuchIsOnItsWay() {
    kafka = kafka(false);
    Observation large = vulnerability("CVE-1");
    large.setDescription("d".repeat(800_000));
    CompletableFuture<PublishOutcome> outcome =
        CompletableFuture.supplyAsync(
            () ->
                publish(
                    PublishRequest.EMPTY,
                    handler -> {
                      handler.scan(facts("trivy", IMAGE));
                      for (int i = 0; i < 10; i++) {
                        handler.observation(large);
                      }
                    }));

    await().until(() -> kafka.history().size() == 3);
    await().during(Duration.ofMillis(200)).until(() -> kafka.history().size() == 3);
    while (!outcome.isDone()) {
      kafka.completeNext();
    }
    assertThat(outcome.join()).isInstanceOf(Published.class);
    assertThat(kafka.history()).hasSize(12);
  }

  @Test
  void namesTheReportWithoutItsDirectories() {
    publish(
        new FakeReport("/home/ada/secret/report.json", "{}", false),
        PublishRequest.EMPTY,
        handler -> handler.scan(facts("trivy", IMAGE)));

    assertThat(events().get(0).getStarted().getReportName()).isEqualTo("report.json");
  }

  @Test
  void failsTheScanOfAnUnreadableReport() {
    PublishOutcome outcome =
        publish(
            PublishRequest.EMPTY,
            handler -> {
              handler.scan(facts("trivy", IMAGE));
              handler.observation(vulnerability("CVE-1"));
              throw new UnreadableReportException("report.json: line 3: cut off");
            });

    assertThat(outcome).isEqualTo(new Unreadable("report.json: line 3: cut off"));
    assertThat(events())
        .last()
        .satisfies(
            event -> {
              assertThat(event.getSeq()).isEqualTo(2);
              assertThat(event.getFailed().getReason()).isEqualTo("unreadable-report");
              assertThat(event.getFailed().getDetail()).contains("line 3");
            });
  }

  @Test
  void saysThatAReportIsTooLargeAndNotBroken() throws IOException {
    String report = "{\"SchemaVersion\":2,\"ArtifactName\":\"alpine\",\"Results\":[]}";
    assertThat(unreadable(report, 1_000).tooLarge()).isFalse();
    assertThat(unreadable(report + " ".repeat(200_000), 1_000).tooLarge()).isTrue();
    assertThat(unreadable(report + " ".repeat(200_000), 100_000))
        .isEqualTo(
            new Unreadable(
                "report.json: the report is larger than 100000 bytes; split the scan or raise the"
                    + " limit",
                true));
  }

  /** What becomes of a Trivy report, cut short, that may have so many bytes. */
  private Unreadable unreadable(String text, long most) throws IOException {
    byte[] cut = text.substring(0, text.length() - 1).getBytes(StandardCharsets.UTF_8);
    Redactor redactor = new Redactor("0123456789abcdef".getBytes(StandardCharsets.UTF_8), "test");
    try (DigestingReport report =
        Reports.ofStream(
            "report.json",
            new ByteArrayInputStream(cut),
            new InputLimits(most, 100, 1 << 20),
            Path.of(System.getProperty("java.io.tmpdir")))) {
      FormatReaders readers = new FormatReaders(new ReaderSettings(redactor));
      return (Unreadable) publisher(readers).publish(report, PublishRequest.EMPTY);
    }
  }

  @Test
  void showsAScanThatFailedBeforeItsFirstObservation() {
    publish(
        PublishRequest.EMPTY,
        handler -> {
          handler.scan(facts("trivy", IMAGE));
          throw new UnreadableReportException("report.json: cut off");
        });

    assertThat(events()).hasSize(2);
    assertThat(events().get(0).getStarted()).isNotNull();
    assertThat(events().get(1).getFailed()).isNotNull();
  }

  @Test
  void failsTheScanOfAClientThatHangsUp() {
    PublishOutcome outcome =
        publish(
            PublishRequest.EMPTY,
            handler -> {
              handler.scan(facts("trivy", IMAGE));
              throw new IOException("connection reset");
            });

    assertThat(outcome).isInstanceOf(Interrupted.class);
    assertThat(events())
        .last()
        .satisfies(
            event -> assertThat(event.getFailed().getReason()).isEqualTo("upload-interrupted"));
  }

  @Test
  void failsTheScanWhenTheBodyIsCutOffBehindTheDocument() {
    PublishOutcome outcome =
        publish(
            new FakeReport("report.json", "{}", true),
            PublishRequest.EMPTY,
            handler -> handler.scan(facts("trivy", IMAGE)));

    assertThat(outcome).isInstanceOf(Interrupted.class);
    assertThat(events()).noneMatch(event -> event.getCompleted() != null);
  }

  @Test
  void aReaderThatBreaksFailsTheScanAndTellsNothingOfTheReport() {
    PublishOutcome outcome =
        publish(
            PublishRequest.EMPTY,
            handler -> {
              handler.scan(facts("trivy", IMAGE));
              throw new IllegalStateException("value hunter2");
            });

    assertThat(outcome).isInstanceOf(Unreadable.class);
    assertThat(outcome.toString()).doesNotContain("hunter2");
    assertThat(events()).last().satisfies(e -> assertThat(e.getFailed()).isNotNull());
    assertThat(events().toString()).doesNotContain("hunter2");
  }

  @Test
  void staysStoppedEvenIfAReaderHidesTheReason() {
    PublishOutcome outcome =
        publish(
            PublishRequest.EMPTY,
            handler -> {
              try {
                handler.scan(facts("trivy", "."));
              } catch (IOException e) {
                throw new UnreadableReportException("hidden", e);
              }
            });

    assertThat(outcome).isInstanceOf(Refused.class);
  }

  @Test
  void mergesTwoRunsOfOneSeriesIntoOneScan() {
    PublishOutcome outcome =
        publish(
            PublishRequest.EMPTY,
            handler -> {
              handler.scan(facts("codeql", IMAGE));
              handler.observation(vulnerability("a"));
              handler.componentsSeen(2);
              handler.scan(facts("gosec", IMAGE));
              handler.observation(vulnerability("b"));
              handler.scan(facts("codeql", IMAGE));
              handler.observation(vulnerability("c"));
              handler.componentsSeen(3);
            });

    List<PublishResult> scans = ((Published) outcome).scans();
    assertThat(scans).extracting(PublishResult::tool).containsExactly("codeql", "gosec");
    assertThat(scans).extracting(PublishResult::observations).containsExactly(2L, 1L);
    List<ScanEvent> codeql =
        events().stream().filter(e -> e.getScanId().equals(scans.get(0).scanId())).toList();
    assertThat(codeql).extracting(ScanEvent::getSeq).containsExactly(0L, 1L, 2L, 3L);
    assertThat(codeql.get(3).getCompleted().getComponentsSeen()).isEqualTo(5);
  }

  @Test
  void givesFurtherScansOfAReportIdsThatARetryRepeats() {
    ScriptedReader.Script script =
        handler -> {
          handler.scan(facts("codeql", IMAGE));
          handler.scan(facts("gosec", IMAGE));
        };
    PublishRequest request = PublishRequest.builder().scanId("build-7").build();

    Published first = (Published) publish(request, script);
    Published again = (Published) publish(request, script);

    assertThat(first.scans())
        .extracting(PublishResult::scanId)
        .containsExactly("build-7", "build-7.2");
    assertThat(again.scans())
        .extracting(PublishResult::scanId)
        .containsExactly("build-7", "build-7.2");
    Set<String> attempts =
        Set.copyOf(events().stream().map(ScanEvent::getAttemptId).distinct().toList());
    assertThat(attempts).hasSize(4);
  }

  @Test
  void takesTheAssetFromTheReportAndTheTagAsVersion() {
    PublishResult result =
        published(PublishRequest.EMPTY, handler -> handler.scan(facts("trivy", IMAGE)));

    assertThat(result.asset()).isEqualTo("docker.io/acme/pay");
    assertThat(result.version()).isEqualTo("1.2");
  }

  @Test
  void whatThePublisherSaysWinsOverTheReport() {
    PublishRequest request =
        PublishRequest.builder()
            .asset("ghcr.io/acme/pay:9")
            .unit("services/pay")
            .releaseLine("9.x")
            .branch("main")
            .commit("0123456789abcdef")
            .scope("nightly")
            .publisher("ci")
            .purpose(ScanPurpose.PROPOSAL)
            .build();

    PublishResult result = published(request, handler -> handler.scan(facts("trivy", IMAGE)));

    ScanStarted started = events().get(0).getStarted();
    assertThat(result.asset()).isEqualTo("ghcr.io/acme/pay");
    assertThat(started.getVersion()).isEqualTo("9");
    assertThat(started.getUnit()).isEqualTo("services/pay");
    assertThat(started.getReleaseLine()).isEqualTo("9.x");
    assertThat(started.getBranch()).isEqualTo("main");
    assertThat(started.getCommit()).isEqualTo("0123456789abcdef");
    assertThat(started.getScope().getName()).isEqualTo("nightly");
    assertThat(started.getSeries()).isEqualTo("trivy;name=nightly");
    assertThat(started.getPurpose()).isEqualTo(ScanPurpose.PROPOSAL);
    assertThat(started.getPublisher()).isEqualTo("ci");
  }

  @Test
  void keepsTheReportsVersionUnderAnotherName() {
    PublishResult result =
        published(
            PublishRequest.builder().asset("ghcr.io/acme/pay").build(),
            handler -> handler.scan(facts("trivy", IMAGE)));

    assertThat(result.asset()).isEqualTo("ghcr.io/acme/pay");
    assertThat(result.version()).isEqualTo("1.2");
  }

  @Test
  void readsAnAmbiguousAssetAsTheKindThatTheReportStates() {
    PublishResult result =
        published(
            PublishRequest.builder().asset("acme/pay").build(),
            handler -> handler.scan(facts("codeql", "repo:https://git.acme.com/x/y")));

    assertThat(result.asset()).isEqualTo("github.com/acme/pay");
  }

  @Test
  void refusesAReportThatNamesNoLastingAsset() {
    PublishOutcome outcome =
        publish(PublishRequest.EMPTY, handler -> handler.scan(facts("trivy", "/src/app")));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.ASSET_UNKNOWN);
              assertThat(refused.message()).startsWith("report.json: ").contains("--asset");
            });
    assertThat(kafka.history()).isEmpty();
  }

  @Test
  void refusesAnAssetThatTheCallerMayNotPublishFor() {
    PublishOutcome outcome =
        publisher(
                (any, f, checkoutRoot) ->
                    new ScriptedReader(handler -> handler.scan(facts("trivy", IMAGE))))
            .publish(FakeReport.of("{}"), PublishRequest.EMPTY, asset -> false);

    assertThat(((Refused) outcome).reason()).isEqualTo(Reason.ASSET_FORBIDDEN);
    assertThat(kafka.history()).isEmpty();
  }

  @Test
  void takesTheTimeFromTheReportThenTheCommitThenTheClock() {
    Instant reported = NOW.minusSeconds(60);
    Instant commit = NOW.minusSeconds(3600);
    PublishRequest withCommit = PublishRequest.builder().commitTime(commit).build();

    published(
        withCommit, h -> h.scan(facts("a", IMAGE, Scope.newBuilder().build(), reported, false)));
    published(withCommit, h -> h.scan(facts("b", IMAGE)));
    published(PublishRequest.EMPTY, h -> h.scan(facts("c", IMAGE)));

    List<ScanStarted> started =
        events().stream().map(ScanEvent::getStarted).filter(s -> s != null).toList();
    assertThat(started).extracting(ScanStarted::getTime).containsExactly(reported, commit, NOW);
    assertThat(started)
        .extracting(ScanStarted::getTimeSource)
        .containsExactly(TimeSource.REPORT, TimeSource.COMMIT, TimeSource.PUBLISH);
  }

  @Test
  void refusesAScanFromTheFutureBeyondTheClockSkew() {
    Instant near = NOW.plusSeconds(299);
    Instant far = NOW.plusSeconds(301);

    assertThat(
            publish(
                PublishRequest.EMPTY,
                h -> h.scan(facts("a", IMAGE, Scope.newBuilder().build(), near, false))))
        .isInstanceOf(Published.class);
    PublishOutcome outcome =
        publish(
            PublishRequest.EMPTY,
            h -> h.scan(facts("a", IMAGE, Scope.newBuilder().build(), far, false)));
    assertThat(((Refused) outcome).reason()).isEqualTo(Reason.FUTURE_TIME);
  }

  @Test
  void aSourceOfSingleAlertsIsNeverAScanOfAHead() {
    published(
        PublishRequest.builder().purpose(ScanPurpose.HEAD).build(),
        h -> h.scan(facts("dependabot", IMAGE, Scope.newBuilder().build(), null, true)));

    assertThat(events().get(0).getStarted().getPurpose()).isEqualTo(ScanPurpose.STATEMENT);
  }

  @Test
  void anAlertOnAPullRequestIsAProposalApartFromThatOfABranch() {
    published(
        PublishRequest.EMPTY,
        h -> {
          h.scan(alerts("refs/pull/7/merge"));
          h.observation(vulnerability("CVE-2026-1"));
          h.scan(alerts("main"));
          h.observation(vulnerability("CVE-2026-1"));
        });

    assertThat(events())
        .filteredOn(e -> e.getStarted() != null)
        .extracting(e -> e.getStarted().getBranch() + " " + e.getStarted().getPurpose())
        .containsExactly("refs/pull/7/merge PROPOSAL", "main STATEMENT");
  }

  private static ScanFacts alerts(String branch) {
    Scanner scanner = Scanner.newBuilder().setName("codeql").build();
    Scope scope = Scope.newBuilder().build();
    return new ScanFacts(scanner, scope, IMAGE, null, null, null, branch, null, true);
  }

  @Test
  void sendsPrivateReportsToTheEmbargoedTopicOnly() {
    Observation report =
        Observation.newBuilder()
            .setKind(FindingKind.REPORTED_VULNERABILITY)
            .setNativeId("R-1")
            .build();

    PublishResult result =
        published(
            PublishRequest.EMPTY,
            handler -> {
              handler.scan(facts("reports", IMAGE));
              handler.observation(report);
            });

    assertThat(result.embargoed()).isTrue();
    assertThat(kafka.history())
        .extracting(ProducerRecord::topic)
        .containsOnly("embargoed.findings.observed.v1");
  }

  @Test
  void sendsADisclosedReportToTheCommonTopic() {
    PrivateReport disclosed =
        PrivateReport.newBuilder().setReportId("R-1").setStep(DisclosureStep.DISCLOSED).build();
    Observation report =
        Observation.newBuilder()
            .setKind(FindingKind.REPORTED_VULNERABILITY)
            .setNativeId("R-1")
            .setReport(disclosed)
            .build();

    PublishResult result =
        published(
            PublishRequest.EMPTY,
            handler -> {
              handler.scan(facts("reports", IMAGE));
              handler.observation(report);
            });

    assertThat(result.embargoed()).isFalse();
    assertThat(kafka.history())
        .extracting(ProducerRecord::topic)
        .containsOnly("findings.observed.v1");
  }

  @Test
  void cutsAnObservationThatIsTooLargeAndSaysSo() {
    Observation huge = vulnerability("CVE-" + "9".repeat(2_000_000));
    huge.setDescription("d".repeat(2_000_000));

    published(
        PublishRequest.EMPTY,
        handler -> {
          handler.scan(facts("trivy", IMAGE));
          handler.observation(huge);
        });

    Observation sent = events().get(1).getObservation();
    assertThat(kafka.history().get(1).value().length).isLessThan(900_000);
    assertThat(sent.getCut()).contains("description", "nativeId");
    assertThat(sent.getNativeId()).startsWith("CVE-9").contains("sha256:");
  }

  @Test
  void refusesMoreScansThanOneReportMayHold() {
    PublishOutcome outcome =
        publish(
            PublishRequest.EMPTY,
            handler -> {
              for (int i = 0; i <= 1_000; i++) {
                handler.scan(facts("tool" + i, IMAGE));
              }
              handler.scan(facts("last", IMAGE));
            });

    assertThat(((Refused) outcome).reason()).isEqualTo(Reason.TOO_MANY_SCANS);
    assertThat(events()).noneMatch(event -> event.getCompleted() != null);
  }

  @Test
  void refusesATopicWithAnotherPartitionCount() {
    kafka = kafka(true, 5);

    PublishOutcome outcome = publish(PublishRequest.EMPTY, h -> h.scan(facts("trivy", IMAGE)));

    assertThat(((Unavailable) outcome).message()).contains("5 partitions", "kafka.partitions");
    assertThat(kafka.history()).isEmpty();
  }

  @Test
  void aRegistryThatIsAwayIsNoFaultOfTheReport() {
    try (Publisher publisher =
        new Publisher(
            kafka,
            (topic, event) -> {
              throw new RegistryUnavailableException("no registry answers", null);
            },
            (report, format, checkoutRoot) ->
                new ScriptedReader(h -> h.scan(facts("trivy", IMAGE))),
            PublisherSettings.defaults(),
            "",
            PARTITIONS,
            Clock.systemUTC(),
            random)) {
      assertThat(publisher.publish(FakeReport.of("{}"), PublishRequest.EMPTY))
          .isEqualTo(new Unavailable("no registry answers"));
    }
  }

  @Test
  void aReportWithoutAScanIsUnreadable() {
    assertThat(publish(PublishRequest.EMPTY, handler -> {})).isInstanceOf(Unreadable.class);
  }

  private PublishResult published(PublishRequest request, ScriptedReader.Script script) {
    PublishOutcome outcome = publish(request, script);
    assertThat(outcome).isInstanceOf(Published.class);
    return ((Published) outcome).scans().get(0);
  }

  private PublishOutcome publish(PublishRequest request, ScriptedReader.Script script) {
    return publish(FakeReport.of("{}"), request, script);
  }

  private PublishOutcome publish(
      FakeReport report, PublishRequest request, ScriptedReader.Script script) {
    ScriptedReader reader = new ScriptedReader(script);
    return publisher((any, format, checkoutRoot) -> reader).publish(report, request);
  }

  private Publisher publisher(ReaderChoice readers) {
    return new Publisher(
        kafka,
        serde.serializer(),
        readers,
        PublisherSettings.defaults(),
        "",
        PARTITIONS,
        Clock.fixed(NOW, ZoneOffset.UTC),
        random);
  }

  private List<ScanEvent> events() {
    return kafka.history().stream()
        .map(record -> serde.deserializer().deserialize(record.topic(), record.value()))
        .toList();
  }

  static MockProducer<byte[], byte[]> kafka(boolean acknowledges) {
    return kafka(acknowledges, PARTITIONS);
  }

  private static MockProducer<byte[], byte[]> kafka(boolean acknowledges, int partitions) {
    Node node = new Node(1, "127.0.0.1", 9092);
    List<PartitionInfo> infos = new ArrayList<>();
    for (String topic : List.of("findings.observed.v1", "embargoed.findings.observed.v1")) {
      for (int i = 0; i < partitions; i++) {
        infos.add(new PartitionInfo(topic, i, node, new Node[] {node}, new Node[] {node}));
      }
    }
    Cluster cluster =
        new Cluster("test", List.of(node), infos, Collections.emptySet(), Collections.emptySet());
    return new MockProducer<>(
        cluster, acknowledges, null, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
