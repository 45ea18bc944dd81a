package dev.sluice.sinks.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.embedded.OneMachine;
import dev.sluice.embedded.junit.SharedKafka;
import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.settings.RegistrySettings;
import dev.sluice.sinks.Defaults;
import dev.sluice.sinks.Samples;
import dev.sluice.sinks.SinkEnvironment;
import dev.sluice.sinks.SinkSettings;
import dev.sluice.sinks.runner.SinkRunners;
import dev.sluice.topics.AssetPartitioner;
import dev.sluice.topics.TopicAdmin;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator does about a sink that runs, over Kafka. */
@ExtendWith(SharedKafka.class)
final class SinkControlIT {
  private final OneMachine machine;
  private final String prefix = SharedKafka.unique("control") + ".";
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final Map<String, SinkSettings> sinks =
      Map.of("screen", Defaults.sink("console", Map.of("console.details", "false")));
  private KafkaSettings kafka;
  private AvroSerdes serdes;

  SinkControlIT(OneMachine machine) {
    this.machine = machine;
  }

  @BeforeEach
  void createTopics() {
    kafka = new KafkaSettings(machine.bootstrapServers(), prefix, 2, 1, Map.of());
    serdes = AvroSerdes.of(new RegistrySettings(machine.registryUrl().toString(), Map.of()));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", machine.bootstrapServers()))) {
      new TopicAdmin(admin, kafka, Duration.ofSeconds(20)).ensure(Realm.COMMON);
    }
  }

  @Test
  void aPauseOutlivesTheProcessAndAResumeReachesIt() throws Exception {
    assertThat(status().state()).isEqualTo("not running");
    Orders orders = new Orders(kafka, serdes);
    try (SinkRunners running = start()) {
      send("first");
      awaitLines(1);
      awaitState("running", 0);
      assertThat(status().delivered()).isNotNull();
      orders.give("screen", true, "alex", "migration", Instant.now());
      awaitState("paused", 0);
      Awaitility.await().until(() -> isStopped(running));
      send("second");
    }
    try (SinkRunners again = start()) {
      awaitState("paused", 1);
      assertThat(status().reason()).isEqualTo("migration");
      assertThat(lines()).isEqualTo(1);
      orders.give("screen", false, "alex", "", Instant.now());
      awaitLines(2);
      awaitState("running", 0);
      assertThat(again.all()).hasSize(1);
    }
  }

  @Test
  void eventsAreSentAgainWhereTheyAreAskedFor() throws Exception {
    Replay replay = new Replay(kafka, "screen", sinks.get("screen"));
    try (SinkRunners running = start()) {
      assertThat(running.all()).hasSize(1);
      send("first");
      send("second");
      awaitLines(2);
      assertThat(replay.item("first").sent()).isEqualTo(1);
      awaitLines(3);
      assertThat(replay.since(Instant.now().minusSeconds(3600)).sent()).isEqualTo(2);
      awaitLines(5);
      bury();
      awaitDead(1);
      assertThat(replay.deadLetters()).isEqualTo(new Replay.Result(1, 0));
    }
  }

  @Test
  void aSinkWhoseReceiverIsAwayDelaysNoOther() throws Exception {
    Map<String, SinkSettings> both =
        Map.of(
            "screen",
            sinks.get("screen"),
            "hook",
            Defaults.sink(
                "webhook",
                Map.of(
                    "webhook.url",
                    "http://127.0.0.1:1/",
                    "webhook.http.allow-loopback",
                    "true",
                    "buffer",
                    "10")));
    try (SinkRunners running =
        SinkRunners.start(both, kafka, serdes, environment(), new SimpleMeterRegistry())) {
      assertThat(running.all()).hasSize(2);
      for (int i = 0; i < 30; i++) {
        send("item-" + i);
      }
      awaitLines(30);
      Awaitility.await()
          .until(
              () ->
                  new SinkOverview(kafka, serdes)
                      .look(both).stream()
                          .map(row -> row.name() + " " + row.state() + " " + row.lag())
                          .toList()
                          .equals(List.of("hook failing 30", "screen running 0")));
    }
  }

  @Test
  void aTestMessageSaysThatItIsOne() throws Exception {
    Trial trial = new Trial("screen", sinks.get("screen"), environment());
    assertThat(trial.run().outcome()).isEqualTo("delivered");
    assertThat(screen.toString(StandardCharsets.UTF_8)).contains("Test message of Sluice");
  }

  private SinkRunners start() {
    return SinkRunners.start(sinks, kafka, serdes, environment(), new SimpleMeterRegistry());
  }

  private SinkEnvironment environment() {
    PrintStream out = new PrintStream(screen, true, StandardCharsets.UTF_8);
    return new SinkEnvironment("sinks", Clock.systemUTC(), out, false);
  }

  private static boolean isStopped(SinkRunners running) {
    return running.find("screen").orElseThrow().isPaused();
  }

  private void send(String id) throws Exception {
    ActionEvent event = Samples.event(id, 1, 1, ActionEventType.OPENED);
    String topic = Topics.name(prefix, Realm.COMMON, Topics.ACTIONABLE);
    write(topic, id, serdes.forTopic(Topics.ACTIONABLE).serializer().serialize(topic, event));
  }

  private void bury() throws Exception {
    String topic = Topics.name(prefix, Realm.COMMON, Topics.ACTIONABLE);
    write(topic, "broken", new byte[] {1, 2, 3});
  }

  private void write(String topic, String id, byte[] value) throws Exception {
    String asset = Samples.item(id).build().getAsset();
    int partition = AssetPartitioner.partition(asset, 2);
    try (Producer<byte[], byte[]> producer = new Kafka(kafka).producer()) {
      producer
          .send(new ProducerRecord<>(topic, partition, id.getBytes(StandardCharsets.UTF_8), value))
          .get();
    }
  }

  private SinkStatus status() throws Exception {
    return new SinkOverview(kafka, serdes).look(sinks).get(0);
  }

  private void awaitState(String state, long lag) {
    Awaitility.await()
        .until(
            () -> {
              SinkStatus now = status();
              return now.state().equals(state) && now.lag() == lag && now.instances() == 1;
            });
  }

  private void awaitDead(int letters) {
    Awaitility.await().until(() -> status().deadLetters() == letters);
  }

  private void awaitLines(int lines) {
    Awaitility.await().until(() -> lines() == lines);
  }

  private long lines() {
    return screen.toString(StandardCharsets.UTF_8).lines().count();
  }
}
