package dev.sluice.embedded.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.embedded.OneMachine;
import dev.sluice.embedded.junit.SharedKafka;
import dev.sluice.events.ScanEvent;
import dev.sluice.serde.SluiceAvroDeserializer;
import dev.sluice.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two clients for Node, Confluent's own and KafkaJS's, with our registry and our bytes. */
@ExtendWith(SharedKafka.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NodeClientIT {
  private static final Path SOURCES = Path.of("src/test/node");
  private static final Path INSTALLED = Path.of("target/node");

  private OneMachine machine;
  private String ours;
  private JsonNode answers;

  @BeforeAll
  void run(OneMachine machine) throws IOException {
    Tool.require(
        Tool.isInstalled("node", "--version") && Tool.isInstalled("npm", "--version"),
        "install Node 18 or newer with npm");
    install();
    this.machine = machine;
    String topic = SharedKafka.unique("node-scans");
    try (Serde<ScanEvent> serde = Events.serdes(machine).forTopic(Topics.OBSERVED)) {
      ours = hex(serde.serializer().serialize(topic, Events.observation("scan-of-java")));
    }
    Tool.Output output =
        Tool.run(
            INSTALLED,
            List.of("node", "interop.cjs", machine.registryUrl().toString(), topic, ours));
    assertThat(output.err()).isEmpty();
    answers = new ObjectMapper().readTree(output.out());
  }

  private static void install() throws IOException {
    Files.createDirectories(INSTALLED);
    Files.copy(SOURCES.resolve("interop.cjs"), INSTALLED.resolve("interop.cjs"), REPLACE);
    Path lock = INSTALLED.resolve("package-lock.json");
    if (Files.exists(lock)
        && Files.isDirectory(INSTALLED.resolve("node_modules"))
        && Files.mismatch(lock, SOURCES.resolve("package-lock.json")) == -1) {
      return;
    }
    Files.copy(SOURCES.resolve("package.json"), INSTALLED.resolve("package.json"), REPLACE);
    Files.copy(SOURCES.resolve("package-lock.json"), lock, REPLACE);
    Tool.Output output =
        Tool.run(INSTALLED, List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
    if (output.status() != 0) {
      Files.delete(lock);
    }
    Tool.require(output.status() == 0, "let npm reach its registry; it said: " + output.err());
  }

  private static final java.nio.file.CopyOption REPLACE =
      java.nio.file.StandardCopyOption.REPLACE_EXISTING;

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"confluent", "kafkajs"})
  void readsOurBytesAndWritesTheSame(String client) {
    assertThat(answers.path(client).path("scanId").asText()).isEqualTo("scan-of-java");
    assertThat(answers.path(client).path("again").asText()).isEqualTo(ours);
  }

  @ParameterizedTest
  @ValueSource(strings = {"confluent", "kafkajs"})
  void writesWhatWeRead(String client) {
    byte[] theirs = HexFormat.of().parseHex(answers.path(client).path("own").asText());
    try (SluiceAvroDeserializer<GenericRecord> deserializer = new SluiceAvroDeserializer<>()) {
      deserializer.configure(
          Map.of(
              "schema.registry.url",
              machine.registryUrl().toString(),
              "specific.avro.reader",
              "false"),
          false);
      GenericRecord record = deserializer.deserialize("node-" + client, theirs);
      assertThat(record.getSchema().getFullName()).isEqualTo("node." + client + ".Ticket");
      assertThat(record.getSchema().getDoc()).isEqualTo("Written by a client in another language.");
      assertThat(record.get("title").toString()).isEqualTo("Räumen – 清除");
      assertThat(record.get("labels").toString()).isEqualTo("[a, b]");
      assertThat(record.get("estimate")).isEqualTo(2.5);
    }
  }

  @Test
  void understandsEveryAnswerInConfluentsClient() {
    JsonNode answer = answers.path("confluent");
    assertThat(answer.path("version").asInt()).isEqualTo(1);
    assertThat(answer.path("subjects").toString()).contains("\"node-confluent-value\"");
    assertThat(answer.path("compatible").asBoolean(true)).isFalse();
    assertThat(answer.path("refused").path("status").asInt()).isEqualTo(409);
    assertThat(answer.path("missing").path("code").asInt()).isEqualTo(40403);
    assertThat(answer.path("config").asText()).isEqualTo("NONE");
    assertThat(answer.path("deleted").toString()).isEqualTo("[1]");
  }

  @Test
  void understandsRefusalsInKafkaJs() {
    JsonNode answer = answers.path("kafkajs");
    assertThat(answer.path("latest").asInt()).isEqualTo(answer.path("id").asInt());
    assertThat(answer.path("refused").asText()).contains("incompatible");
  }
}
