package dev.sluice.streams.rules.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.Support;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusCellTest {

  private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

  private static StatusCell read(String cell) {
    return StatusCell.read(cell, false, DateText.Slashes.UNKNOWN, TODAY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "✅",
        "✔️",
        "☑",
        "✓",
        "🟢",
        "👍",
        ":white_check_mark:",
        ":heavy_check_mark:",
        ":ballot_box_with_check:",
        ":+1:",
        "yes",
        "Yes.",
        "Y",
        "true",
        "Supported",
        "supported ✅",
        "**Yes**",
        "Active",
        "LTS",
        "Maintained",
        "Security fixes only",
        "Bug fixes and security patches",
        "Critical issues only",
        "current",
        "[x]",
        "✅ Yes",
        "✅ (security only)",
        "✅ as soon as officially released",
        "Security support"
      })
  void readsAsSupported(String cell) {
    assertThat(read(cell))
        .extracting(StatusCell::says, StatusCell::until)
        .containsExactly(Support.SUPPORTED, null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "❌",
        "✖",
        "✗",
        "🚫",
        "⛔",
        "🛑",
        "🔴",
        ":x:",
        ":no_entry:",
        ":no_entry_sign:",
        ":heavy_multiplication_x:",
        ":-1:",
        "no",
        "No.",
        "N",
        "false",
        "Unsupported",
        "Not supported",
        "No longer supported",
        "EOL",
        "End of Life",
        "end-of-life",
        "Discontinued",
        "Unmaintained",
        "❌ EOL",
        ":x:, ended June 15th 2022",
        "❌ No longer supported",
        "none"
      })
  void readsAsUnsupported(String cell) {
    assertThat(read(cell).says()).isEqualTo(Support.UNSUPPORTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "❗",
        ":exclamation:",
        ":warning:",
        "⚠️",
        "maybe",
        "Best effort",
        "To be defined",
        "TBD",
        "?",
        "2024-2025",
        "✅ ❌",
        ":x: until 2027-01-01",
        "❌ (EOL 2026-12-31)",
        "Deprecated",
        "not yet",
        "31/06/2021",
        "06/01/2023",
        "since 2024-01-01",
        "from 2020",
        "2020",
        "paid support only",
        "✅ EOL",
        "supported, not maintained",
        "limited support",
        "contact us",
        "Ends soon",
        "❌ after 30/02/2027",
        "not EOL",
        "non-LTS",
        "See below",
        "❌ security updates"
      })
  void readsAsUnknownAndSaysWhy(String cell) {
    StatusCell read = read(cell);
    assertThat(read.says()).as(cell).isEqualTo(Support.UNKNOWN);
    assertThat(read.nothing()).isFalse();
    assertThat(read.warnings()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-", "—", "N/A", "n/a"})
  void readsAsNothingSaid(String cell) {
    assertThat(read(cell).nothing()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Until 2023-12-31 | 2023-12-31",
        "✅ till 2027 April 30 | 2027-04-30",
        "September 10th 2022 | 2022-09-10",
        "10 September 2022 | 2022-09-10",
        "Sep 10, 2022 | 2022-09-10",
        "30/06/2022 | 2022-06-30",
        "06/30/2022 | 2022-06-30",
        "30.06.2022 | 2022-06-30",
        "until April 2026 | 2026-04-30",
        "until 2026-04 | 2026-04-30",
        "2024H2 | 2024-12-31",
        "Q3 2024 | 2024-09-30",
        "2026H2(plan) | 2026-12-31",
        "EOL 2026-12-31 | 2026-12-31",
        "Security fixes until February 2028 | 2028-02-29",
      })
  void readsTheLastDayOfSupport(String cell, LocalDate until) {
    assertThat(read(cell))
        .extracting(StatusCell::says, StatusCell::until)
        .containsExactly(Support.SUPPORTED, until);
  }

  @Test
  void otherDatesOfTheColumnSayWhetherTheDayComesFirst() {
    assertThat(StatusCell.read("06/01/2023", true, DateText.Slashes.DAY_FIRST, TODAY).until())
        .isEqualTo(LocalDate.parse("2023-01-06"));
    assertThat(DateText.slashes(java.util.List.of("06/01/2023", "30/06/2022")))
        .isEqualTo(DateText.Slashes.DAY_FIRST);
    assertThat(DateText.slashes(java.util.List.of("06/01/2023", "06/30/2022")))
        .isEqualTo(DateText.Slashes.MONTH_FIRST);
    assertThat(DateText.slashes(java.util.List.of("30/06/2022", "06/30/2022")))
        .isEqualTo(DateText.Slashes.UNKNOWN);
  }

  @Test
  void furtherNoticeInAnEndColumnIsAnOpenEnd() {
    assertThat(StatusCell.read("Further Notice", true, DateText.Slashes.UNKNOWN, TODAY).says())
        .isEqualTo(Support.SUPPORTED);
  }

  @Test
  void aPlannedDateIsWarnedOf() {
    assertThat(read("2026H2(plan)").warnings()).anyMatch(w -> w.contains("plan"));
  }
}
