package dev.sluice.streams.rules.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.SupportMatrix;
import dev.sluice.streams.rules.support.SupportMatrixReader;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseLinesTest {

  private static SupportMatrix matrix(String... ranges) {
    StringBuilder table = new StringBuilder("| Version | Supported |\n|---|---|\n");
    for (String range : ranges) {
      table.append("| ").append(range).append(" | yes |\n");
    }
    return SupportMatrixReader.readMarkdown("p", "SECURITY.md", table.toString(), Instant.EPOCH);
  }

  @Test
  void explicitLineWins() {
    assertThat(ReleaseLines.lineOf(" lts ", "5.1.0", "main", matrix("5.x"))).isEqualTo("lts");
  }

  @Test
  void versionTakesTheNameOfItsRow() {
    SupportMatrix matrix = matrix("5.x", "4.2.x (LTS)", "v3");
    assertThat(ReleaseLines.lineOf(null, "v5.1.2", "main", matrix)).isEqualTo("5.x");
    assertThat(ReleaseLines.lineOf(null, "4.2.0-alpine", null, matrix)).isEqualTo("4.2.x");
    assertThat(ReleaseLines.lineOf(null, "3.9", null, matrix)).isEqualTo("v3");
  }

  @Test
  void theNarrowestRowNamesTheLine() {
    assertThat(ReleaseLines.lineOf(null, "5.1.2", null, matrix("5.x", "5.1.x"))).isEqualTo("5.1.x");
  }

  @Test
  void aRangeThatIsNoLineLeavesTheGranularityToTheMatrix() {
    assertThat(ReleaseLines.lineOf(null, "3.2.1", null, matrix("5.x", "4.x", "< 4.0")))
        .isEqualTo("3.x");
    assertThat(ReleaseLines.lineOf(null, "3.2.1", null, matrix("5.1.x", "5.0.x", "< 5.0")))
        .isEqualTo("3.2.x");
  }

  @Test
  void aVersionThatNoRowHoldsGetsTheGranularityToo() {
    assertThat(ReleaseLines.lineOf(null, "22.9.1", null, matrix("22.7", "22.6")))
        .isEqualTo("22.9.x");
  }

  @Test
  void withoutAMatrixTheBranchIsTheLine() {
    assertThat(ReleaseLines.lineOf(null, "5.1.0", "refs/heads/release/5.x", null))
        .isEqualTo("release/5.x");
    assertThat(ReleaseLines.lineOf(null, null, "main", matrix("5.x"))).isEqualTo("main");
  }

  @Test
  void withoutMatrixAndBranchTheMajorVersionIsTheLine() {
    assertThat(ReleaseLines.lineOf(null, "1.19.3", null, null)).isEqualTo("1.x");
    assertThat(ReleaseLines.lineOf(null, null, "refs/tags/v2.3.4", null)).isEqualTo("2.x");
  }

  @ParameterizedTest
  @CsvSource({"latest", "7e3f2a1", "2024-05-01", "20240501", "''"})
  void whatIsNoVersionIsUnversioned(String version) {
    assertThat(ReleaseLines.lineOf(null, version, null, matrix("5.x"))).isEqualTo("unversioned");
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.3, 1.2.10, -1",
    "v1.2.3, 1.2.3, 0",
    "2.0.0-rc.1, 2.0.0, -1",
    "2.0.0-rc.2, 2.0.0-rc.10, -1",
    "1.19.3-alpine, 1.19.4-alpine, -1",
    "1.19.3-alpine, 1.19.3-alpine, 0",
    "1.2.3+a, 1.2.3+b, 0",
    "2024-05-01, 2024-05-02, -1",
    "20240501, 2024.05.02, -1",
    "20240501.1, 20240501.2, -1",
    "1.2.3-4, 1.2.3-5, -1",
    "release-1.2, release-1.3, -1",
  })
  void tellsNewerFromOlder(String a, String b, int expected) {
    assertThat(Integer.signum(ReleaseLines.compareHeads(a, b).orElseThrow())).isEqualTo(expected);
    assertThat(Integer.signum(ReleaseLines.compareHeads(b, a).orElseThrow())).isEqualTo(-expected);
  }

  @ParameterizedTest
  @CsvSource({
    "7e3f2a1, 8a9b0c1",
    "1.2.3-alpine, 1.2.3-bookworm",
    "1.2.3, 1.2.3-alpine",
    "2024-05-01, 5.1.0",
    "latest, 1.2.3",
    "'', 1.2.3",
  })
  void saysNothingWhereNobodyCanTell(String a, String b) {
    assertThat(ReleaseLines.compareHeads(a, b)).isEmpty();
  }
}
