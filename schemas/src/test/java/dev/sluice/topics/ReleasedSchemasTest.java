package dev.sluice.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.registry.CompatibilityCheck;
import dev.sluice.registry.CompatibilityLevel;
import dev.sluice.serde.ContractSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds every schema to full transitive compatibility with each released one. The copies are never
 * edited; a release adds a folder.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReleasedSchemasTest {
  private static final String HOW_TO =
      "run mvn -pl schemas test -Dtest=ReleasedSchemasTest -Dsluice.release=VERSION";

  private final Path released = Path.of("src/test/resources/released");

  Stream<Topic<?>> topics() {
    return Topics.all().stream();
  }

  private static Schema current(Topic<?> topic) {
    return ContractSchema.of(SpecificData.get().getSchema(topic.value()));
  }

  private List<Path> copies(Topic<?> topic) {
    try (Stream<Path> versions = Files.list(released)) {
      return versions
          .map(version -> version.resolve(topic.name() + ".avsc"))
          .filter(Files::exists)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void freezesACopyWhenAskedTo() throws IOException {
    String version = System.getProperty("sluice.release");
    assumeTrue(version != null, "no release is being made");
    Path folder = Files.createDirectories(released.resolve(version));
    for (Topic<?> topic : Topics.all()) {
      Path copy = folder.resolve(topic.name() + ".avsc");
      assertThat(copy).as("a released copy is never edited").doesNotExist();
      Files.writeString(copy, SchemaFormatter.format("json/pretty", current(topic)).strip() + "\n");
    }
  }

  @ParameterizedTest
  @MethodSource("topics")
  void hasAReleasedCopy(Topic<?> topic) {
    assertThat(copies(topic)).as("no released copy of %s: %s", topic.name(), HOW_TO).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("topics")
  void readsAndIsReadByEveryRelease(Topic<?> topic) throws IOException {
    Schema current = current(topic);
    for (Path copy : copies(topic)) {
      Schema former = new Schema.Parser().parse(copy.toFile());
      CompatibilityCheck check = CompatibilityLevel.FULL_TRANSITIVE.check(current, List.of(former));
      assertThat(check.messages())
          .as("%s against %s: give new fields a default, and keep old ones", topic.name(), copy)
          .isEmpty();
    }
  }

  @Test
  void noticesARemovedAndARequiredField() {
    Schema current = current(Topics.ITEMS);
    String text = current.toString();
    Schema without =
        new Schema.Parser()
            .parse(text.replaceFirst("\\{\"name\":\"id\",\"type\":\"string\"[^}]*},", ""));
    assertThat(without.getField("id")).isNull();
    CompatibilityLevel level = CompatibilityLevel.FULL_TRANSITIVE;
    assertThat(level.check(without, List.of(current)).compatible()).isFalse();
    assertThat(level.check(current, List.of(without)).compatible()).isFalse();
  }
}
