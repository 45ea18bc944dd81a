package dev.sluice.sinks.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.embedded.OneMachine;
import dev.sluice.embedded.junit.SharedKafka;
import dev.sluice.events.Finding;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.settings.RegistrySettings;
import dev.sluice.settings.SecretValue;
import dev.sluice.topics.TopicAdmin;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The projector on a real broker. */
@ExtendWith(SharedKafka.class)
final class ProjectorIT {
  private static final int FINDINGS = 2_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;

  private final OneMachine machine;
  private final KafkaSettings kafka;
  private final AvroSerdes serdes;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private KafkaProducer<String, byte[]> producer;

  ProjectorIT(OneMachine machine) {
    this.machine = machine;
    this.kafka =
        new KafkaSettings(
            machine.bootstrapServers(), SharedKafka.unique("database") + ".", 3, 1, Map.of());
    this.serdes = AvroSerdes.of(new RegistrySettings(machine.registryUrl().toString(), Map.of()));
  }

  @BeforeEach
  void createTopics() {
    Map<String, Object> address = Map.of("bootstrap.servers", machine.bootstrapServers());
    try (Admin admin = Admin.create(address)) {
      new TopicAdmin(admin, kafka, Duration.ofSeconds(20)).ensure(Realm.COMMON);
    }
    producer = new KafkaProducer<>(address, new StringSerializer(), new ByteArraySerializer());
  }

  @AfterEach
  void close() {
    producer.close();
  }

  @Test
  void followsStopsAndGoesOnWhereItStopped() throws Exception {
    send(0, FINDINGS, 1);
    try (Projector projector = start()) {
      awaitFindings(projector, FINDINGS);
    }
    assertThat(applied()).isEqualTo(FINDINGS);
    send(FINDINGS, FINDINGS + 10, 1);
    try (Projector projector = start()) {
      awaitFindings(projector, FINDINGS + 10);
      assertThat(projector.trouble()).isEmpty();
    }
    assertThat(applied()).isEqualTo(FINDINGS + 10);
  }

  @Test
  void twoShareTheWorkAndOneTakesOverFromTheOther() throws Exception {
    try (Projector one = start()) {
      send(0, 100, 1);
      awaitFindings(one, 100);
      try (Projector two = start()) {
        send(100, FINDINGS, 1);
        awaitFindings(two, FINDINGS);
      }
      send(0, FINDINGS, 2);
      await().atMost(PATIENCE).until(() -> revisions(one) == 2L * FINDINGS);
    }
  }

  @Test
  void rebuildsWhileItRunsFromTheBeginningOfTheTopics() throws Exception {
    send(0, 500, 1);
    try (Projector projector = start()) {
      awaitFindings(projector, 500);
      try (Database database = Database.open(settings(), Realm.COMMON)) {
        database.forget();
      }
      awaitFindings(projector, 500);
      send(0, 1, 2);
      await().atMost(PATIENCE).until(() -> revisions(projector) == 501);
    }
  }

  @Test
  void bytesThatDoNotDecodeAreADeadLetter() throws Exception {
    producer.send(new ProducerRecord<>(topic(), 0, "f-0", new byte[] {0, 9, 9})).get();
    send(0, 10, 1);
    try (Projector projector = start()) {
      awaitFindings(projector, 10);
    }
    assertThat(deadLetters()).isEqualTo(1);
  }

  private long deadLetters() {
    String name = Topics.deadLetters(kafka.prefix(), Realm.COMMON);
    try (var consumer = new DatabaseKafka(kafka, "looker").consumer()) {
      var partitions =
          consumer.partitionsFor(name).stream()
              .map(each -> new org.apache.kafka.common.TopicPartition(name, each.partition()))
              .toList();
      return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    }
  }

  private Projector start() {
    return Projector.start(kafka, serdes, settings(), Realm.COMMON, meters, Clock.systemUTC());
  }

  private DatabaseSettings settings() {
    return new DatabaseSettings(
        "jdbc:h2:file:" + directory.resolve("sluice"),
        "",
        SecretValue.of(""),
        "sluice",
        false,
        4,
        Duration.ofDays(400));
  }

  private void send(int from, int to, long revision) throws Exception {
    var serializer = serdes.forTopic(Topics.FINDINGS).serializer();
    for (int i = from; i < to; i++) {
      String id = "f-" + i;
      Finding finding = River.finding(id, revision).build();
      producer.send(
          new ProducerRecord<>(topic(), i % 3, id, serializer.serialize(topic(), finding)));
    }
    producer.flush();
  }

  private String topic() {
    return Topics.name(kafka.prefix(), Realm.COMMON, Topics.FINDINGS);
  }

  private void awaitFindings(Projector projector, int count) {
    await()
        .atMost(PATIENCE)
        .until(() -> projector.model().isPresent() && count(projector) == count);
  }

  private static long count(Projector projector) {
    return projector.model().orElseThrow().findings(Listing.all(List.of("*"))).total();
  }

  /** The sum of all revisions. */
  private static long revisions(Projector projector) {
    ReadModel model = projector.model().orElseThrow();
    long sum = 0;
    String after = null;
    do {
      Page page = model.findings(new Asking().limit(500).after(after).build());
      sum += page.rows().stream().mapToLong(row -> row.path("revision").asLong()).sum();
      after = page.next();
    } while (after != null);
    return sum;
  }

  private double applied() {
    return meters.get(DatabaseMetrics.RECORDS).tag("realm", "common").counter().count();
  }
}
