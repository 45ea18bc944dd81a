package dev.sluice.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.registry.CompatibilityLevel;
import dev.sluice.registry.InMemoryRegistry;
import dev.sluice.settings.RegistrySettings;
import dev.sluice.topics.Topic;
import dev.sluice.topics.Topics;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random records of every topic, so that no field of the contract is left out. */
class EveryRecordTest {
  private static final int RECORDS = 100;

  private final InMemoryRegistry registry = new InMemoryRegistry(CompatibilityLevel.BACKWARD);

  static Stream<Topic<? extends SpecificRecord>> topics() {
    return Topics.all().stream();
  }

  private <V extends SpecificRecord> Serde<V> serde(Topic<V> topic) {
    return AvroSerdes.of(new RegistrySettings("http://unused:1", Map.of()), registry)
        .forTopic(topic);
  }

  /** Writes without anything of ours. */
  private static byte[] plain(Schema schema, SpecificRecord record) throws Exception {
    RecordBuffer buffer = new RecordBuffer();
    buffer.start(1);
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(buffer, null);
    new SpecificDatumWriter<SpecificRecord>(schema).write(record, encoder);
    encoder.flush();
    return buffer.toByteArray();
  }

  @ParameterizedTest
  @MethodSource("topics")
  <V extends SpecificRecord> void comesBackAsItWentAndHasAvrosOwnBytes(Topic<V> topic)
      throws Exception {
    Schema schema = SpecificData.get().getSchema(topic.value());
    Serde<V> serde = serde(topic);
    try (var foreign = new SluiceAvroSerializer<IndexedRecord>(registry, null)) {
      foreign.configure(Map.of(), false);
      for (Object random : new RandomData(ContractSchema.of(schema), RECORDS, 42)) {
        byte[] theirs = foreign.serialize(topic.name(), (IndexedRecord) random);
        V record = serde.deserializer().deserialize(topic.name(), theirs);
        byte[] ours = serde.serializer().serialize(topic.name(), record);
        assertThat(ours).isEqualTo(plain(schema, record)).hasSameSizeAs(theirs);
        assertThat(serde.deserializer().deserialize(topic.name(), ours)).isEqualTo(record);
      }
    }
  }
}
