package dev.sluice.streams.rules.support;

import dev.sluice.events.Support;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one cell of a status column says.
 *
 * @param says SUPPORTED, UNSUPPORTED, or UNKNOWN where it says something that cannot be read
 * @param nothing whether the cell is empty or not applicable: it says nothing at all
 * @param until last day of support; null if none is named
 * @param warnings why it is unknown or doubtful
 */
record StatusCell(Support says, boolean nothing, LocalDate until, List<String> warnings) {

  /** A cell that goes on for longer says more than yes or no. */
  private static final int LONGEST = 400;

  private static final String YES_MARK = "\u0001";
  private static final String NO_MARK = "\u0002";

  private static final Pattern YES_MARKS =
      Pattern.compile(
          "[✅✔☑✓🟢👍💚🆗🟩]|:(?:white_check_mark|heavy_check_mark|ballot_box_with_check|check_mark|check"
              + "|check_mark_button|green_circle|large_green_circle|green_heart|thumbsup|\\+1|ok|ok_hand|tick|yes"
              + "|green_square|large_green_square):|\\[[xX]\\](?!\\()");
  private static final Pattern NO_MARKS =
      Pattern.compile(
          "[❌✖✗✘🚫⛔🛑🔴👎🟥]|:(?:x|heavy_multiplication_x|no_entry|no_entry_sign|octagonal_sign|stop_sign"
              + "|red_circle|large_red_circle|cross_mark|thumbsdown|-1|prohibited|no|red_square|large_red_square):|\\[ \\]");
  private static final Pattern NO_WORDS =
      Pattern.compile(
          "(?<![a-z])(?<!not )(?<!non-)(?:unsupported|not[ -](?:currently[ -]|actively[ -])?(?:supported|maintained)|no[ -]longer[ -]"
              + "(?:supported|maintained)|no[ -](?:support|updates|fixes|security[ -](?:fixes|updates|patches))"
              + "|end[ -]of[ -](?:life|support|service)|eol|eos|end-of-life|discontinued"
              + "|unmaintained|obsolete|retired|abandoned|inactive|dropped)(?![a-z])");
  private static final Pattern YES_WORDS =
      Pattern.compile(
          "(?<![a-z])(?:supported|maintained|active(?:ly)?|current|lts|long[ -]term[ -]support|stable|full(?: support)?"
              + "|security(?:[ -](?:fix(?:es)?|updates?|patch(?:es)?|only|support|maintenance))*|bug[ -]?fix(?:es)?"
              + "|feature updates?|features?|critical(?: issues?| fixes| bugs)?|patches|maintenance|updates)(?![a-z])");
  private static final Pattern LIMITED =
      Pattern.compile("(?<![a-z])(?:only|critical)(?![a-z])|^(?:bug[ -]?fix(?:es)?|maintenance)$");
  private static final Pattern OPEN_END =
      Pattern.compile("(?<![a-z])(?:further notice|indefinite(?:ly)?|ongoing|present)(?![a-z])");
  private static final Pattern DOUBT =
      Pattern.compile(
          "(?<![a-z])(?:tbd|tba|tbc|to be (?:defined|decided|determined|announced)|unknown|unclear|maybe|perhaps"
              + "|best[ -]effort|not yet|planned|upcoming|deprecated|case[ -]by[ -]case|partial(?:ly)?|limited|except|unless"
              + "|ends?|ending|soon|phasing|paid|commercial|contact|unreleased|preview)(?![a-z])|\\?");
  private static final Pattern UNSETTLED =
      Pattern.compile(
          "(?<![a-z])(?:tb[dac]|to be (?:defined|decided|determined|announced|confirmed))(?![a-z])");
  private static final Pattern FROM =
      Pattern.compile("(?<![a-z])(?:after|from|since|as of|starting|beginning|released)(?![a-z])");
  private static final Pattern FUTURE_YES =
      Pattern.compile("(?<![a-z])(?:will|soon|planned|upcoming)(?![a-z])");

