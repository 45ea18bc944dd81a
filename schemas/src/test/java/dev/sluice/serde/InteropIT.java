package dev.sluice.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.ScanEvent;
import dev.sluice.registry.CompatibilityLevel;
import dev.sluice.registry.HttpRegistryClient;
import dev.sluice.registry.RegisteredSchema;
import dev.sluice.registry.RegistryClient;
import dev.sluice.registry.RegistryRefusedException;
import dev.sluice.settings.RegistrySettings;
import dev.sluice.topics.Topics;
import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;

/** Both ways between ours and code that is not ours, over a registry that is not ours. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InteropIT {
  private final Schema contract = ContractSchema.of(ScanEvent.getClassSchema());
  private final List<ScanEvent> events = List.of(Samples.started(), Samples.observation());

  private ApicurioServer server;
  private RegistryClient registry;
  private FlinkPeer flink;
  private Serde<ScanEvent> ours;

  @BeforeAll
  void start() throws IOException {
    server = ApicurioServer.start();
    registry = client();
    flink = new FlinkPeer(server.confluentUrl());
    ours = serde(Map.of());
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  /** A client that remembers nothing of the other tests. */
  private RegistryClient client() {
    return new HttpRegistryClient(Map.of("schema.registry.url", server.confluentUrl()));
  }

  private Serde<ScanEvent> serde(Map<String, String> properties) {
    return AvroSerdes.of(new RegistrySettings(server.confluentUrl(), properties))
        .forTopic(Topics.OBSERVED);
  }

  private static String topic(TestInfo test) {
    return test.getTestMethod().orElseThrow().getName();
  }

  private static String json(ScanEvent event) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonEncoder encoder = EncoderFactory.get().jsonEncoder(ScanEvent.getClassSchema(), out);
    new SpecificDatumWriter<>(ScanEvent.class).write(event, encoder);
    encoder.flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void flinkReadsWhatWeWrite(TestInfo test) throws IOException {
    for (ScanEvent event : events) {
      var record = flink.read(ours.serializer().serialize(topic(test), event));
      assertThat(record.getSchema().getFullName()).isEqualTo("dev.sluice.events.ScanEvent");
      assertThat(record.get("scanId")).hasToString(event.getScanId());
      assertThat(record.get("seq")).isEqualTo(event.getSeq());
    }
    var record = flink.read(ours.serializer().serialize(topic(test), Samples.observation()));
    assertThat(record.get("observation").toString())
        .contains("CVE-2023-44487", "Schnellrückstellung", "1.52.0-1+deb12u1");
  }

  @Test
  void weReadWhatFlinkWritesAndItsBytesAreOurs(TestInfo test) throws IOException {
    for (ScanEvent event : events) {
      byte[] theirs = flink.write(topic(test) + "-value", contract.toString(), json(event));
      assertThat(ours.deserializer().deserialize(topic(test), theirs)).isEqualTo(event);
      assertThat(ours.serializer().serialize(topic(test), event)).isEqualTo(theirs);
    }
  }

  @Test
  void confluentsClientFindsWhatWeRegistered(TestInfo test) throws Exception {
    String subject = topic(test) + "-value";
    ours.serializer().serialize(topic(test), Samples.started());
    RegisteredSchema latest = registry.latest(subject);
    var theirs = flink.client().getLatestSchemaMetadata(subject);
    assertThat(theirs.getId()).isEqualTo(latest.id());
    assertThat(theirs.getVersion()).isEqualTo(latest.version());
    assertThat(theirs.getSchema()).isEqualTo(contract.toString());
  }

  @Test
  void weFindWhatConfluentsClientRegistered(TestInfo test) throws IOException {
    byte[] theirs =
        flink.write(topic(test) + "-value", contract.toString(), json(Samples.started()));
    Serde<ScanEvent> careful = serde(Map.of(SerdeConfig.AUTO_REGISTER, "false"));
    assertThat(careful.serializer().serialize(topic(test), Samples.started())).isEqualTo(theirs);
  }

  @Test
  void weWriteWithTheNewestVersionThatConfluentsClientRegistered(TestInfo test) throws IOException {
    String newer =
        contract
            .toString()
            .replaceFirst(
                "\"fields\":\\[",
                "\"fields\":[{\"name\":\"first\",\"type\":\"string\",\"default\":\"\"},");
    String json = json(Samples.started()).replaceFirst("\\{", "{\"first\":\"\",");
    byte[] theirs = flink.write(topic(test) + "-value", newer, json);
    Serde<ScanEvent> newest =
        serde(Map.of(SerdeConfig.AUTO_REGISTER, "false", SerdeConfig.USE_LATEST, "true"));
    assertThat(newest.serializer().serialize(topic(test), Samples.started())).isEqualTo(theirs);
    assertThat(ours.deserializer().deserialize(topic(test), theirs)).isEqualTo(Samples.started());
  }

  private Map<String, Object> apicurio(Map<String, Object> more) {
    Map<String, Object> configs = new HashMap<>(more);
    configs.put("apicurio.registry.url", server.url());
    configs.put("apicurio.registry.use-specific-avro-reader", true);
    return configs;
  }

  @Test
  void apicuriosBytesAreOurs(TestInfo test) {
    try (AvroKafkaSerializer<ScanEvent> writer = new AvroKafkaSerializer<>();
        AvroKafkaDeserializer<ScanEvent> reader = new AvroKafkaDeserializer<>()) {
      writer.configure(
          apicurio(
              Map.of(
                  "apicurio.registry.auto-register", false, "apicurio.registry.find-latest", true)),
          false);
      reader.configure(apicurio(Map.of()), false);
      for (ScanEvent event : events) {
        byte[] bytes = ours.serializer().serialize(topic(test), event);
        assertThat(writer.serialize(topic(test), event)).isEqualTo(bytes);
        assertThat(reader.deserialize(topic(test), bytes)).isEqualTo(event);
        assertThat(ours.deserializer().deserialize(topic(test), bytes)).isEqualTo(event);
      }
    }
  }

  @Test
  void weReadASchemaThatApicurioSplitIntoReferences(TestInfo test) {
    try (AvroKafkaSerializer<ScanEvent> writer = new AvroKafkaSerializer<>()) {
      writer.configure(apicurio(Map.of("apicurio.registry.auto-register", true)), false);
      byte[] bytes = writer.serialize(topic(test), Samples.observation());
      assertThat(registry.subjects()).contains("dev.sluice.events.Observation");
      assertThat(ours.deserializer().deserialize(topic(test), bytes))
          .isEqualTo(Samples.observation());
    }
  }

  @Test
  void aVersionThatBreaksTheLevelIsRefused(TestInfo test) {
    String subject = topic(test) + "-value";
    registry.register(subject, contract);
    registry.setCompatibility(subject, CompatibilityLevel.FULL_TRANSITIVE);
    assertThat(registry.compatibility(subject)).isEqualTo(CompatibilityLevel.FULL_TRANSITIVE);
    Schema breaking =
        new Schema.Parser()
            .parse(
                "{\"type\":\"record\",\"namespace\":\"dev.sluice.events\",\"name\":\"ScanEvent\","
                    + "\"fields\":[{\"name\":\"must\",\"type\":\"string\"}]}");
    assertThat(registry.check(subject, contract).compatible()).isTrue();
    assertThat(registry.check(subject, breaking).compatible()).isFalse();
    assertThatThrownBy(() -> registry.register(subject, breaking))
        .isInstanceOf(RegistryRefusedException.class)
        .hasMessageContaining(subject);
    assertThat(registry.versions(subject)).containsExactly(1);
  }

  @Test
  void unknownIdsAndSubjectsAreNotFound(TestInfo test) {
    assertThatThrownBy(() -> client().schema(987_654))
        .isInstanceOfSatisfying(
            RegistryRefusedException.class, e -> assertThat(e.notFound()).isTrue());
    assertThatThrownBy(() -> client().latest("nothing-value"))
        .isInstanceOfSatisfying(
            RegistryRefusedException.class, e -> assertThat(e.notFound()).isTrue());
    assertThat(client().versions("nothing-value")).isEmpty();
    assertThatThrownBy(
            () ->
                ours.deserializer()
                    .deserialize(topic(test), new byte[] {0, 0, 0x0f, 0x12, 0x06, 1}))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("schema id 987654")
        .hasMessageContaining(topic(test) + "-value");
  }
}
