package dev.sluice.e2e;

import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.events.Component;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FixState;
import dev.sluice.events.Observation;
import dev.sluice.events.Rating;
import dev.sluice.events.ScanCompleted;
import dev.sluice.events.ScanEvent;
import dev.sluice.events.ScanPurpose;
import dev.sluice.events.ScanStarted;
import dev.sluice.events.Scanner;
import dev.sluice.events.Scope;
import dev.sluice.events.Severity;
import dev.sluice.events.TimeSource;
import dev.sluice.topics.AssetPartitioner;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Scans of many images: two scanners that overlap under two ids, and a third scan in which one
 * package is gone. Each time it is sent, the events are the same, ids and times included, so that
 * two runs can be compared value by value.
 */
final class Load {
  /** As many as an asset may open at first without being put on its baseline. */
  private static final int PACKAGES = 20;

  /** A day ago: what was seen long ago would be due at once. */
  private final Instant first =
      Instant.now().minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);

  private final List<ScanEvent> events = new ArrayList<>();
  private int scans;
  private int observations;

  /** 60 scans of 20 images with 20,000 observations, less the few that the third scans miss. */
  static Load twentyThousand() {
    Load load = new Load();
    for (int image = 0; image < 20; image++) {
      // Four of them have scans so large that they are applied in many slices.
      int each = image < 4 ? 52 : 8;
      String asset = "registry.example/acme/service-" + image;
      load.scan(asset, "trivy", 0, each);
      load.scan(asset, "grype", 1, each);
      load.scan(asset, "trivy", 2, each);
    }
    return load;
  }

  /** One vulnerability that somebody reported in private. */
  static Load privateReport(String asset) {
    Load load = new Load();
    load.scan(
        asset,
        "reports",
        0,
        List.of(
            Observation.newBuilder()
                .setKind(FindingKind.REPORTED_VULNERABILITY)
                .setNativeId("REPORT-1")
                .setTitle("Anybody can read the invoices of others")
                .setRatings(List.of(rating(Severity.CRITICAL)))
                .build()));
    return load;
  }

  int scans() {
    return scans;
  }

  int observations() {
    return observations;
  }

  /** Sends everything, in order, and waits until it is on the topic. */
  void send(Installation installation, Realm realm) {
    SluiceSettings settings = installation.settings();
    String topic = Topics.name(settings.kafka().prefix(), realm, Topics.OBSERVED);
    Serializer<ScanEvent> encoder = installation.serdes().forTopic(Topics.OBSERVED).serializer();
    try (KafkaProducer<byte[], byte[]> producer = producer(settings)) {
      for (ScanEvent event : events) {
        int partition = AssetPartitioner.partition(event.getAsset(), settings.kafka().partitions());
        producer.send(
            new ProducerRecord<>(
                topic,
                partition,
                event.getAsset().getBytes(StandardCharsets.UTF_8),
                encoder.serialize(topic, event)));
      }
      producer.flush();
    }
  }

  static KafkaProducer<byte[], byte[]> producer(SluiceSettings settings) {
    return new KafkaProducer<>(
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.kafka().bootstrapServers()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private void scan(String asset, String scanner, int round, int vulnerabilities) {
    List<Observation> seen = new ArrayList<>();
    for (int item = 0; item < PACKAGES; item++) {
      boolean gone = round == 2 && item == 3;
      // What Grype does not see, Trivy's third scan alone can resolve.
      boolean unseen = scanner.equals("grype") && item % 4 == 3;
      for (int number = 0; !gone && !unseen && number < vulnerabilities; number++) {
        seen.add(vulnerable("library-" + item, scanner, item * 1_000 + number));
      }
    }
    scan(asset, scanner, round, seen);
  }

  private void scan(String asset, String scanner, int round, List<Observation> seen) {
    String scanId = asset.replace('/', '-') + "-" + scanner + "-" + round;
    ScanEvent start = event(scanId, asset, 0);
    start.setStarted(
        ScanStarted.newBuilder()
            .setScanner(Scanner.newBuilder().setName(scanner).build())
            .setFormat("test")
            .setVersion("1.0.0")
            .setSeries(scanner)
            .setScope(Scope.newBuilder().build())
            .setPurpose(ScanPurpose.HEAD)
            .setTime(first.plusSeconds(3_600L * round))
            .setTimeSource(TimeSource.REPORT)
            .build());
    events.add(start);
    long seq = 1;
    for (Observation observation : seen) {
      ScanEvent event = event(scanId, asset, seq++);
      event.setObservation(observation);
      events.add(event);
    }
    ScanEvent end = event(scanId, asset, seq);
    end.setCompleted(
        ScanCompleted.newBuilder()
            .setCount(seen.size())
            .setReportDigest("sha256:" + scanId)
            .setReportBytes(1_000)
            .build());
    events.add(end);
    scans++;
    observations += seen.size();
  }

  private static ScanEvent event(String scanId, String asset, long seq) {
    return ScanEvent.newBuilder()
        .setScanId(scanId)
        .setAttemptId(scanId + "-1")
        .setSeq(seq)
        .setAsset(asset)
        .build();
  }

  private static Observation vulnerable(String name, String scanner, int number) {
    String cve = "CVE-2025-%05d".formatted(number);
    String advisory = "GHSA-%04d-%04d-test".formatted(number / 10_000, number % 10_000);
    boolean trivy = scanner.equals("trivy");
    return Observation.newBuilder()
        .setKind(FindingKind.VULNERABLE_PACKAGE)
        .setNativeId(trivy ? cve : advisory)
        .setAliases(List.of(trivy ? advisory : cve))
        .setTitle(cve + " in " + name)
        .setComponent(
            Component.newBuilder()
                .setPurl("pkg:npm/" + name + "@1.0.0")
                .setName(name)
                .setVersion("1.0.0")
                .setEcosystem("npm")
                .setPlaces(List.of("app/package-lock.json"))
                .setPlaceCount(1)
                .build())
        .setFixedVersions(List.of("1.0." + (1 + number % 7)))
        .setFixState(FixState.FIXED)
        .setRatings(List.of(rating(Severity.HIGH)))
        .build();
  }

  private static Rating rating(Severity severity) {
    return Rating.newBuilder()
        .setSource("ghsa")
        .setSeverity(severity)
        .setText(severity.name())
        .build();
  }
}
