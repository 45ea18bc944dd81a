package dev.sluice.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.app.client.Notices;
import dev.sluice.app.service.TopicSetup;
import dev.sluice.app.topic.TopicReader;
import dev.sluice.embedded.OneMachine;
import dev.sluice.embedded.junit.SharedKafka;
import dev.sluice.events.ScanConfirmed;
import dev.sluice.events.ScanEvent;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.settings.RegistrySettings;
import dev.sluice.topics.AssetPartitioner;
import dev.sluice.topics.DeadLetterHeaders;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedKafka.class)
class DeadLettersCommandIT {
  private static final String ASSET = "registry.example/acme/pay";
  private static final Instant AT = Instant.parse("2026-05-04T10:00:00Z");

  @TempDir private Path directory;

  private OneMachine machine;
  private KafkaSettings kafka;
  private AvroSerdes serdes;

  @BeforeEach
  void createTopics(OneMachine machine) {
    this.machine = machine;
    kafka =
        new KafkaSettings(
            machine.bootstrapServers(), SharedKafka.unique("letters") + ".", 2, 1, Map.of());
    serdes = AvroSerdes.of(new RegistrySettings(machine.registryUrl().toString(), Map.of()));
    TopicSetup.create(kafka, List.of(Realm.values()));
  }

  private Run run(String... arguments) {
    List<String> line = new ArrayList<>(List.of("dead-letters"));
    line.addAll(List.of(arguments));
    line.addAll(
        List.of(
            "--set", "kafka.bootstrap-servers=" + kafka.bootstrapServers(),
            "--set", "kafka.prefix=" + kafka.prefix(),
            "--set", "kafka.partitions=2",
            "--set", "kafka.replication=1",
            "--set", "registry.url=" + machine.registryUrl(),
            "--set", "data-dir=" + directory.resolve("data")));
    return Run.of(line.toArray(String[]::new));
  }

  private String observed() {
    return Topics.name(kafka.prefix(), Realm.COMMON, Topics.OBSERVED);
  }

  private byte[] event(String reason) {
    ScanEvent event = Notices.about(ASSET);
    event.setConfirmed(
        ScanConfirmed.newBuilder()
            .setScanId("scan-1")
            .setBy("alex")
            .setReason(reason)
            .setAt(AT)
            .build());
    return serdes.forTopic(Topics.OBSERVED).serializer().serialize(observed(), event);
  }

