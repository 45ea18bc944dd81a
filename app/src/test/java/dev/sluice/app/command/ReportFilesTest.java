package dev.sluice.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.app.CommandFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {
  @TempDir Path directory;

  @BeforeEach
  void write() throws Exception {
    Files.createDirectories(directory.resolve("a/b"));
    for (String name : List.of("b.json", "a.json", "a/c.json", "a/b/d.json", "a/b/e.sarif")) {
      Files.writeString(directory.resolve(name), "{}");
    }
  }

  @Test
  void aStarStaysInItsDirectoryAndIsSorted() {
    assertThat(expand("*.json")).containsExactly("a.json", "b.json");
    assertThat(expand("a/*.json")).containsExactly("a/c.json");
    assertThat(expand("*/*.json")).containsExactly("a/c.json");
  }

  @Test
  void twoStarsAreAnyDirectoryAndNone() {
    assertThat(expand("**/*.json")).containsExactly("a.json", "a/b/d.json", "a/c.json", "b.json");
    assertThat(expand("a/**/*.{json,sarif}"))
        .containsExactly("a/b/d.json", "a/b/e.sarif", "a/c.json");
  }

  @Test
  void aPatternThatMatchesNothingIsAnError() {
    for (String pattern : List.of("*.xml", "none/*.json", "[.json")) {
      assertThatThrownBy(() -> expand(pattern)).isInstanceOf(CommandFailure.class);
    }
  }

  @Test
  void whatIsThereIsNoPattern() throws Exception {
    Files.writeString(directory.resolve("odd[1].json"), "{}");

    assertThat(expand("odd[1].json")).containsExactly("odd[1].json");
    assertThat(ReportFiles.expand(List.of("-", "x.json"))).containsExactly("-", "x.json");
  }

  private List<String> expand(String pattern) {
    return ReportFiles.expand(List.of(directory + "/" + pattern)).stream()
        .map(file -> directory.relativize(Path.of(file)).toString())
        .toList();
  }
}
