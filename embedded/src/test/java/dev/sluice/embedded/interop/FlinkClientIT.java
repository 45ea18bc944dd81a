package dev.sluice.embedded.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.embedded.OneMachine;
import dev.sluice.embedded.junit.SharedKafka;
import dev.sluice.events.ScanEvent;
import dev.sluice.topics.Topics;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaMetadata;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.apache.flink.formats.avro.registry.confluent.ConfluentSchemaRegistryCoder;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Confluent's own client for Java, as Flink ships it, with our registry. */
@ExtendWith(SharedKafka.class)
final class FlinkClientIT {
  private static final AvroSchema ONE = schema("");
  private static final AvroSchema TWO = schema(",{\"name\":\"b\",\"type\":\"int\",\"default\":0}");
  private static final AvroSchema UNFIT = schema(",{\"name\":\"b\",\"type\":\"int\"}");

  private final String subject = SharedKafka.unique("flink") + "-value";
  private OneMachine machine;
  private CachedSchemaRegistryClient client;

  @BeforeEach
  void connect(OneMachine machine) {
    this.machine = machine;
    this.client = new CachedSchemaRegistryClient(machine.registryUrl().toString(), 100);
  }

  private static AvroSchema schema(String more) {
    return new AvroSchema(
        "{\"type\":\"record\",\"name\":\"R\",\"namespace\":\"flink\",\"doc\":\"kept\","
            + "\"fields\":[{\"name\":\"a\",\"type\":\"string\"}"
            + more
            + "]}");
  }

  @Test
  void registersAndFindsAgain() throws Exception {
    int id = client.register(subject, ONE);
    client.reset();
    assertThat(client.getSchemaById(id)).isEqualTo(ONE);
    assertThat(client.getSchemaBySubjectAndId(subject, id)).isEqualTo(ONE);
    assertThat(client.getId(subject, ONE)).isEqualTo(id);
    assertThat(client.getVersion(subject, ONE)).isEqualTo(1);
    SchemaMetadata latest = client.getLatestSchemaMetadata(subject);
    assertThat(latest.getId()).isEqualTo(id);
    assertThat(latest.getSchema()).isEqualTo(ONE.canonicalString());
    assertThat(client.getAllSubjects()).contains(subject);
    assertThat(client.getAllSubjectsById(id)).contains(subject);
    assertThat(client.getSchemas(subject, false, true)).containsExactly(ONE);
  }

  @Test
  void answersAndRefusesByCompatibility() throws Exception {
    client.register(subject, ONE);
    assertThat(client.testCompatibility(subject, TWO)).isTrue();
    assertThat(client.testCompatibility(subject, UNFIT)).isFalse();
    assertThat(client.testCompatibilityVerbose(subject, UNFIT).toString()).contains("/fields/1");
    RestClientException refused =
        catchThrowableOfType(RestClientException.class, () -> client.register(subject, UNFIT));
    assertThat(refused.getStatus()).isEqualTo(409);
    client.updateCompatibility(subject, "NONE");
    assertThat(client.getCompatibility(subject)).isEqualTo("NONE");
    assertThat(client.register(subject, UNFIT)).isPositive();
    client.deleteCompatibility(subject);
    assertThat(codeOf(() -> client.getCompatibility(subject))).isEqualTo(40408);
  }

  @Test
  void knowsModesAndDeletes() throws Exception {
    client.register(subject, ONE);
    assertThat(client.getMode()).isEqualTo("READWRITE");
    assertThat(client.setMode("READONLY", subject)).isEqualTo("READONLY");
    assertThat(codeOf(() -> client.register(subject, TWO))).isEqualTo(42205);
    client.deleteMode(subject);
    client.register(subject, TWO);
    assertThat(client.deleteSchemaVersion(subject, "1")).isEqualTo(1);
    assertThat(client.getAllVersions(subject)).isEqualTo(List.of(2));
    assertThat(client.getAllVersions(subject, true)).isEqualTo(List.of(1, 2));
    assertThat(client.deleteSubject(subject)).isEqualTo(List.of(2));
    assertThat(client.deleteSubject(subject, true)).isEqualTo(List.of(1, 2));
    assertThat(codeOf(() -> client.getAllVersions(subject))).isEqualTo(40401);
  }

  @Test
  void readsTheSchemaOfOurBytes() throws Exception {
    byte[] ours;
    try (Serde<ScanEvent> serde = Events.serdes(machine).forTopic(Topics.OBSERVED)) {
      ours = serde.serializer().serialize(subject, Events.observation("scan-for-flink"));
    }
    ConfluentSchemaRegistryCoder coder = new ConfluentSchemaRegistryCoder(client);
    ByteArrayInputStream in = new ByteArrayInputStream(ours);
    assertThat(coder.readSchema(in).getFullName()).isEqualTo("dev.sluice.events.ScanEvent");
    assertThat(in.available()).isEqualTo(ours.length - 5);
  }

  private interface Call {
    void run() throws Exception;
  }

  private static int codeOf(Call call) {
    return catchThrowableOfType(RestClientException.class, call::run).getErrorCode();
  }
}