  private void bury(byte[] value, String topic, String step, String error) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      ProducerRecord<byte[], byte[]> letter =
          new ProducerRecord<>(
              Topics.deadLetters(kafka.prefix(), Realm.COMMON), 0, ASSET.getBytes(), value);
      letter.headers().add("traceparent", "00-abc-def-01".getBytes(StandardCharsets.UTF_8));
      DeadLetterHeaders.put(letter.headers(), topic, 0, 7, step, error, AT);
      producer.send(letter).get();
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", kafka.bootstrapServers()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (TopicReader reader = new TopicReader(kafka)) {
      reader.readAll(topic, records::add);
    }
    return records;
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Test
  void listsByFiltersAndShowsWhatCanBeDecodedAndWhatCannot() throws Exception {
    bury(event("password=hunter2hunter2"), observed(), "streams:accept", "no such scan");
    bury(new byte[] {9, 8, 7}, observed(), "streams:decode", "not an event");

    JsonNode all = new ObjectMapper().readTree(run("list", "--json").out());
    assertThat(all.findValuesAsText("id")).containsExactly("0-0", "0-1");
    assertThat(run("list", "--step", "streams:decode").out()).contains("0-1").doesNotContain("0-0");
    assertThat(run("list", "--error", "NO SUCH").out()).contains("0-0").doesNotContain("0-1");
    assertThat(run("list", "--topic", "findings.observed").out()).contains("0-0", "0-1");
    assertThat(run("list", "--since", "1h").out()).isEqualTo("no dead letters\n");
    assertThat(run("list", "--asset", "other").out()).isEqualTo("no dead letters\n");
    assertThat(run("list", "--realm", "embargoed").out()).isEqualTo("no dead letters\n");

    assertThat(run("show", "0-0").out())
        .contains("sluice-error", "no such scan", "\"scanId\" : \"scan-1\"", "traceparent")
        .doesNotContain("hunter2hunter2");
    assertThat(run("show", "0-1").out()).contains("cannot be decoded", "000000  09 08 07");
  }

  @Test
  void replaysTheOriginalBytesIntoTheRightPartitionWithTheirHistory() throws Exception {
    byte[] value = event("");
    bury(value, observed(), "streams:partition", "wrong partition");

    Run replay = run("replay", "0-0", "--by", "alex", "--reason", "mended");
    Run again = run("replay", "0-0", "--by", "alex");

    assertThat(replay.exit()).as(replay.err()).isZero();
    assertThat(records(observed()))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.value()).isEqualTo(value);
              assertThat(record.key()).isEqualTo(ASSET.getBytes());
              assertThat(record.partition()).isEqualTo(AssetPartitioner.partition(ASSET, 2));
              assertThat(header(record, "traceparent")).isEqualTo("00-abc-def-01");
              assertThat(header(record, "sluice-replayed"))
                  .startsWith("1; at ")
                  .endsWith("; by alex; from 0-0; mended");
              assertThat(record.headers().lastHeader("sluice-error")).isNull();
            });
    assertThat(again.exit()).isEqualTo(1);
    assertThat(again.err()).contains("alex replayed it", "--again");
    assertThat(run("list").out()).isEqualTo("no dead letters\n");
    assertThat(run("list", "--all").out()).contains("0-0", "replayed by alex");
  }

  @Test
  void sendsARepairedRecordAndRefusesOneThatIsNone() throws Exception {
    bury(event("wrong"), observed(), "streams:accept", "no");
    Path file = directory.resolve("record.json");
    assertThat(run("show", "0-0", "--record", file.toString()).exit()).isZero();
    String json = Files.readString(file);

    Files.writeString(file, json.replace("\"asset\"", "\"assets\""));
    Run refused = run("replay", "0-0", "--edit", file.toString(), "--by", "alex");
    Files.writeString(file, json.replace("wrong", "right"));
    Run sent = run("replay", "0-0", "--edit", file.toString(), "--by", "alex");

    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("asset");
    assertThat(sent.exit()).as(sent.err()).isZero();
    assertThat(records(observed()))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(header(record, "sluice-replayed")).contains("; edited");
              ScanEvent event =
                  serdes
                      .forTopic(Topics.OBSERVED)
                      .deserializer()
                      .deserialize(observed(), record.value());
              assertThat(event.getConfirmed().getReason()).isEqualTo("right");
            });
  }

  @Test
  void anEventForASinkNamesThatSink() throws Exception {
    String actionable = Topics.name(kafka.prefix(), Realm.COMMON, Topics.ACTIONABLE);
    bury(new byte[] {1}, actionable, "sink:jira", "rejected");

    assertThat(run("replay", "--sink", "jira", "--by", "alex").exit()).isZero();

    assertThat(records(actionable))
        .singleElement()
        .satisfies(record -> assertThat(header(record, "sluice-replay")).isEqualTo("jira"));
  }

  @Test
  void doesNotBringBackAStateThatANewerRecordHasOvertaken() throws Exception {
    String findings = Topics.name(kafka.prefix(), Realm.COMMON, Topics.FINDINGS);
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (int i = 0; i < 9; i++) {
        producer.send(new ProducerRecord<>(findings, 0, ASSET.getBytes(), new byte[] {2})).get();
      }
    }
    bury(new byte[] {1}, findings, "database", "too long");

    Run run = run("replay", "0-0", "--by", "alex");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("newer record of the same key");
    assertThat(records(findings)).hasSize(9);
  }

  @Test
  void dropsWithWhoAndWhy() throws Exception {
    bury(event(""), observed(), "streams:accept", "no");

    assertThat(run("drop", "--by", "alex").exit()).isEqualTo(2);
    assertThat(run("drop", "0-9", "--by", "alex").exit()).isEqualTo(2);
    assertThat(run("drop", "--step", "streams", "--by", "alex", "--dry-run").out()).contains("0-0");
    assertThat(run("drop", "--step", "streams", "--by", "alex", "--reason", "a test").exit())
        .isZero();

    assertThat(run("list").out()).isEqualTo("no dead letters\n");
    assertThat(run("show", "0-0").out()).contains("dropped", "by alex at ", "a test");
    assertThat(records(observed())).isEmpty();
  }
}
