package dev.sluice.streams.rules.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.Support;
import dev.sluice.events.SupportMatrix;
import dev.sluice.streams.rules.document.DocumentException;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class SupportYamlReaderTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private static SupportMatrix read(String yaml) {
    return SupportMatrixReader.read("acme/box", "support.yaml", yaml, NOW);
  }

  @Test
  void readsLinesAndPairs() {
    SupportMatrix matrix =
        read(
            """
            product: acme/box
            lines:
              - versions: 5.x
                support: supported
              - versions: ">= 4.0, < 5"
                support: supported
                until: 2027-03-31
              - versions: 3.x
                support: unsupported
            pairs:
              - chart: box
                chart-versions: 5.x
                image: registry.example/acme/box
                image-versions: ">= 5.0, < 5.4"
            """);

    assertThat(matrix.getLines())
        .extracting(line -> line.getSupport().name())
        .containsExactly("SUPPORTED", "SUPPORTED", "UNSUPPORTED");
    assertThat(matrix.getLines().get(1).getUntil()).isEqualTo(LocalDate.of(2027, 3, 31));
    assertThat(matrix.getLines().get(1).getSourceLine()).isEqualTo(5);
    assertThat(matrix.getPairs())
        .singleElement()
        .satisfies(
            pair -> {
              assertThat(pair.getChart()).isEqualTo("box");
              assertThat(pair.getImageVersions()).isEqualTo(">= 5.0, < 5.4");
            });
  }

  @Test
  void theLastPhaseWithFixesEndsSupport() {
    SupportMatrix matrix =
        read(
            """
            lines:
              - versions: 2.x
                phases: {active: 2026-01-31, security: 2027-01-31, extended: 2030-01-31}
              - versions: 3.x
                phases: {active: open}
            """);

    assertThat(matrix.getLines().get(0).getUntil()).isEqualTo(LocalDate.of(2027, 1, 31));
    assertThat(matrix.getLines().get(1).getUntil()).isNull();
    assertThat(matrix.getLines().get(1).getSupport()).isEqualTo(Support.SUPPORTED);
  }

  @Test
  void supportThatIsSoldCountsOnlyWhereItIsSaid() {
    SupportMatrix matrix =
        read(
            """
            extended-support: true
            lines:
              - versions: 2.x
                phases: {security: 2027-01-31, extended: 2030-01-31}
            """);

    assertThat(matrix.getLines().get(0).getUntil()).isEqualTo(LocalDate.of(2030, 1, 31));
  }

  @Test
  void linesThatContradictEachOtherAreUnknown() {
    SupportMatrix matrix =
        read(
            """
            lines:
              - {versions: 2.x, support: supported}
              - {versions: 2.x, support: unsupported}
            """);

    assertThat(matrix.getLines()).allMatch(line -> line.getSupport() == Support.UNKNOWN);
    assertThat(matrix.getWarnings()).singleElement().asString().contains("support.yaml:2 and :3");
  }

  @Test
  void refusesWhatItDoesNotUnderstandWithItsPlace() {
    refused(
        "lines:\n  - versions: 2.x\n    suport: supported\n", "line 3, column 5", "\"support\"");
    refused(
        "lines:\n  - versions: newest\n    support: supported\n", "line 2", "names no versions");
    refused(
        "lines:\n  - versions: 2.x\n    support: supported\n    until: soon\n",
        "line 4",
        "is no date");
    refused("lines:\n  - versions: 2.x\n", "line 2", "either \"support\" or \"phases\"");
    refused("product: other\nlines: []\n", "line 1", "is of \"other\"");
    refused("product: acme/box\n", "line 1", "neither lines nor pairs");
  }

  private static void refused(String yaml, String place, String reason) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining(place)
        .hasMessageContaining(reason);
  }
}
