package dev.sluice.producers.publish;

import static dev.sluice.producers.publish.ScriptedReader.facts;
import static dev.sluice.producers.publish.ScriptedReader.vulnerability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.LineEnd;
import dev.sluice.events.LineEnded;
import dev.sluice.events.ScanEvent;
import dev.sluice.events.ScanPurpose;
import dev.sluice.events.Scope;
import dev.sluice.producers.asset.AssetName;
import dev.sluice.producers.publish.PublishOutcome.Published;
import dev.sluice.producers.publish.PublishOutcome.Reason;
import dev.sluice.producers.publish.PublishOutcome.Refused;
import dev.sluice.registry.CompatibilityLevel;
import dev.sluice.registry.InMemoryRegistry;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.RegistrySettings;
import dev.sluice.topics.AssetPartitioner;
import dev.sluice.topics.Topics;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

/** What is settled about a scan before it is published, and what is published without a report. */
final class AdmissionTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final String REPOSITORY = "https://github.com/Acme/Pay";
  private static final String DIGEST = "sha256:" + "ab".repeat(32); // of every FakeReport

  private final Serde<ScanEvent> serde =
      AvroSerdes.of(
              new RegistrySettings("http://127.0.0.1:1", Map.of()),
              new InMemoryRegistry(CompatibilityLevel.FULL_TRANSITIVE))
          .forTopic(Topics.OBSERVED);
  private final MockProducer<byte[], byte[]> kafka = PublisherTest.kafka(true);

  @Test
  void publishesNothingOfAScanThatWasPublishedBefore() {
    List<ReportKey> asked = new ArrayList<>();
    PublishRequest request =
        PublishRequest.builder().version("1.2").commit("0123456").reportDigest(DIGEST).build();

    PublishOutcome outcome =
        publisher(
                handler -> {
                  handler.scan(facts("trivy", "image:acme/pay"));
                  handler.observation(vulnerability("CVE-1"));
                  handler.scan(facts("grype", "image:acme/pay"));
                  handler.observation(vulnerability("CVE-2"));
                })
            .publish(FakeReport.of("{}"), request, knowing("trivy", asked));

    List<PublishResult> scans = ((Published) outcome).scans();
    assertThat(scans).extracting(PublishResult::repeated).containsExactly(true, false);
    assertThat(scans.get(0).scanId()).isEqualTo("first");
    assertThat(events()).hasSize(3);
    assertThat(events().get(0).getStarted().getScanner().getName()).isEqualTo("grype");
    ReportKey key = asked.get(0);
    assertThat(key.reportDigest()).isEqualTo(DIGEST);
    assertThat(key.asset()).isEqualTo("docker.io/acme/pay");
    assertThat(key.version()).isEqualTo("1.2");
    assertThat(key.commit()).isEqualTo("0123456");
    assertThat(key.purpose()).isEqualTo(ScanPurpose.HEAD);
    assertThat(scans.get(1).key()).isEqualTo(asked.get(1));
  }

  @Test
  void asksForNoRepeatWhileTheDigestIsUnknown() {
    List<ReportKey> asked = new ArrayList<>();

    publisher(handler -> handler.scan(facts("trivy", "image:acme/pay")))
        .publish(FakeReport.of("{}"), PublishRequest.EMPTY, knowing("trivy", asked));

    assertThat(asked).isEmpty();
    assertThat(events()).hasSize(2);
  }

  @Test
  void neverCompletesAReportWithAnotherDigestThanWasAnnounced() {
    PublishRequest request =
        PublishRequest.builder().reportDigest("sha256:" + "cd".repeat(32)).build();

    PublishOutcome outcome =
        publisher(handler -> handler.scan(facts("trivy", "image:acme/pay")))
            .publish(FakeReport.of("{}"), request);

    assertThat(((Refused) outcome).reason()).isEqualTo(Reason.OTHER_DIGEST);
    assertThat(events()).noneMatch(event -> event.getCompleted() != null);
    assertThat(events()).last().satisfies(event -> assertThat(event.getFailed()).isNotNull());
  }

  @Test
  void theRepositoryOfAJobIsTheAssetWhereTheReportNamesNone() {
    PublishRequest job =
        PublishRequest.builder()
            .defaultAsset(REPOSITORY)
            .defaultVersion("v5.2.0")
            .defaultScope("build")
            .build();

    publisher(handler -> handler.scan(facts("gosec", null))).publish(FakeReport.of("{}"), job);

    ScanEvent event = events().get(0);
    assertThat(event.getAsset()).isEqualTo("github.com/acme/pay");
    assertThat(event.getStarted().getVersion()).isEqualTo("v5.2.0");
    assertThat(event.getStarted().getScope().getName()).isEqualTo("build");
  }

  @Test
  void whatTheReportSaysWinsOverTheJob() {
    PublishRequest job =
        PublishRequest.builder()
            .defaultAsset(REPOSITORY)
            .defaultVersion("v5.2.0")
            .defaultScope("build")
            .build();
    Scope scope = Scope.newBuilder().setPlatform("linux/amd64").build();

    publisher(handler -> handler.scan(facts("trivy", "image:nginx", scope, null, false)))
        .publish(FakeReport.of("{}"), job);

    ScanEvent event = events().get(0);
    assertThat(event.getAsset()).isEqualTo("docker.io/library/nginx");
    assertThat(event.getStarted().getVersion()).isNull();
    assertThat(event.getStarted().getScope().getName()).isNull();
  }

  @Test
  void aScanThatFailedBeginsAndFails() {
    PublishRequest request =
        PublishRequest.builder()
            .asset(REPOSITORY)
            .version("v5.2.0")
            .scanId("s-7")
            .traceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
            .build();

    PublishOutcome outcome =
        publisher(handler -> {}).fail(request, "Trivy", "out of disk", asset -> true);

    assertThat(((Published) outcome).scans().get(0).scanId()).isEqualTo("s-7");
    assertThat(events()).hasSize(2);
    assertThat(events()).extracting(ScanEvent::getSeq).containsExactly(0L, 1L);
    assertThat(events()).extracting(ScanEvent::getTraceparent).doesNotContainNull();
    assertThat(events().get(0).getStarted().getScanner().getName()).isEqualTo("trivy");
    assertThat(events().get(0).getStarted().getVersion()).isEqualTo("v5.2.0");
    assertThat(events().get(1).getFailed().getReason()).isEqualTo("scanner-failed");
    assertThat(events().get(1).getFailed().getDetail()).isEqualTo("out of disk");
  }

  @Test
  void aFailureOfAnAssetThatTheCallerMayNotSpeakForIsRefused() {
    PublishRequest request = PublishRequest.builder().asset(REPOSITORY).build();

    PublishOutcome outcome = publisher(handler -> {}).fail(request, "trivy", "", asset -> false);

    assertThat(((Refused) outcome).reason()).isEqualTo(Reason.ASSET_FORBIDDEN);
    assertThat(kafka.history()).isEmpty();
  }

  @Test
  void theEndOfALineIsOneEventInThePartitionOfItsAsset() {
    LineEnded ended =
        LineEnded.newBuilder()
            .setBranch("topic")
            .setReason(LineEnd.BRANCH_DELETED)
            .setAt(NOW)
            .build();
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    publisher(handler -> {}).end(new AssetName("github.com/acme/pay"), ended, "d-1", trace);

    ScanEvent event = events().get(0);
    assertThat(event.getLineEnded()).isEqualTo(ended);
    assertThat(event.getScanId()).isEqualTo("d-1");
    assertThat(event.getTraceparent()).isEqualTo(trace);
    assertThat(event.getSeq()).isZero();
    assertThat(kafka.history().get(0).partition())
        .isEqualTo(AssetPartitioner.partition("github.com/acme/pay", PublisherTest.PARTITIONS));
  }

  private static Admission knowing(String tool, List<ReportKey> asked) {
    return new Admission() {
      @Override
      public boolean permits(AssetName asset) {
        return true;
      }

      @Override
      public Optional<EarlierScan> earlier(ReportKey key) {
        asked.add(key);
        return key.series().startsWith(tool)
            ? Optional.of(new EarlierScan("first", "a-1", 1, false))
            : Optional.empty();
      }
    };
  }

  private Publisher publisher(ScriptedReader.Script script) {
    return new Publisher(
        kafka,
        serde.serializer(),
        (report, format, checkoutRoot) -> new ScriptedReader(script),
        PublisherSettings.defaults(),
        "",
        PublisherTest.PARTITIONS,
        Clock.fixed(NOW, ZoneOffset.UTC),
        new Random(7));
  }

  private List<ScanEvent> events() {
    return kafka.history().stream()
        .map(record -> serde.deserializer().deserialize(record.topic(), record.value()))
        .toList();
  }
}
