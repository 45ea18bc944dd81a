package dev.sluice.streams.rules.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.AssetRole;
import dev.sluice.events.Support;
import dev.sluice.events.SupportMatrix;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupportLookupTest {

  private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

  /** Rows as "range = status". */
  private static SupportMatrix matrix(String... rows) {
    StringBuilder table =
        new StringBuilder("# Supported Versions\n\n| Version | Supported |\n|---|---|\n");
    for (String row : rows) {
      String[] cells = row.split(" = ");
      table.append("| ").append(cells[0]).append(" | ").append(cells[1]).append(" |\n");
    }
    return SupportMatrixReader.readMarkdown(
        "p", "SECURITY.md", table.toString(), Instant.parse("2026-11-22T10:00:00Z"));
  }

  private static Support of(SupportMatrix matrix, String line, String version) {
    return SupportLookup.of(matrix, AssetRole.RELEASED, line, version, TODAY).support();
  }

  @Test
  void consumedAssetsHaveNoLines() {
    assertThat(
            SupportLookup.of(matrix("5.x = no"), AssetRole.CONSUMED, "5.x", "5.1.0", TODAY)
                .support())
        .isEqualTo(Support.NOT_APPLICABLE);
  }

  @Test
  void withoutAMatrixItIsUnknown() {
    assertThat(of(null, "5.x", "5.1.0")).isEqualTo(Support.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "7.4.1, SUPPORTED",
    "7.2.9, SUPPORTED",
    "7.0.1, UNSUPPORTED",
    "6.2.5, SUPPORTED",
    "6.0.9, UNSUPPORTED",
    "7.5.0, UNKNOWN",
    "v6.2.5-alpine, SUPPORTED"
  })
  void theNarrowestRowDecides(String version, Support expected) {
    SupportMatrix matrix =
        matrix("7.4.x = yes", "7.2.x = yes", "< 7.2.x = no", "6.2.x = yes", "< 6.2.x = no");
    assertThat(of(matrix, null, version)).isEqualTo(expected);
  }

  @Test
  void rowsThatOverlapInPartAndDisagreeGiveUnknownThere() {
    SupportMatrix matrix = matrix(">= 4, < 6 = yes", ">= 5, < 7 = no");
    assertThat(of(matrix, null, "4.5.0")).isEqualTo(Support.SUPPORTED);
    assertThat(of(matrix, null, "5.5.0")).isEqualTo(Support.UNKNOWN);
    assertThat(of(matrix, null, "6.5.0")).isEqualTo(Support.UNSUPPORTED);
  }

  @ParameterizedTest
  @CsvSource({"8.0.1, UNKNOWN", "7.9.0, UNKNOWN", "6.1.0, UNSUPPORTED", "9.0.0, UNKNOWN"})
  void allOthersDoesNotReachWhatMayBeTheLatest(String version, Support expected) {
    SupportMatrix matrix =
        matrix("Latest release in 8.x = ✅", "Latest release in 7.x = ✅", "All other releases = ❌");
    assertThat(of(matrix, null, version)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"3.33.1, SUPPORTED", "3.25.0, UNKNOWN", "3.40.0, UNKNOWN", "2.16.0, UNSUPPORTED"})
  void olderReleasesOfALineMayBeItsLatest(String version, Support expected) {
    SupportMatrix matrix =
        matrix("Latest 3.x = yes", "3.33 LTS = yes", "Older 3.x = no", "< 3 = no");
    assertThat(of(matrix, null, version)).isEqualTo(expected);
  }

  @Test
  void aVersionNewerThanTheTableIsUnknown() {
    SupportMatrix matrix = matrix("8.6.x = yes", "Other = no");
    assertThat(of(matrix, null, "8.7.0")).isEqualTo(Support.UNKNOWN);
    assertThat(of(matrix, null, "4.9.0")).isEqualTo(Support.UNSUPPORTED);
  }

  @Test
  void datesTakeEffectByTheClock() {
    SupportMatrix matrix = matrix("10.x = yes until 2027-04-30");
    SupportAnswer before =
        SupportLookup.of(matrix, AssetRole.RELEASED, null, "10.1.0", LocalDate.parse("2027-04-30"));
    assertThat(before.support()).isEqualTo(Support.SUPPORTED);
    assertThat(before.changesOn()).isEqualTo(LocalDate.parse("2027-05-01"));
    SupportAnswer after =
        SupportLookup.of(matrix, AssetRole.RELEASED, null, "10.1.0", before.changesOn());
    assertThat(after.support()).isEqualTo(Support.UNSUPPORTED);
    assertThat(after.changesOn()).isNull();
    assertThat(after.reason()).contains("2027-04-30");
  }

  @Test
  void theLineDecidesWhereTheVersionSaysNothing() {
    SupportMatrix matrix = matrix("5.x = yes", "4.x = no", "main = yes");
    assertThat(of(matrix, "4.x", "7e3f2a1")).isEqualTo(Support.UNSUPPORTED);
    assertThat(of(matrix, "main", null)).isEqualTo(Support.SUPPORTED);
    assertThat(of(matrix, "4.1.x", null)).isEqualTo(Support.UNSUPPORTED);
    assertThat(of(matrix, "unversioned", null)).isEqualTo(Support.UNKNOWN);
  }

  @Test
  void aRowAboutAPartOfALineDoesNotDecideTheLine() {
    assertThat(of(matrix("5.1.x = no"), "5.x", null)).isEqualTo(Support.UNKNOWN);
    assertThat(of(matrix("5.x = yes", "5.1.x = no"), "5.x", null)).isEqualTo(Support.SUPPORTED);
  }

  @Test
  void theVersionDecidesBeforeTheLine() {
    assertThat(of(matrix("5.x = yes", "4.x = no"), "5.x", "4.2.0")).isEqualTo(Support.UNSUPPORTED);
  }

  @Test
  void aRowThatCannotBeReadIsNotOverruledByTheLinesName() {
    SupportMatrix matrix = matrix("5.x = best effort", "4.x = no");
    SupportAnswer answer = SupportLookup.of(matrix, AssetRole.RELEASED, "4.x", "5.1.0", TODAY);
    assertThat(answer.support()).isEqualTo(Support.UNKNOWN);
    assertThat(answer.sourceLine()).isEqualTo(5);
    assertThat(answer.reason()).contains("SECURITY.md:5").contains("best effort");
  }

  @Test
  void namesTheRowThatDecided() {
    SupportAnswer answer =
        SupportLookup.of(matrix("5.x = yes", "4.x = no"), AssetRole.RELEASED, null, "4.0.0", TODAY);
    assertThat(answer.sourceLine()).isEqualTo(6);
    assertThat(answer.reason()).contains("SECURITY.md:6").contains("4.x");
  }

  @Test
  void preReleaseRowsSpeakOnlyOfPreReleases() {
    SupportMatrix matrix = matrix("2.0.x = yes", "2.0 RC series = no");
    assertThat(of(matrix, null, "2.0.0-rc.1")).isEqualTo(Support.UNSUPPORTED);
    assertThat(of(matrix, null, "2.0.1")).isEqualTo(Support.SUPPORTED);
  }

  @Test
  void latestAloneIsNeverUnsupported() {
    SupportMatrix matrix = matrix("latest = yes");
    assertThat(of(matrix, null, "1.0.0")).isEqualTo(Support.UNKNOWN);
    assertThat(of(matrix, "main", null)).isEqualTo(Support.UNKNOWN);
  }
}
