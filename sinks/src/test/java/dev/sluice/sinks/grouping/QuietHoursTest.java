package dev.sluice.sinks.grouping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QuietHoursTest {
  @Test
  void thereAreNoneByDefault() {
    Instant at = Instant.parse("2026-03-01T03:00:00Z");
    assertThat(new QuietHours("UTC", "", "", List.of()).end(at)).isEqualTo(at);
  }

  @Test
  void aNightEndsInTheMorning() {
    QuietHours night = new QuietHours("Europe/Berlin", "22:00", "07:00", List.of());
    assertThat(night.end(Instant.parse("2026-01-05T21:30:00Z")))
        .isEqualTo(Instant.parse("2026-01-06T06:00:00Z"));
    assertThat(night.end(Instant.parse("2026-01-06T05:59:59Z")))
        .isEqualTo(Instant.parse("2026-01-06T06:00:00Z"));
    assertThat(night.end(Instant.parse("2026-01-06T06:00:00Z")))
        .isEqualTo(Instant.parse("2026-01-06T06:00:00Z"));
  }

  @Test
  void aNightBelongsToTheDayOnWhichItBegins() {
    QuietHours fridays = new QuietHours("UTC", "22:00", "07:00", List.of("FRI"));
    Instant saturdayMorning = Instant.parse("2026-03-07T03:00:00Z");
    Instant fridayMorning = Instant.parse("2026-03-06T03:00:00Z");
    assertThat(fridays.end(saturdayMorning)).isEqualTo(Instant.parse("2026-03-07T07:00:00Z"));
    assertThat(fridays.end(fridayMorning)).isEqualTo(fridayMorning);
  }

  @Test
  void aWeekendOfWholeDaysIsOne() {
    QuietHours weekend = new QuietHours("UTC", "00:00", "00:00", List.of("sat", "Sunday"));
    assertThat(weekend.end(Instant.parse("2026-03-07T10:00:00Z")))
        .isEqualTo(Instant.parse("2026-03-09T00:00:00Z"));
  }

  @Test
  void anHourThatTheClockSkipsEndsNoEarlier() {
    QuietHours night = new QuietHours("Europe/Berlin", "01:00", "02:30", List.of());
    assertThat(night.end(Instant.parse("2026-03-29T00:30:00Z")))
        .isEqualTo(Instant.parse("2026-03-29T01:30:00Z"));
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> new QuietHours("Mars/Base", "", "", List.of()))
        .hasMessageContaining("Mars/Base");
    assertThatThrownBy(() -> new QuietHours("UTC", "22", "07:00", List.of()))
        .hasMessage("from must be a time such as 22:00, in quotes in YAML, not 22");
    assertThatThrownBy(() -> new QuietHours("UTC", "22:00", "", List.of()))
        .hasMessageContaining("both");
    assertThatThrownBy(() -> new QuietHours("UTC", "22:00", "07:00", List.of("Caturday")))
        .hasMessage("days are MON, TUE and so on, not Caturday");
  }
}
