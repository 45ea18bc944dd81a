package dev.sluice.streams.rules.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.AssetRole;
import dev.sluice.events.Support;
import dev.sluice.events.SupportMatrix;
import dev.sluice.events.SupportedLine;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tables that nobody would write, and all the ways in which somebody might. */
class SupportFuzzTest {

  private static final int TABLES = 10_000;
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

  private static final List<String> RANGES =
      List.of(
          "5.x",
          "4.x.x",
          "4.2.x",
          "< 4.0",
          ">= 4.0, < 5",
          "1.2.x (LTS)",
          "0.9.*",
          "latest",
          "main",
          "v2",
          "3.1",
          "Latest 3.x",
          "All others",
          "~2.1.0",
          "",
          "-",
          "2.0 RC",
          "5.x and newer",
          "x",
          "💥",
          "1.2.3 - 2",
          "`6`",
          "[7.x](u)",
          "|",
          "\\|",
          "<b>8</b>",
          "9".repeat(60),
          "1.".repeat(80));
  private static final List<String> YES =
      List.of(
          "✅",
          ":white_check_mark:",
          "yes",
          "Supported",
          "✅ until 2030-01-01",
          "![yes](a.png)",
          "Security fixes only");
  private static final List<String> NOT_NO =
      List.of(
          "maybe",
          "best effort",
          "TBD",
          "❓",
          "✅ ❌",
          "",
          "N/A",
          "❗",
          "2024-2025",
          "❌ until 2030-01-01",
          "soon",
          "?",
          "31/06/2021",
          "06/07/2031",
          "&#xFFFF;",
          "<script>",
          "![](x",
          "`",
          "\\",
          "until",
          "\u0000",
          "deprecated");
  private static final List<String> NO =
      List.of("❌", ":x:", "no", "EOL", "unsupported", "End of Life", "⛔");
  private static final List<String> HEADERS =
      List.of(
          "Version",
          "Supported",
          "Status",
          "Security fixes",
          "Notes",
          "Released",
          "",
          "End of support",
          "Product",
          "Version | Supported",
          "CVE",
          "5.x");
  private static final List<String> VERSIONS =
      List.of(
          "5.1.0",
          "4.2.1",
          "4.0.0",
          "3.9",
          "2.0.0-rc.1",
          "0.9.4",
          "1.2.3",
          "v2.5",
          "6.0.0",
          "9.9.9",
          "latest",
          "main",
          "7e3f2a1",
          "",
          "2024-05-01");

  @Test
  void noTableWithoutANoIsEverReadAsUnsupported() {
    Random random = new Random(20261122);
    for (int i = 0; i < TABLES; i++) {
      String markdown = table(random, false);
      SupportMatrix matrix = SupportMatrixReader.readMarkdown("p", "S.md", markdown, NOW);
      for (SupportedLine line : matrix.getLines()) {
        assertThat(line.getSupport()).as(markdown).isNotEqualTo(Support.UNSUPPORTED);
      }
      SupportTable table = SupportTable.of(matrix);
      for (String version : VERSIONS) {
        SupportAnswer answer = table.lookup(AssetRole.RELEASED, version, version, TODAY);
        assertThat(answer.support()).as(markdown + version).isNotEqualTo(Support.UNSUPPORTED);
        assertThat(answer.reason()).isNotBlank();
      }
    }
  }

  @Test
  void unsupportedAlwaysComesFromARowThatSaysSo() {
    Random random = new Random(42);
    for (int i = 0; i < TABLES; i++) {
      String markdown = table(random, true);
      SupportMatrix matrix = SupportMatrixReader.readMarkdown("p", "S.md", markdown, NOW);
      String[] lines = markdown.split("\n", -1);
      SupportTable table = SupportTable.of(matrix);
      for (String version : VERSIONS) {
        SupportAnswer answer = table.lookup(AssetRole.RELEASED, null, version, TODAY);
        if (answer.support() == Support.UNSUPPORTED) {
          assertThat(answer.sourceLine()).as(markdown).isPositive();
          String row = lines[answer.sourceLine() - 1];
          assertThat(NO.stream().anyMatch(row::contains))
              .as(row + " decided about " + version)
              .isTrue();
        }
      }
    }
  }

  @Test
  void noTextCrashesTheReader() {
    Random random = new Random(7);
    String alphabet = "|-: \n\t<>!`*_[]()#&;5.xvX❌✅ab~^=,\\\"'\u0000\uD83D";
    for (int i = 0; i < TABLES; i++) {
      StringBuilder text = new StringBuilder("| Version | Supported |\n|---|---|\n");
      int length = random.nextInt(120);
      for (int j = 0; j < length; j++) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      SupportMatrix matrix = SupportMatrixReader.readMarkdown("p", "S.md", text.toString(), NOW);
      SupportLookup.of(matrix, AssetRole.RELEASED, "5.x", "5.1", TODAY);
    }
  }

  @Test
  void longCellsAndManyRowsAreReadInTime() {
    StringBuilder text = new StringBuilder("| Version | Supported |\n|---|---|\n");
    for (int i = 0; i < 2_000; i++) {
      text.append("| ")
          .append(i)
          .append(".x | ")
          .append("not ".repeat(i % 40))
          .append(" supported until |\n");
    }
    text.append("| ")
        .append("1.".repeat(20_000))
        .append(" | ")
        .append("end of ".repeat(20_000))
        .append(" |\n");
    assertThat(SupportMatrixReader.readMarkdown("p", "S.md", text.toString(), NOW).getLines())
        .hasSize(2_001);
  }

  private static String table(Random random, boolean withNo) {
    StringBuilder text = new StringBuilder();
    if (random.nextInt(4) == 0) {
      text.append("## Supported Versions\n\n");
    }
    int columns = 1 + random.nextInt(4);
    boolean plain = random.nextInt(3) > 0;
    text.append(plain ? "| Version | Supported |" : "|");
    if (!plain) {
      for (int c = 0; c < columns; c++) {
        text.append(' ').append(pick(random, HEADERS)).append(" |");
      }
    } else {
      columns = 2;
    }
    text.append("\n|").append("---|".repeat(columns)).append('\n');
    int rows = random.nextInt(6);
    for (int r = 0; r < rows; r++) {
      text.append("| ").append(pick(random, RANGES));
      int cells = random.nextInt(8) == 0 ? random.nextInt(5) : columns - 1;
      for (int c = 0; c < cells; c++) {
        int kind = random.nextInt(withNo ? 3 : 2);
        text.append(" | ").append(pick(random, kind == 0 ? YES : kind == 1 ? NOT_NO : NO));
      }
      text.append(random.nextInt(10) == 0 ? "\n" : " |\n");
    }
    return text.toString();
  }

  private static String pick(Random random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
