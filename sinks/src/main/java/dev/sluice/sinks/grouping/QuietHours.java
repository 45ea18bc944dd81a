package dev.sluice.sinks.grouping;

import dev.sluice.settings.Setting;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When nobody is to be told, at {@code sinks.NAME.grouping.quiet-hours}. A span that ends before it
 * begins lasts until the next day and belongs to the day on which it begins. Where clocks are put
 * forward or back, {@code from} and {@code to} are what the clock on the wall shows.
 */
public record QuietHours(
    @Setting(value = "UTC", doc = "Time zone, for example Europe/Berlin.") String zone,
    @Setting(doc = "Begin, for example 22:00; empty: there are none.") String from,
    @Setting(doc = "End, for example 07:00; the same as from: the whole day.") String to,
    @Setting(doc = "Days on which they begin, for example FRI, SAT; empty: each day.")
        List<String> days) {

  public QuietHours {
    days = List.copyOf(days);
    try {
      ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "zone must be a time zone such as Europe/Berlin, not " + zone, e);
    }
    if (from.isEmpty() != to.isEmpty()) {
      throw new IllegalArgumentException("from and to must be set both, or none of them");
    }
    if (!from.isEmpty()) {
      time("from", from);
      time("to", to);
    }
    days.forEach(QuietHours::day);
  }

  /**
   * When one may be told what came to pass at some time.
   *
   * @return that time itself, or the end of the quiet hours that it lies in
   */
  public Instant end(Instant at) {
    Instant end = at;
    // Spans that follow on each other, whole days for example, are one; all days are no end at all.
    for (int spans = 0; spans < 8; spans++) {
      Instant later = endOfSpan(end);
      if (later.equals(end)) {
        return end;
      }
      end = later;
    }
    return end;
  }

  private Instant endOfSpan(Instant at) {
    if (from.isEmpty()) {
      return at;
    }
    LocalDate today = at.atZone(ZoneId.of(zone)).toLocalDate();
    for (LocalDate day : List.of(today.minusDays(1), today)) {
      if (isQuiet(day.getDayOfWeek())) {
        LocalTime begin = time("from", from);
        LocalTime stop = time("to", to);
        Instant begins = instant(day, begin);
        Instant ends = instant(stop.isAfter(begin) ? day : day.plusDays(1), stop);
        if (!at.isBefore(begins) && at.isBefore(ends)) {
          return ends;
        }
      }
    }
    return at;
  }

  private Instant instant(LocalDate day, LocalTime time) {
    return ZonedDateTime.of(day, time, ZoneId.of(zone)).toInstant();
  }

  private boolean isQuiet(DayOfWeek day) {
    Set<DayOfWeek> all =
        days.stream()
            .map(QuietHours::day)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(DayOfWeek.class)));
    return all.isEmpty() || all.contains(day);
  }

  private static LocalTime time(String key, String text) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          key + " must be a time such as 22:00, in quotes in YAML, not " + text, e);
    }
  }

  private static DayOfWeek day(String text) {
    String upper = text.strip().toUpperCase(Locale.ROOT);
    return Arrays.stream(DayOfWeek.values())
        .filter(day -> upper.length() >= 3 && day.name().startsWith(upper))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("days are MON, TUE and so on, not " + text));
  }
}
