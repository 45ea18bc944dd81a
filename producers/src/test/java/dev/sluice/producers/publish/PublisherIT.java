package dev.sluice.producers.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.embedded.OneMachine;
import dev.sluice.embedded.junit.SharedKafka;
import dev.sluice.events.FindingKind;
import dev.sluice.events.ScanEvent;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.publish.PublishOutcome.Published;
import dev.sluice.producers.publish.PublishOutcome.Unavailable;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.DigestingReport;
import dev.sluice.producers.report.Reports;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.topics.AssetPartitioner;
import dev.sluice.topics.Topics.Realm;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedKafka.class)
final class PublisherIT {
  private static final String TRIVY =
      """
      {"SchemaVersion": 2, "CreatedAt": "2026-01-31T12:00:00Z",
       "ArtifactName": "acme/pay:1.2", "ArtifactType": "container_image",
       "Metadata": {"OS": {"Family": "debian", "Name": "12.1"}},
       "Results": [{"Target": "acme/pay:1.2 (debian 12.1)", "Class": "os-pkgs", "Type": "debian",
         "Vulnerabilities": [
          {"VulnerabilityID": "CVE-2023-0286", "PkgName": "openssl", "InstalledVersion": "3.0.9-1",
           "FixedVersion": "3.0.11-1", "Severity": "HIGH", "Title": "type confusion"},
          {"VulnerabilityID": "CVE-2023-4911", "PkgName": "libc6", "InstalledVersion": "2.36-9",
           "FixedVersion": "2.36-9+deb12u3", "Severity": "HIGH", "Title": "buffer overflow"}]}]}
      """;

  private KafkaFixture kafka;

  @BeforeEach
  void topics(OneMachine machine) {
    kafka =
        new KafkaFixture(
            machine.bootstrapServers(), machine.registryUrl(), SharedKafka.unique("pub") + ".");
    kafka.createTopics();
  }

  @Test
  void consumersReadBackWhatAScannerSaid() throws Exception {
    try (Publisher publisher = publisher(kafka.settings(), PublisherSettings.defaults())) {
      PublishResult scan = publish(publisher, TRIVY, PublishRequest.EMPTY);

      List<ConsumerRecord<String, ScanEvent>> records = kafka.observed(Realm.COMMON);
      assertThat(records).extracting(ConsumerRecord::key).containsOnly("docker.io/acme/pay");
      assertThat(records)
          .extracting(ConsumerRecord::partition)
          .containsOnly(AssetPartitioner.partition("docker.io/acme/pay", 3));
      List<ScanEvent> events = kafka.events();
      assertThat(events).extracting(ScanEvent::getSeq).containsExactly(0L, 1L, 2L, 3L);
      assertThat(events.get(0).getStarted().getFormat()).isEqualTo("trivy-json");
      assertThat(events.get(0).getStarted().getTime()).isEqualTo("2026-01-31T12:00:00Z");
      assertThat(events.get(1).getObservation().getNativeId()).isEqualTo("CVE-2023-0286");
      assertThat(events.get(2).getObservation().getKind())
          .isEqualTo(FindingKind.VULNERABLE_PACKAGE);
      assertThat(events.get(3).getCompleted().getCount()).isEqualTo(2);
      assertThat(scan.observations()).isEqualTo(2);
      assertThat(kafka.observed(Realm.EMBARGOED)).isEmpty();
    }
  }

  @Test
  void keepsEachScanInOrderWhenManyPublishAtOnce() throws Exception {
    try (Publisher publisher = publisher(kafka.settings(), PublisherSettings.defaults())) {
      List<CompletableFuture<PublishResult>> all =
          IntStream.range(0, 12)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () ->
                              publish(
                                  publisher,
                                  TRIVY,
                                  PublishRequest.builder().scanId("s-" + i).build())))
              .toList();
      all.forEach(CompletableFuture::join);

      Map<String, List<Long>> sequences =
          kafka.events().stream()
              .collect(
                  Collectors.groupingBy(
                      ScanEvent::getAttemptId,
                      Collectors.mapping(ScanEvent::getSeq, Collectors.toList())));
      assertThat(sequences).hasSize(12);
      assertThat(sequences.values()).containsOnly(List.of(0L, 1L, 2L, 3L));
    }
  }

  @Test
  void refusesTopicsWithAnotherPartitionCount() {
    KafkaSettings k = kafka.settings();
    KafkaSettings wrong = new KafkaSettings(k.bootstrapServers(), k.prefix(), 7, 1, Map.of());
    try (Publisher publisher = publisher(wrong, PublisherSettings.defaults())) {
      PublishOutcome outcome = publisher.publish(report(TRIVY), PublishRequest.EMPTY);

      assertThat(((Unavailable) outcome).message()).contains("3 partitions");
    }
  }

  @Test
  void saysThatTopicsAreMissing() {
    KafkaSettings k = kafka.settings();
    KafkaSettings empty = new KafkaSettings(k.bootstrapServers(), "none.", 3, 1, Map.of());
    PublisherSettings d = PublisherSettings.defaults();
    PublisherSettings hasty =
        new PublisherSettings(
            null,
            null,
            "k1",
            d.bufferMemory(),
            d.windowBytes(),
            d.maxRecordBytes(),
            d.maxScans(),
            d.clockSkew(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(3));
    try (Publisher publisher = publisher(empty, hasty)) {
      PublishOutcome outcome = publisher.publish(report(TRIVY), PublishRequest.EMPTY);

      assertThat(((Unavailable) outcome).message()).contains("topic is not there");
    }
  }

  private static PublishResult publish(Publisher publisher, String text, PublishRequest request) {
    PublishOutcome outcome = publisher.publish(report(text), request);
    assertThat(outcome).isInstanceOf(Published.class);
    return ((Published) outcome).scans().get(0);
  }

  private Publisher publisher(KafkaSettings settings, PublisherSettings publisher) {
    Redactor redactor = new Redactor("0123456789abcdef".getBytes(StandardCharsets.UTF_8), "test");
    return Publisher.connect(
        settings,
        kafka.serializer(),
        new FormatReaders(new ReaderSettings(redactor)),
        publisher,
        Clock.systemUTC(),
        new Random(3));
  }

  private static DigestingReport report(String text) {
    return Reports.ofStream(
        "trivy.json", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
