package dev.sluice.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class InMemoryRegistryTest {
  private static final Schema ONE = record("");
  private static final Schema OPTIONAL =
      record("{\"name\":\"more\",\"type\":\"string\",\"default\":\"\"}");
  private static final Schema REQUIRED = record("{\"name\":\"must\",\"type\":\"string\"}");

  private final RegistryClient registry = new InMemoryRegistry(CompatibilityLevel.BACKWARD);

  private static Schema record(String fields) {
    return new Schema.Parser()
        .parse("{\"type\":\"record\",\"name\":\"n.R\",\"fields\":[" + fields + "]}");
  }

  @Test
  void theSameSchemaHasOneIdInAllSubjects() {
    assertThat(registry.register("a", ONE)).isEqualTo(1);
    assertThat(registry.register("a", ONE)).isEqualTo(1);
    assertThat(registry.register("b", OPTIONAL)).isEqualTo(2);
    assertThat(registry.register("b", ONE)).isEqualTo(1);
    assertThat(registry.versions("a")).containsExactly(1);
    assertThat(registry.versions("b")).containsExactly(1, 2);
    assertThat(registry.subjects()).containsExactly("a", "b");
  }

  @Test
  void findsVersionsAndIds() {
    registry.register("a", ONE);
    registry.register("a", OPTIONAL);
    assertThat(registry.latest("a")).isEqualTo(new RegisteredSchema("a", 2, 2, OPTIONAL));
    assertThat(registry.version("a", 1)).isEqualTo(new RegisteredSchema("a", 1, 1, ONE));
    assertThat(registry.idOf("a", OPTIONAL)).isEqualTo(2);
    assertThat(registry.schema(1)).isEqualTo(ONE);
  }

  @Test
  void saysWhatItDoesNotHave() {
    registry.register("a", ONE);
    List<Runnable> asks =
        List.of(
            () -> registry.schema(2),
            () -> registry.schema(0),
            () -> registry.latest("b"),
            () -> registry.version("a", 2),
            () -> registry.idOf("a", OPTIONAL),
            () -> registry.idOf("b", ONE));
    for (Runnable ask : asks) {
      assertThatThrownBy(ask::run)
          .isInstanceOfSatisfying(
              RegistryRefusedException.class, e -> assertThat(e.notFound()).isTrue());
    }
    assertThat(registry.versions("b")).isEmpty();
  }

  @Test
  void refusesAVersionThatCannotReadTheFormer() {
    registry.register("a", ONE);
    assertThat(registry.check("a", OPTIONAL).compatible()).isTrue();
    assertThat(registry.check("a", REQUIRED).messages()).anyMatch(text -> text.contains("must"));
    assertThatThrownBy(() -> registry.register("a", REQUIRED))
        .isInstanceOfSatisfying(
            RegistryRefusedException.class, e -> assertThat(e.status()).isEqualTo(409))
        .hasMessageContaining("subject a")
        .hasMessageContaining("must");
    assertThat(registry.versions("a")).containsExactly(1);
  }

  @Test
  void eachLevelLooksAtWhatItsNameSays() {
    List<Schema> released = List.of(REQUIRED, ONE);
    assertThat(compatible(CompatibilityLevel.NONE, REQUIRED, List.of(ONE))).isTrue();
    assertThat(compatible(CompatibilityLevel.BACKWARD, REQUIRED, List.of(ONE))).isFalse();
    assertThat(compatible(CompatibilityLevel.FORWARD, REQUIRED, List.of(ONE))).isTrue();
    assertThat(compatible(CompatibilityLevel.FORWARD, ONE, List.of(REQUIRED))).isFalse();
    assertThat(compatible(CompatibilityLevel.BACKWARD, ONE, List.of(REQUIRED))).isTrue();
    assertThat(compatible(CompatibilityLevel.FULL, OPTIONAL, released)).isTrue();
    assertThat(compatible(CompatibilityLevel.FULL_TRANSITIVE, OPTIONAL, released)).isFalse();
    assertThat(compatible(CompatibilityLevel.BACKWARD_TRANSITIVE, OPTIONAL, released)).isTrue();
    assertThat(compatible(CompatibilityLevel.FORWARD_TRANSITIVE, OPTIONAL, released)).isFalse();
  }

  private static boolean compatible(
      CompatibilityLevel level, Schema candidate, List<Schema> released) {
    return level.check(candidate, released).compatible();
  }

  @Test
  void aSubjectMayHaveALevelOfItsOwn() {
    registry.setCompatibility("a", CompatibilityLevel.NONE);
    registry.register("a", ONE);
    registry.register("a", REQUIRED);
    assertThat(registry.compatibility("a")).isEqualTo(CompatibilityLevel.NONE);
    assertThat(registry.compatibility("b")).isEqualTo(CompatibilityLevel.BACKWARD);
  }

  @Test
  void clientsOfOneMockScopeMeetAndOthersDoNot() {
    try {
      RegistryClients.of(Map.of("schema.registry.url", "mock://here")).register("a", ONE);
      assertThat(RegistryClients.of(Map.of("schema.registry.url", "mock://here")).subjects())
          .containsExactly("a");
      assertThat(RegistryClients.of(Map.of("schema.registry.url", "mock://there")).subjects())
          .isEmpty();
    } finally {
      RegistryClients.dropMock("here");
      RegistryClients.dropMock("there");
    }
  }
}