  StatusCell {
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads one cell.
   *
   * @param endColumn whether the column is about the end of support, so that a bare date is that
   * @param today decides whether a stated end lies in the past
   */
  static StatusCell read(
      String cell, boolean endColumn, DateText.Slashes slashes, LocalDate today) {
    if (cell.length() > LONGEST) {
      return unknown("longer than " + LONGEST + " characters");
    }
    String text = cell.replaceAll("[\\uFE0E\\uFE0F\\u200D]", "").replace('\u00a0', ' ').strip();
    String lower = text.toLowerCase(Locale.ROOT).replaceAll("[*_`]+$|^[*_`]+", "").strip();
    if (lower.isEmpty() || lower.matches("[-–—.]+|n/?a|n\\.a\\.|not applicable")) {
      return new StatusCell(Support.UNKNOWN, true, null, List.of());
    }
    String marked =
        NO_MARKS.matcher(YES_MARKS.matcher(lower).replaceAll(YES_MARK)).replaceAll(NO_MARK);
    boolean yesMark = marked.contains(YES_MARK);
    boolean noMark = marked.contains(NO_MARK);
    if (yesMark && noMark) {
      return unknown("both a yes and a no mark in \"" + text + "\"");
    }
    String words = marked.replace(YES_MARK, " ").replace(NO_MARK, " ");
    DateText.Found dates = DateText.read(words, slashes);
    String rest = dates.rest().replaceAll("\\s+", " ").strip();
    if (noMark) {
      return no(text, rest, dates, today);
    }
    if (!dates.problem().isEmpty()) {
      return unknown(dates.problem());
    }
    if (dates.dates().size() > 1) {
      return unknown("more than one date in \"" + text + "\"");
    }
    LocalDate date = dates.dates().isEmpty() ? null : dates.dates().get(0);
    if (yesMark) {
      return yes(text, rest, date);
    }
    return words(text, rest, date, dates, endColumn, today);
  }

  private static StatusCell no(String text, String rest, DateText.Found dates, LocalDate today) {
    boolean future = dates.dates().stream().anyMatch(d -> !d.isBefore(today));
    if (future || !dates.problem().isEmpty()) {
      return unknown("a no mark beside a date that is not past in \"" + text + "\"");
    }
    Matcher yesWords = YES_WORDS.matcher(NO_WORDS.matcher(rest).replaceAll(" "));
    if (yesWords.find() && !rest.contains("ended") && !rest.contains("end")) {
      return unknown("a no mark beside \"" + yesWords.group() + "\" in \"" + text + "\"");
    }
    return new StatusCell(Support.UNSUPPORTED, false, null, List.of());
  }

  private static StatusCell yes(String text, String rest, LocalDate date) {
    if (NO_WORDS.matcher(rest).find() && date == null) {
      return unknown("a yes mark beside \"" + rest + "\"");
    }
    if (date != null && FROM.matcher(rest).find()) {
      return new StatusCell(
          Support.SUPPORTED,
          false,
          null,
          List.of("says since when, not until when: \"" + text + "\""));
    }
    return new StatusCell(Support.SUPPORTED, false, date, remark(rest, text));
  }

  private static StatusCell words(
      String text,
      String rest,
      LocalDate date,
      DateText.Found dates,
      boolean endColumn,
      LocalDate today) {
    if (endColumn && UNSETTLED.matcher(rest).find() && !NO_WORDS.matcher(rest).find()) {
      return new StatusCell(
          Support.SUPPORTED, false, null, List.of("the end is not settled: \"" + text + "\""));
    }
    if (date != null) {
      return dated(text, rest, date, endColumn, today);
    }
    if (OPEN_END.matcher(rest).find() && endColumn) {
      return new StatusCell(Support.SUPPORTED, false, null, List.of());
    }
    if (rest.matches("(?:yes|y|true|ok)[.!]?")) {
      return new StatusCell(Support.SUPPORTED, false, null, List.of());
    }
    if (rest.matches("(?:no|n|false|none|never|ended|eol|expired|no longer|not any ?more)[.!]?")) {
      return new StatusCell(Support.UNSUPPORTED, false, null, List.of());
    }
    boolean no = NO_WORDS.matcher(rest).find();
    String positive = NO_WORDS.matcher(rest).replaceAll(" ");
    boolean yes = YES_WORDS.matcher(positive).find() || positive.matches("yes\\b.*");
    boolean doubt = DOUBT.matcher(NO_WORDS.matcher(rest).replaceAll(" ")).find();
    boolean negated = positive.matches("(?s).*(?<![a-z])(?:no|not|never|without|non)(?![a-z]).*");
    if (no && !yes && !doubt) {
      return new StatusCell(Support.UNSUPPORTED, false, null, List.of());
    }
    if (yes && !no && !doubt && !negated) {
      return new StatusCell(Support.SUPPORTED, false, null, remark(rest, text));
    }
    return unknown("\"" + text + "\" is neither a clear yes nor a clear no");
  }

  private static StatusCell dated(
      String text, String rest, LocalDate date, boolean endColumn, LocalDate today) {
    List<String> warnings = new ArrayList<>();
    if (rest.contains("plan") || rest.contains("expected") || rest.contains("tentativ")) {
      warnings.add("the date is a plan: \"" + text + "\"");
    }
    boolean ended =
        NO_WORDS.matcher(rest).find() || rest.matches("(?s).*(?<![a-z])ended(?![a-z]).*");
    boolean until =
        rest.matches(
            "(?s).*(?<![a-z])(?:until|till|til|through|thru|ends?|ending|by|to|up to|before|expires?)(?![a-z]).*");
    if (FROM.matcher(rest).find() && !ended) {
      return unknown("\"" + text + "\" says since when, not until when");
    }
    if (text.strip().matches("(?:19|20)\\d\\d") && !endColumn) {
      return unknown("\"" + text + "\" is a year and nothing more");
    }
    if (!endColumn && !until && !ended) {
      warnings.add("a date without a word is read as the last day of support: \"" + text + "\"");
    }
    return new StatusCell(Support.SUPPORTED, false, date, warnings);
  }

  private static List<String> remark(String rest, String text) {
    if (FUTURE_YES.matcher(rest).find()) {
      return List.of("support is announced: \"" + text + "\"");
    }
    return LIMITED.matcher(rest).find()
        ? List.of("support is limited: \"" + text + "\"")
        : List.of();
  }

  private static StatusCell unknown(String warning) {
    return new StatusCell(Support.UNKNOWN, false, null, List.of(warning));
  }
}
