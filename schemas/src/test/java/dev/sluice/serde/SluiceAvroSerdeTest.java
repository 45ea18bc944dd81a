package dev.sluice.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.ActionItem;
import dev.sluice.events.Finding;
import dev.sluice.events.FindingKind;
import dev.sluice.events.Occurrence;
import dev.sluice.events.ScanEvent;
import dev.sluice.registry.CompatibilityLevel;
import dev.sluice.registry.InMemoryRegistry;
import dev.sluice.registry.RegistryException;
import dev.sluice.registry.RegistryUnavailableException;
import dev.sluice.settings.RegistrySettings;
import dev.sluice.topics.Topics;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class SluiceAvroSerdeTest {
  private static final String TOPIC = "acme.findings.observed.v1";

  private final InMemoryRegistry registry = new InMemoryRegistry(CompatibilityLevel.BACKWARD);
  private final Serde<ScanEvent> serde = serdes(Map.of()).forTopic(Topics.OBSERVED);

  private AvroSerdes serdes(Map<String, String> properties) {
    return AvroSerdes.of(new RegistrySettings("http://unused:1", properties), registry);
  }

  private <T extends IndexedRecord> SluiceAvroSerializer<T> serializer(
      Map<String, ?> configs, boolean key) {
    SluiceAvroSerializer<T> serializer = new SluiceAvroSerializer<>(registry, null);
    serializer.configure(configs, key);
    return serializer;
  }

  private SluiceAvroDeserializer<IndexedRecord> deserializer(Map<String, ?> configs) {
    SluiceAvroDeserializer<IndexedRecord> made = new SluiceAvroDeserializer<>(registry, null);
    made.configure(configs, false);
    return made;
  }

  private byte[] write(ScanEvent event) {
    return serde.serializer().serialize(TOPIC, event);
  }

  private ScanEvent read(byte[] bytes) {
    return serde.deserializer().deserialize(TOPIC, bytes);
  }

  @Test
  void readsWhatItWrote() {
    assertThat(read(write(Samples.observation()))).isEqualTo(Samples.observation());
    assertThat(read(write(Samples.started()))).isEqualTo(Samples.started());
  }

  @Test
  void writesMagicByteAndSchemaIdInFront() {
    registry.register("other", Schema.create(Schema.Type.STRING));
    byte[] bytes = write(Samples.observation());
    assertThat(bytes).startsWith(0, 0, 0, 0, 2);
    assertThat(registry.latest(TOPIC + "-value").id()).isEqualTo(2);
  }

  @Test
  void writesTheSameBytesAgainAfterALongRecord() {
    ScanEvent longOne = Samples.observation();
    longOne.getObservation().setTitle("x".repeat(600_000));
    byte[] before = write(Samples.observation());
    write(longOne);
    assertThat(write(Samples.observation())).isEqualTo(before);
  }

  @Test
  void writesTheSameBytesAgainAfterARecordThatFailed() {
    byte[] before = write(Samples.observation());
    ScanEvent broken = Samples.observation();
    broken.getObservation().setTitle(null);
    assertThatThrownBy(() -> write(broken)).isInstanceOf(SerializationException.class);
    assertThat(write(Samples.observation())).isEqualTo(before);
  }

  @Test
  void passesTombstones() {
    assertThat(write(null)).isNull();
    assertThat(read(null)).isNull();
  }

  @Test
  void registersNothingThatIsOfJavaOnly() {
    write(Samples.observation());
    assertThat(registry.latest(TOPIC + "-value").schema().toString())
        .doesNotContain("avro.java.string")
        .contains("\"name\":\"scanId\",\"type\":\"string\"");
  }

  @Test
  void oneSerializerServesManyThreads() throws Exception {
    byte[] expected = write(Samples.observation());
    var threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Boolean>> all =
          IntStream.range(0, 4)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> {
                            for (int n = 0; n < 500; n++) {
                              byte[] bytes = write(Samples.observation());
                              if (!Arrays.equals(bytes, expected)
                                  || !read(bytes).equals(Samples.observation())) {
                                return false;
                              }
                            }
                            return true;
                          }))
              .toList();
      for (Future<Boolean> each : all) {
        assertThat(each.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void namesTheFieldThatIsMissing() {
    ScanEvent broken = Samples.observation();
    broken.getObservation().getComponent().setName(null);
    assertThatThrownBy(() -> write(broken))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining(TOPIC)
        .hasMessageContaining("dev.sluice.events.ScanEvent")
        .hasMessageContaining("observation")
        .hasMessageContaining("name");
  }

  @Test
  void refusesARecordOfAnotherType() {
    @SuppressWarnings({"unchecked", "rawtypes"})
    Serde<IndexedRecord> raw = (Serde) serde;
    assertThatThrownBy(
            () ->
                raw.serializer()
                    .serialize(
                        TOPIC,
                        ActionItem.newBuilder()
                            .setId("i")
                            .setAsset("a")
                            .setKind(dev.sluice.events.ItemKind.UPGRADE)
                            .build()))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining(TOPIC)
        .hasMessageContaining("ScanEvent")
        .hasMessageContaining("ActionItem");
    assertThat(registry.subjects()).isEmpty();
  }

  @Test
  void refusesToReadARecordOfAnotherType() {
    byte[] bytes = write(Samples.observation());
    Serde<Finding> findings = serdes(Map.of()).forTopic(Topics.FINDINGS);
    assertThatThrownBy(() -> findings.deserializer().deserialize("findings.v1", bytes))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("findings.v1")
        .hasMessageContaining("schema id 1 is dev.sluice.events.ScanEvent");
  }

  @Test
  void namesTopicForUnknownMagicByte() {
    assertThatThrownBy(() -> read(new byte[] {'{', '"', 'a', '"', ':', '1', '}'}))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining(TOPIC)
        .hasMessageContaining("0x7b");
  }

  @Test
  void refusesFewerBytesThanAHeader() {
    assertThatThrownBy(() -> read(new byte[0])).isInstanceOf(SerializationException.class);
    assertThatThrownBy(() -> read(new byte[] {0, 0, 0, 1}))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("4 bytes");
  }

  @Test
  void namesTopicSubjectAndIdForAnUnknownSchema() {
    assertThatThrownBy(() -> read(new byte[] {0, 0, 0, 3, (byte) 0xe8, 1}))
        .isInstanceOf(SerializationException.class)
        .isNotInstanceOf(RegistryException.class)
        .hasMessageContaining(TOPIC)
        .hasMessageContaining(TOPIC + "-value")
        .hasMessageContaining("1000");
  }

  @Test
  void refusesEveryTruncation() {
    byte[] bytes = write(Samples.observation());
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read(cut))
          .as("cut to %d", length)
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining(TOPIC);
    }
  }

  @Test
  void refusesBytesLeftOver() {
    byte[] bytes = write(Samples.observation());
    assertThatThrownBy(() -> read(Arrays.copyOf(bytes, bytes.length + 1)))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("leaves bytes over");
  }

  @Test
  void survivesAnyDamageWithAnErrorOrARecord() {
    byte[] bytes = write(Samples.observation());
    Random random = new Random(42);
    for (int round = 0; round < 5_000; round++) {
      byte[] damaged = bytes.clone();
      for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
        int at = WireFormat.HEADER + random.nextInt(bytes.length - WireFormat.HEADER);
        damaged[at] = (byte) random.nextInt(256);
      }
      try {
        read(damaged);
      } catch (SerializationException e) {
        assertThat(e).hasMessageContaining(TOPIC);
      }
    }
  }

  @Test
  void refusesALengthThatWouldFillTheHeap() {
    byte[] id = Arrays.copyOf(write(Samples.observation()), WireFormat.HEADER);
    // scanId of 2,147,483,000 bytes, of which none follow.
    ByteBuffer huge = ByteBuffer.allocate(10).put(id);
    huge.put(new byte[] {(byte) 0xf0, (byte) 0xf5, (byte) 0xff, (byte) 0xff, 0x0f});
    assertThatThrownBy(() -> read(huge.array())).isInstanceOf(SerializationException.class);
  }

  @Test
  void takesTheSubjectFromEachStrategy() {
    for (SubjectName subject : SubjectName.values()) {
      String strategy = subject.confluentClass();
      serializer(Map.of(SerdeConfig.VALUE_SUBJECT, strategy), false)
          .serialize("t", Samples.started());
    }
    serializer(Map.of(), true).serialize("t", Samples.started());
    assertThat(registry.subjects())
        .containsExactlyInAnyOrder(
            "t-value", "dev.sluice.events.ScanEvent", "t-dev.sluice.events.ScanEvent", "t-key");
  }

  @Test
  void refusesAnUnknownStrategyAndNamesTheKnown() {
    assertThatThrownBy(() -> serializer(Map.of(SerdeConfig.KEY_SUBJECT, "com.acme.Mine"), true))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("key.subject.name.strategy")
        .hasMessageContaining("TopicRecordNameStrategy");
  }

  @Test
  void refusesAFlagThatIsNeitherTrueNorFalse() {
    assertThatThrownBy(() -> serializer(Map.of("auto.register.schemas", "yes"), false))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("auto.register.schemas");
  }

  @Test
  void registersNothingWhenToldNotTo() {
    var serializer = serializer(Map.of(SerdeConfig.AUTO_REGISTER, "false"), false);
    assertThatThrownBy(() -> serializer.serialize(TOPIC, Samples.started()))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining(TOPIC + "-value");
    assertThat(registry.subjects()).isEmpty();

    registry.register(TOPIC + "-value", ContractSchema.of(ScanEvent.getClassSchema()));
    assertThat(serializer.serialize(TOPIC, Samples.started())).startsWith(0, 0, 0, 0, 1);
  }

  @Test
  void writesWithTheNewestVersionByFieldNameAndNotByPosition() {
    Schema own = ContractSchema.of(ScanEvent.getClassSchema());
    registry.setCompatibility(TOPIC + "-value", CompatibilityLevel.NONE);
    registry.register(TOPIC + "-value", own);
    Schema newest =
        new Schema.Parser()
            .parse(
                own.toString()
                    .replaceFirst(
                        "\"fields\":\\[",
                        "\"fields\":[{\"name\":\"first\",\"type\":\"string\",\"default\":\"f\"},"));
    registry.register(TOPIC + "-value", newest);
    var serializer =
        serializer(
            Map.of(SerdeConfig.AUTO_REGISTER, "false", SerdeConfig.USE_LATEST, "true"), false);
    byte[] bytes = serializer.serialize(TOPIC, Samples.observation());
    assertThat(bytes).startsWith(0, 0, 0, 0, 2);
    GenericRecord generic =
        (GenericRecord)
            deserializer(Map.of("specific.avro.reader", "false")).deserialize(TOPIC, bytes);
    assertThat(generic.get("first")).hasToString("f");
    assertThat(generic.get("scanId")).hasToString("scan-1");
    assertThat(read(bytes)).isEqualTo(Samples.observation());
  }

  @Test
  void refusesToWriteWithANewestVersionThatCannotHoldTheRecord() {
    Schema other =
        new Schema.Parser()
            .parse(
                "{\"type\":\"record\",\"namespace\":\"dev.sluice.events\",\"name\":\"ScanEvent\","
                    + "\"fields\":[{\"name\":\"must\",\"type\":\"string\"}]}");
    registry.register(TOPIC + "-value", other);
    var serializer =
        serializer(
            Map.of(SerdeConfig.AUTO_REGISTER, "false", SerdeConfig.USE_LATEST, "true"), false);
    assertThatThrownBy(() -> serializer.serialize(TOPIC, Samples.started()))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining(TOPIC + "-value")
        .hasMessageContaining("id 1");
  }

  @Test
  void readsWhatALaterReleaseWrote() {
    String own = ContractSchema.of(ScanEvent.getClassSchema()).toString();
    Schema later =
        new Schema.Parser()
            .parse(
                own.replaceFirst(
                    "\"fields\":\\[",
                    "\"fields\":[{\"name\":\"later\",\"type\":\"string\",\"default\":\"\"},"));
    GenericData.Record record = new GenericData.Record(later);
    for (Schema.Field field : later.getFields()) {
      if (field.hasDefaultValue()) {
        record.put(field.pos(), GenericData.get().getDefaultValue(field));
      }
    }
    record.put("later", "something new");
    record.put("scanId", "s");
    record.put("attemptId", "a");
    record.put("seq", 3L);
    record.put("asset", "x");
    byte[] bytes = this.<IndexedRecord>serializer(Map.of(), false).serialize(TOPIC, record);
    assertThat(read(bytes))
        .isEqualTo(
            ScanEvent.newBuilder()
                .setScanId("s")
                .setAttemptId("a")
                .setSeq(3)
                .setAsset("x")
                .build());
  }

  @Test
  void readsAnEnumSymbolOfALaterReleaseAsUnknown() {
    String own = ContractSchema.of(ScanEvent.getClassSchema()).toString();
    Schema later =
        new Schema.Parser()
            .parse(own.replace("\"VULNERABLE_PACKAGE\"", "\"BRAND_NEW\",\"VULNERABLE_PACKAGE\""));
    assertThat(later.toString()).contains("BRAND_NEW");
    ScanEvent ours = Samples.observation();
    GenericRecord generic =
        (GenericRecord)
            deserializer(Map.of("specific.avro.reader", "false")).deserialize(TOPIC, write(ours));
    GenericRecord observation = (GenericRecord) generic.get("observation");
    GenericData.Record copy = new GenericData.Record(later);
    generic.getSchema().getFields().forEach(f -> copy.put(f.name(), generic.get(f.name())));
    Schema kind =
        later.getField("observation").schema().getTypes().get(1).getField("kind").schema();
    observation.put("kind", new GenericData.EnumSymbol(kind, "BRAND_NEW"));
    byte[] bytes = this.<IndexedRecord>serializer(Map.of(), false).serialize(TOPIC, copy);
    assertThat(read(bytes).getObservation().getKind()).isEqualTo(FindingKind.UNKNOWN);
  }

  @Test
  void makesTheClassThatTheSchemaNamesWhenNoneIsExpected() {
    assertThat(deserializer(Map.of()).deserialize(TOPIC, write(Samples.started())))
        .isEqualTo(Samples.started());
  }

  @Test
  void makesNoClassOutsideOurEvents() {
    Schema foreign =
        new Schema.Parser()
            .parse(
                "{\"type\":\"record\",\"namespace\":\"javax.naming\",\"name\":\"InitialContext\","
                    + "\"fields\":[]}");
    byte[] bytes =
        this.<IndexedRecord>serializer(Map.of(), false)
            .serialize("t", new GenericData.Record(foreign));
    assertThatThrownBy(() -> deserializer(Map.of()).deserialize("t", bytes))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("no generated class for javax.naming.InitialContext");
  }

  @Test
  void keepsStoresUnderTheTypeAndNotUnderEachChangelog() {
    serdes(Map.of())
        .forStore(ScanEvent.class)
        .serializer()
        .serialize("app-store-changelog", Samples.started());
    assertThat(registry.subjects()).containsExactly("dev.sluice.events.ScanEvent");
  }

  @Test
  void customCodersWriteTheSameBytes() throws Exception {
    Schema schema = ScanEvent.getClassSchema();
    for (ScanEvent event : List.of(Samples.observation(), Samples.started())) {
      var plain =
          new org.apache.avro.specific.SpecificDatumWriter<ScanEvent>(
              schema, RecordEncoder.model(ScanEvent.class, false));
      RecordBuffer buffer = new RecordBuffer();
      buffer.start(1);
      var encoder = org.apache.avro.io.EncoderFactory.get().binaryEncoder(buffer, null);
      plain.write(event, encoder);
      encoder.flush();
      assertThat(new RecordEncoder(schema, ScanEvent.class).encode(1, event))
          .isEqualTo(buffer.toByteArray());
    }
  }

  @Test
  void serveKafkaThatKnowsOnlyTheirNames() {
    Map<String, Object> configs = new HashMap<>();
    configs.put("schema.registry.url", "mock://by-name");
    try (var serializer = new SluiceAvroSerializer<ScanEvent>();
        var deserializer = new SluiceAvroDeserializer<ScanEvent>()) {
      serializer.configure(configs, false);
      deserializer.configure(configs, false);
      byte[] bytes = serializer.serialize("t", Samples.started());
      assertThat(deserializer.deserialize("t", bytes)).isEqualTo(Samples.started());
    } finally {
      dev.sluice.registry.RegistryClients.dropMock("by-name");
    }
  }

  @Test
  void recordsWithListsOfTimesCanBeCompared() {
    Finding finding =
        Finding.newBuilder()
            .setId("f")
            .setAsset("a")
            .setKind(FindingKind.SECRET)
            .setOccurrences(
                List.of(
                    Occurrence.newBuilder()
                        .setLine("5.x")
                        .setSince(Instant.parse("2026-03-01T00:00:00Z"))
                        .build()))
            .build();
    Serde<Finding> findings = serdes(Map.of()).forTopic(Topics.FINDINGS);
    byte[] bytes = findings.serializer().serialize("t", finding);
    Finding one = findings.deserializer().deserialize("t", bytes);
    Finding other = findings.deserializer().deserialize("t", bytes);
    assertThat(one).isEqualTo(other).isEqualTo(finding);
    other.getOccurrences().get(0).setSince(Instant.EPOCH);
    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void aRegistryThatIsDownIsToldApartFromABadRecord() throws Exception {
    String dead;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      dead = "http://127.0.0.1:" + socket.getLocalPort();
    }
    Serde<ScanEvent> cut =
        AvroSerdes.of(new RegistrySettings(dead, Map.of("max.retries", "0")))
            .forTopic(Topics.OBSERVED);
    byte[] good = write(Samples.started());
    assertThatThrownBy(() -> cut.deserializer().deserialize(TOPIC, good))
        .isInstanceOf(RegistryUnavailableException.class)
        .isNotInstanceOf(SerializationException.class)
        .hasMessageContaining(TOPIC)
        .hasMessageContaining("schema id 1")
        .hasMessageContaining(dead);
    assertThatThrownBy(() -> cut.serializer().serialize(TOPIC, Samples.started()))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining(TOPIC + "-value")
        .hasMessageContaining(dead);
    assertThatThrownBy(() -> cut.deserializer().deserialize(TOPIC, new byte[] {1, 2, 3, 4, 5, 6}))
        .isNotInstanceOf(RegistryException.class);
  }
}
