package dev.sluice.streams.rules.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.Support;
import dev.sluice.events.SupportMatrix;
import dev.sluice.events.SupportedLine;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class SupportMatrixReaderTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

  private static SupportMatrix read(String markdown) {
    return SupportMatrixReader.readMarkdown("github.com/acme/box", "SECURITY.md", markdown, NOW);
  }

  /** Rows as "range support", with the date where there is one. */
  private static List<String> rows(SupportMatrix matrix) {
    return matrix.getLines().stream()
        .map(
            l ->
                l.getRange()
                    + " "
                    + l.getSupport().name().toLowerCase()
                    + (l.getUntil() == null ? "" : " " + l.getUntil()))
        .toList();
  }

  @Test
  void readsAPlainTableWithItsLines() {
    SupportMatrix matrix =
        read(
            "# Security\n\n## Supported Versions\n\n| Version | Supported |\n|---|---|\n| 3.x | :white_check_mark: |\n| 2.x | :x: |\n");
    assertThat(rows(matrix)).containsExactly("3.x supported", "2.x unsupported");
    assertThat(matrix.getLines()).extracting(SupportedLine::getSourceLine).containsExactly(7, 8);
    assertThat(matrix.getWarnings()).isEmpty();
    assertThat(matrix.getSource()).isEqualTo("SECURITY.md");
    assertThat(matrix.getVersion()).hasSize(64);
  }

  @Test
  void theSameTextHasTheSameVersion() {
    assertThat(read("x").getVersion())
        .isEqualTo(read("x").getVersion())
        .isNotEqualTo(read("y").getVersion());
  }

  @Test
  void theUntouchedTemplateSaysNothing() {
    SupportMatrix matrix =
        read(
            "| Version | Supported |\n| - | - |\n| 5.1.x | :white_check_mark: |\n| 5.0.x | :x: |\n"
                + "| 4.0.x | :white_check_mark: |\n| < 4.0 | :x: |\n");
    assertThat(matrix.getLines()).hasSize(4).allMatch(l -> l.getSupport() == Support.UNKNOWN);
    assertThat(matrix.getWarnings())
        .singleElement()
        .asString()
        .contains("SECURITY.md:3")
        .contains("template");
  }

  @Test
  void aTableInACommentIsNotRead() {
    SupportMatrix matrix = read("<!--\n| Version | Supported |\n|---|---|\n| 1.x | :x: |\n-->\n");
    assertThat(matrix.getLines()).isEmpty();
    assertThat(matrix.getWarnings())
        .anyMatch(w -> w.contains("SECURITY.md:1") && w.contains("comment"));
  }

  @Test
  void wordsInsteadOfATableAreUnknown() {
    SupportMatrix matrix = read("## Supported Versions\n\nOnly the latest release is supported.\n");
    assertThat(rows(matrix)).containsExactly("latest unknown");
    assertThat(matrix.getLines().get(0).getSourceLine()).isEqualTo(3);
    assertThat(matrix.getWarnings()).singleElement().asString().contains("SECURITY.md:3");
  }

  @Test
  void noTableAtAllIsSaid() {
    assertThat(read("# Security\n\nWrite to us.\n").getWarnings())
        .containsExactly("SECURITY.md: no table of supported versions");
    assertThat(read("").getWarnings()).hasSize(1);
  }

  @Test
  void rowsThatContradictEachOtherAreUnknown() {
    SupportMatrix matrix =
        read("| Version | Supported |\n|---|---|\n| 3.x | yes |\n| 3.x.x | no |\n| 2.x | no |\n");
    assertThat(rows(matrix)).containsExactly("3.x unknown", "3.x.x unknown", "2.x unsupported");
    assertThat(matrix.getWarnings())
        .singleElement()
        .asString()
        .contains(":3")
        .contains(":4")
        .contains("contradict");
  }

  @Test
  void overlapsThatDisagreeAreWarnedOf() {
    assertThat(
            read("| Version | Supported |\n|---|---|\n| >= 4, < 6 | yes |\n| >= 5, < 7 | no |\n")
                .getWarnings())
        .singleElement()
        .asString()
        .contains("overlap");
  }

  @Test
  void unreadableRowsAreUnknownWithTheReason() {
    SupportMatrix matrix =
        read("| Version | Supported |\n|---|---|\n| 3.x | yes |\n| the good one | no |\n");
    SupportedLine row = matrix.getLines().get(1);
    assertThat(row.getSupport()).isEqualTo(Support.UNKNOWN);
    assertThat(row.getSourceLine()).isEqualTo(4);
    assertThat(row.getWarnings()).anyMatch(w -> w.contains("the good one"));
  }

  @Test
  void aColumnAboutSecurityDecides() {
    SupportMatrix matrix =
        read(
            "| Version | Bug fixes | Security fixes |\n|---|---|---|\n| 3.x | ✅ | ✅ |\n| 2.x | ❌ | ✅ |\n| 1.x | ❌ | ❌ |\n");
    assertThat(rows(matrix)).containsExactly("3.x supported", "2.x supported", "1.x unsupported");
  }

  @Test
  void columnsThatContradictEachOtherAreUnknown() {
    SupportMatrix matrix =
        read("| Version | Supported | Status |\n|---|---|---|\n| 3.x | yes | End of life |\n");
    assertThat(rows(matrix)).containsExactly("3.x unknown");
  }

  @Test
  void anEndDateHoldsForTheWholeRow() {
    SupportMatrix matrix =
        read(
            "| Version | Released | Supported | End of support |\n|---|---|---|---|\n| 3.x | 2020-01-01 | yes | 2027-06-30 |\n");
    assertThat(matrix.getLines().get(0).getUntil()).isEqualTo(LocalDate.parse("2027-06-30"));
    assertThat(matrix.getLines().get(0).getSupport()).isEqualTo(Support.SUPPORTED);
  }

  @Test
  void imagesAreReadByTheirWords() {
    SupportMatrix matrix =
        read(
            "| Version | Supported |\n|---|---|\n| 3.x | ![yes](a.png) |\n| 2.x | ![](img/red-cross.svg) |\n"
                + "| 1.x | ![Unsupported](https://img.example/badge/-EOL-red) |\n| 0.x | ![](b7.png) |\n");
    assertThat(rows(matrix))
        .containsExactly("3.x supported", "2.x unsupported", "1.x unsupported", "0.x unknown");
  }

  @Test
  void markupAroundCellsDoesNotMatter() {
    SupportMatrix matrix =
        read(
            "| Version | Supported |\n|---|---|\n| `3.x` | **Yes** |\n| [2.x](https://x.example) | _No_ |\n| ~~1.x~~ | &#10006; |\n");
    assertThat(rows(matrix).subList(0, 2)).containsExactly("3.x supported", "2.x unsupported");
  }

  @Test
  void htmlTablesAreRead() {
    SupportMatrix matrix =
        read(
            "<table>\n<tr><th>Version</th><th>Supported</th></tr>\n<tr><td>&lt; 2.0</td><td>:x:</td></tr>\n"
                + "<tr><td>2.x</td><td><img alt=\"yes\" src=\"a.png\"></td></tr>\n</table>\n");
    assertThat(rows(matrix)).containsExactly("< 2.0 unsupported", "2.x supported");
    assertThat(matrix.getLines()).extracting(SupportedLine::getSourceLine).containsExactly(3, 4);
  }

  @Test
  void aTableWithVersionsAcrossIsRead() {
    SupportMatrix matrix = read("| Version | 3.x | 2.x |\n|---|---|---|\n| Supported | ✅ | ❌ |\n");
    assertThat(rows(matrix)).containsExactly("3.x supported", "2.x unsupported");
  }

  @Test
  void aListOfSupportedVersionsIsRead() {
    assertThat(rows(read("| Supported versions |\n|---|\n| 3.x |\n| 2.x |\n")))
        .containsExactly("3.x supported", "2.x supported");
    assertThat(rows(read("| Unsupported versions |\n|---|\n| 1.x |\n")))
        .containsExactly("1.x unsupported");
  }

  @Test
  void onlyRowsOfTheProductAreUsed() {
    SupportMatrix matrix =
        read(
            "| Product | Version | Supported |\n|---|---|---|\n| Box | 3.x | yes |\n| Lid | 3.x | no |\n| Box | 2.x | no |\n");
    assertThat(rows(matrix)).containsExactly("3.x supported", "2.x unsupported");
    assertThat(matrix.getWarnings()).singleElement().asString().contains("several products");
  }

  @Test
  void rowsOfProductsThatAreNotThisOneAreUnknown() {
    SupportMatrix matrix =
        read(
            "| Product | Version | Supported |\n|---|---|---|\n| Cup | 3.x | yes |\n| Lid | 3.x | no |\n");
    assertThat(matrix.getLines()).allMatch(l -> l.getSupport() == Support.UNKNOWN);
  }

  @Test
  void tablesUnderHeadingsOfOtherProductsAreLeftOut() {
    SupportMatrix matrix =
        read(
            "## Box\n\n| Version | Supported |\n|---|---|\n| 3.x | yes |\n\n## Lid\n\n| Version | Supported |\n|---|---|\n| 3.x | no |\n");
    assertThat(rows(matrix)).containsExactly("3.x supported");
  }

  @Test
  void severalTablesOfOneProductAreJoined() {
    SupportMatrix matrix =
        read(
            "## Current\n\n| Version | Supported |\n|---|---|\n| 3.x | yes |\n\n## Past\n\n| Version | Supported |\n|---|---|\n| 2.x | no |\n");
    assertThat(rows(matrix)).containsExactly("3.x supported", "2.x unsupported");
  }

  @Test
  void theProductsNameInTheCellDoesNotMatter() {
    assertThat(
            rows(read("| Version | Supported |\n|---|---|\n| Box 3.x | yes |\n| Box 2.x | no |\n")))
        .containsExactly("Box 3.x supported", "Box 2.x unsupported");
  }

  @Test
  void tablesAboutSomethingElseAreNotRead() {
    assertThat(
            rows(
                read(
                    "| Date | CVE | Affected versions | Patched versions |\n|---|---|---|---|\n| 2024 | CVE-2024-1 | < 2.5 | 2.5 |\n")))
        .isEmpty();
    assertThat(
            rows(
                read(
                    "| Date | Version | Changes |\n|---|---|---|\n| 2024-01-01 | 1.0 | first |\n")))
        .isEmpty();
    assertThat(
            rows(
                read(
                    "| Action | Admin | Viewer |\n|---|---|---|\n| Read | ✓ | ✓ |\n| Write | ✓ | ✗ |\n")))
        .isEmpty();
    assertThat(rows(read("| Python version | Tested |\n|---|---|\n| 3.12 | ✓ |\n| 3.6 | ✗ |\n")))
        .isEmpty();
  }

  @Test
  void anEndThatIsNotSettledIsNoDate() {
    SupportMatrix matrix =
        read(
            "## Supported\n| Version | Status | Security Fixes Until |\n|-|-|-|\n"
                + "| 3.0.x | ✅ Current | TBD (targeting Q1 2026) |\n| 2.x | Current | tba |\n");
    assertThat(rows(matrix)).containsExactly("3.0.x supported", "2.x supported");
    assertThat(matrix.getLines().get(0).getWarnings().get(0)).contains("not settled");
  }

  @Test
  void theColumnOfOurOwnVersionsWinsOverThatOfAPlatform() {
    SupportMatrix matrix =
        read(
            "## Supported versions\n| Acme Version | Version | Maintained |\n|-|-|-|\n"
                + "| Acme 7.3 and above | 1.x | Yes |\n| Acme 3.3 - 7.2 | 0.4 | No |\n");
    assertThat(rows(matrix)).containsExactly("1.x supported", "0.4 unsupported");
  }

  @Test
  void whatWorksWithWhatIsNoSupportTable() {
    SupportMatrix matrix =
        read(
            "## Supported versions\n| driver | server | Java version |\n|-|-|-|\n"
                + "| 4.2.x | 3.0.0+ | 1.6+ |\n| 4.1.x | 3.1.0+ | 1.6+ |\n");
    assertThat(matrix.getLines()).isEmpty();
  }

  @Test
  void aSupportTableWithHardlyAReadableRowIsStillOne() {
    SupportMatrix matrix =
        read(
            "## Supported Versions and Branches\n| Branch or release | Security support |\n|-|-|\n"
                + "| `main` | Supported |\n| Current public build | Supported |\n| Whatever came before | Unsupported |\n");
    assertThat(rows(matrix))
        .containsExactly(
            "main supported", "Current public build unknown", "Whatever came before unknown");
  }

  @Test
  void rowsOfOtherProductsSaySo() {
    SupportMatrix matrix =
        read(
            "## Supported Versions\n| Package | Version | Supported |\n|-|-|-|\n"
                + "| alpha-kit | 2.x | Active |\n| beta-kit | 1.x | No |\n");
    assertThat(rows(matrix)).containsExactly("2.x unknown", "1.x unknown");
    assertThat(matrix.getLines()).allMatch(l -> l.getVers() == null);
    assertThat(matrix.getLines().get(0).getWarnings().get(0)).contains("alpha-kit");
    assertThat(matrix.getWarnings().get(0)).contains("several products", "box");
  }

  @Test
  void readsRemarksBesideVersionsAndDatesInDetails() {
    SupportMatrix matrix =
        read(
            "## Supported Versions\n| Version | Support level | Details |\n|-|-|-|\n"
                + "| 4 - LTS | Supported | |\n"
                + "| 3.x | :warning: Security fixes only | Critical patches only, until **December 31, 2026**. |\n"
                + "| 2.0.0-rc.* | No longer | |\n| v0.1.0-alpha (baseline) | no | |\n");
    assertThat(rows(matrix))
        .containsExactly(
            "4 - LTS supported",
            "3.x supported 2026-12-31",
            "2.0.0-rc.* unsupported",
            "v0.1.0-alpha (baseline) unsupported");
    assertThat(SupportTable.of(matrix).lookup(null, "", "2.0.0-rc.2", TODAY).support())
        .isEqualTo(Support.UNSUPPORTED);
    assertThat(SupportTable.of(matrix).lookup(null, "", "2.0.0", TODAY).support())
        .isEqualTo(Support.UNKNOWN);
  }
}
