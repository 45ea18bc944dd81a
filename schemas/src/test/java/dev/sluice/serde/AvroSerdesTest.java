package dev.sluice.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.Finding;
import dev.sluice.events.ScanEvent;
import dev.sluice.registry.RegistryClients;
import dev.sluice.registry.RegistryUnavailableException;
import dev.sluice.serde.standin.KafkaAvroDeserializer;
import dev.sluice.serde.standin.KafkaAvroSerializer;
import dev.sluice.settings.RegistrySettings;
import dev.sluice.topics.Topics;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AvroSerdesTest {
  private static final OfficialClasses STAND_IN =
      new OfficialClasses(
          KafkaAvroSerializer.class.getName(), KafkaAvroDeserializer.class.getName());

  @AfterEach
  void forget() {
    RegistryClients.dropMock("serdes");
  }

  private static RegistrySettings settings(String provider) {
    return new RegistrySettings("mock://serdes", Map.of("serde.provider", provider));
  }

  @Test
  void takesOurClassesWhereTheOfficialOnesAreAbsent() {
    assertThat(AvroSerdes.of(settings("auto")).provider()).isEqualTo(SerdeProvider.SLUICE);
    RegistrySettings unset = new RegistrySettings("mock://serdes", Map.of());
    assertThat(AvroSerdes.of(unset).provider()).isEqualTo(SerdeProvider.SLUICE);
  }

  @Test
  void takesTheOfficialClassesWhereTheyAre() {
    assertThat(AvroSerdes.of(settings("auto"), STAND_IN).provider())
        .isEqualTo(SerdeProvider.CONFLUENT);
    assertThat(AvroSerdes.of(settings("sluice"), STAND_IN).provider())
        .isEqualTo(SerdeProvider.SLUICE);
  }

  @Test
  void saysHowToGetTheOfficialClassesWhereTheyAreAskedForAndAbsent() {
    assertThatThrownBy(() -> AvroSerdes.of(settings("confluent")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("serde.provider")
        .hasMessageContaining("Maven profile confluent");
  }

  @Test
  void refusesAnUnknownProvider() {
    assertThatThrownBy(() -> AvroSerdes.of(settings("apicurio")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("auto, sluice or confluent");
  }

  @Test
  void configuresTheOfficialClassesWithConfluentsKeys() {
    AvroSerdes serdes = AvroSerdes.of(settings("auto"), STAND_IN);
    Serde<ScanEvent> serde = serdes.forTopic(Topics.OBSERVED);
    serde.serializer().serialize("t", Samples.started());
    assertThat(KafkaAvroSerializer.lastConfigured)
        .containsEntry("schema.registry.url", "mock://serdes")
        .containsEntry("specific.avro.reader", "true")
        .containsEntry("avro.remove.java.properties", "true")
        .doesNotContainKey("serde.provider");
    serdes.forStore(ScanEvent.class);
    assertThat(KafkaAvroSerializer.lastConfigured)
        .containsEntry(
            "value.subject.name.strategy",
            "io.confluent.kafka.serializers.subject.RecordNameStrategy");
  }

  @Test
  void bothProvidersReadEachOther() {
    Serde<ScanEvent> official =
        AvroSerdes.of(settings("confluent"), STAND_IN).forTopic(Topics.OBSERVED);
    Serde<ScanEvent> ours = AvroSerdes.of(settings("sluice")).forTopic(Topics.OBSERVED);
    byte[] theirs = official.serializer().serialize("t", Samples.observation());
    assertThat(theirs).isEqualTo(ours.serializer().serialize("t", Samples.observation()));
    assertThat(official.deserializer().deserialize("t", theirs)).isEqualTo(Samples.observation());
    assertThat(ours.deserializer().deserialize("t", theirs)).isEqualTo(Samples.observation());
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void holdsTheOfficialClassesToTheTopicsType() {
    AvroSerdes serdes = AvroSerdes.of(settings("confluent"), STAND_IN);
    Serde findings = serdes.forTopic(Topics.FINDINGS);
    byte[] bytes = serdes.forTopic(Topics.OBSERVED).serializer().serialize("t", Samples.started());
    assertThatThrownBy(() -> findings.serializer().serialize("t", Samples.started()))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining(Finding.class.getName());
    assertThatThrownBy(() -> findings.deserializer().deserialize("t", bytes))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining(ScanEvent.class.getName());
  }

  @Test
  void tellsARegistryThatIsDownApartAlsoWithTheOfficialClasses() {
    Serde<ScanEvent> serde =
        AvroSerdes.of(settings("confluent"), STAND_IN).forTopic(Topics.OBSERVED);
    assertThatThrownBy(() -> serde.serializer().serialize("unreachable", Samples.started()))
        .isInstanceOf(RegistryUnavailableException.class);
    assertThatThrownBy(() -> serde.deserializer().deserialize("unreachable", new byte[6]))
        .isInstanceOf(RegistryUnavailableException.class);
    assertThatThrownBy(() -> serde.deserializer().deserialize("t", new byte[6]))
        .isInstanceOf(SerializationException.class);
  }

  @Test
  void keysArePlainText() {
    byte[] bytes = AvroSerdes.keys().serializer().serialize("t", "github.com/acme/Müll");
    assertThat(bytes).asString(java.nio.charset.StandardCharsets.UTF_8).endsWith("Müll");
  }
}
