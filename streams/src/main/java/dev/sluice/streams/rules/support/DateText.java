package dev.sluice.streams.rules.support;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates as people write them in support tables; a month, quarter, half or year means its last day.
 */
final class DateText {

  /** Which number comes first in 06/01/2023. */
  enum Slashes {
    DAY_FIRST,
    MONTH_FIRST,
    UNKNOWN
  }

  /**
   * What a cell says about dates.
   *
   * @param dates dates that can be told, in order
   * @param problem why a date cannot be told; empty if there is none that cannot
   * @param rest the cell without its dates
   */
  record Found(List<LocalDate> dates, String problem, String rest) {}

  private static final String YEAR = "(?:19|20)\\d\\d";
  private static final String MONTHS =
      "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
          + "|nov(?:ember)?|dec(?:ember)?";
  private static final Map<String, Integer> MONTH_NUMBERS =
      Map.ofEntries(
          Map.entry("jan", 1),
          Map.entry("feb", 2),
          Map.entry("mar", 3),
          Map.entry("apr", 4),
          Map.entry("may", 5),
          Map.entry("jun", 6),
          Map.entry("jul", 7),
          Map.entry("aug", 8),
          Map.entry("sep", 9),
          Map.entry("oct", 10),
          Map.entry("nov", 11),
          Map.entry("dec", 12));
  private static final Pattern DATE =
      Pattern.compile(
          "(?i)(?<![\\d.])(?:"
              + "(?<iy>"
              + YEAR
              + ")[-/.](?<im>\\d{1,2})(?:[-/.](?<id>\\d{1,2}))?"
              + "|(?<s1>\\d{1,2})[/.-](?<s2>\\d{1,2})[/.-](?<sy>"
              + YEAR
              + ")"
              + "|(?<dd>\\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -](?<dm>"
              + MONTHS
              + ")\\.?,?[ -](?<dy>"
              + YEAR
              + ")"
              + "|(?<mm>"
              + MONTHS
              + ")\\.?[ -](?<md>\\d{1,2})(?:st|nd|rd|th)?,?[ -](?<my>"
              + YEAR
              + ")"
              + "|(?<yy>"
              + YEAR
              + ")[ -](?<ym>"
              + MONTHS
              + ")\\.?(?:[ -](?<yd>\\d{1,2})(?:st|nd|rd|th)?)?"
              + "|(?<om>"
              + MONTHS
              + ")\\.?,?[ -](?<oy>"
              + YEAR
              + ")"
              + "|(?<qy>"
              + YEAR
              + ")[ -]?(?<qk>[QH])(?<qn>[1-4])"
              + "|(?<pk>[QH])(?<pn>[1-4])[ -](?<py>"
              + YEAR
              + ")"
              + "|(?<year>"
              + YEAR
              + ")"
              + ")(?![\\d])");

  private DateText() {}

  static Found read(String text, Slashes slashes) {
    List<LocalDate> dates = new ArrayList<>();
    String problem = "";
    Matcher m = DATE.matcher(text);
    StringBuilder rest = new StringBuilder();
    int at = 0;
    while (m.find()) {
      rest.append(text, at, m.start()).append(' ');
      at = m.end();
      try {
        LocalDate date = date(m, slashes);
        if (date == null) {
          problem = "\"" + m.group() + "\" may mean day or month first";
        } else {
          dates.add(date);
        }
      } catch (DateTimeException noSuchDay) {
        problem = "\"" + m.group() + "\" is no date";
      }
    }
    return new Found(List.copyOf(dates), problem, rest.append(text.substring(at)).toString());
  }

  /** Which order the dates of a column prove: a number above 12 is no month. */
  static Slashes slashes(List<String> cells) {
    boolean dayFirst = false;
    boolean monthFirst = false;
    for (String cell : cells) {
      Matcher m = DATE.matcher(cell);
      while (m.find()) {
        if (m.group("s1") != null) {
          dayFirst |= Integer.parseInt(m.group("s1")) > 12;
          monthFirst |= Integer.parseInt(m.group("s2")) > 12;
        }
      }
    }
    if (dayFirst == monthFirst) {
      return Slashes.UNKNOWN;
    }
    return dayFirst ? Slashes.DAY_FIRST : Slashes.MONTH_FIRST;
  }

  private static LocalDate date(Matcher m, Slashes slashes) {
    if (m.group("iy") != null) {
      return m.group("id") == null
          ? endOf(m.group("iy"), Integer.parseInt(m.group("im")))
          : day(m.group("iy"), Integer.parseInt(m.group("im")), m.group("id"));
    }
    if (m.group("s1") != null) {
      return slashed(m, slashes);
    }
    if (m.group("dd") != null) {
      return day(m.group("dy"), month(m.group("dm")), m.group("dd"));
    }
    if (m.group("mm") != null) {
      return day(m.group("my"), month(m.group("mm")), m.group("md"));
    }
    if (m.group("yy") != null) {
      return m.group("yd") == null
          ? endOf(m.group("yy"), month(m.group("ym")))
          : day(m.group("yy"), month(m.group("ym")), m.group("yd"));
    }
    if (m.group("om") != null) {
      return endOf(m.group("oy"), month(m.group("om")));
    }
    if (m.group("qy") != null) {
      return part(m.group("qy"), m.group("qk"), m.group("qn"));
    }
    if (m.group("pk") != null) {
      return part(m.group("py"), m.group("pk"), m.group("pn"));
    }
    return endOf(m.group("year"), 12);
  }

  private static LocalDate slashed(Matcher m, Slashes slashes) {
    int first = Integer.parseInt(m.group("s1"));
    int second = Integer.parseInt(m.group("s2"));
    String year = m.group("sy");
    // German and Swiss dates are the only ones with dots, and always begin with the day.
    boolean dots = m.group().contains(".");
    if (first == second || first > 12 || dots || slashes == Slashes.DAY_FIRST) {
      return day(year, second, m.group("s1"));
    }
    if (second > 12 || slashes == Slashes.MONTH_FIRST) {
      return day(year, first, m.group("s2"));
    }
    return null;
  }

  private static LocalDate part(String year, String kind, String number) {
    int n = Integer.parseInt(number);
    boolean half = kind.equalsIgnoreCase("H");
    if (half && n > 2) {
      throw new DateTimeException("a year has two halves");
    }
    return endOf(year, half ? n * 6 : n * 3);
  }

  private static LocalDate day(String year, int month, String day) {
    return LocalDate.of(Integer.parseInt(year), month, Integer.parseInt(day));
  }

  private static LocalDate endOf(String year, int month) {
    return YearMonth.of(Integer.parseInt(year), month).atEndOfMonth();
  }

  private static int month(String name) {
    return MONTH_NUMBERS.get(name.substring(0, 3).toLowerCase(Locale.ROOT));
  }
}
