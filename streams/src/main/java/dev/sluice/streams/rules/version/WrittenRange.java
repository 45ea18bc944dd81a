package dev.sluice.streams.rules.version;

import dev.sluice.streams.rules.version.VersionRange.Interval;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of versions as people write it in a support table.
 *
 * @param kind what sort of range it is
 * @param range the versions it surely speaks of; for {@code LATEST}, {@code OLDER} and {@code
 *     PRE_RELEASE} the versions it may speak of; empty where that is everything
 * @param name name of the release line, where the range is one; else empty
 * @param depth numbers that name the line: 1 for {@code 5.x}, 2 for {@code 5.1.x}; else 0
 * @param label lower-case pre-release label or branch name; else empty
 */
public record WrittenRange(
    Kind kind, Optional<VersionRange> range, String name, int depth, String label) {

  /** Sorts of ranges. */
  public enum Kind {
    /** One release line: {@code 5.x}, {@code 1.2}, {@code v2}. */
    LINE,
    /** Anything else with fixed ends: {@code < 4.0}, {@code >= 4.0, < 5}, {@code 1.2.3}. */
    RANGE,
    /** The newest of a line or of all: {@code latest}, {@code 2.latest}. It moves with time. */
    LATEST,
    /** All but the newest of a line: {@code Older 3.x}. It moves with time. */
    OLDER,
    /** Only pre-releases of a line: {@code 2.0 RC}. */
    PRE_RELEASE,
    /** What no other row speaks of. */
    OTHER,
    /** A branch: {@code main}. */
    BRANCH,
    /** Not understood. */
    UNREADABLE
  }

  private static final int LONGEST = 300;
  private static final String NUMBER = "[vV]?\\d+(?:\\.(?:\\d+|[xX*]))*(?:\\.[xX*])?";
  private static final Pattern ONE = Pattern.compile(NUMBER);
  private static final Pattern CONSTRAINT =
      Pattern.compile("(?<op>>=|=>|≥|<=|=<|≤|==|~>|[<>=^~])?\\s*(?<v>" + NUMBER + ")(?<plus>\\+)?");
  private static final Pattern SPAN =
      Pattern.compile(
          "(?<a>" + NUMBER + ")\\s*(?:-|–|—|\\.\\.\\.?|to|through|until)\\s*(?<b>" + NUMBER + ")");
  private static final Pattern BRANCH =
      Pattern.compile(
          "(?i)(main|master|trunk|develop|development|head|edge|nightly|canary|next|dev)( branch)?");
  private static final Pattern OTHER =
      Pattern.compile(
          "(?i)(?:all |any |every )?(?:others?|older|old|earlier|previous|prior|the rest|rest|everything else|"
              + "everything older|anything else|anything older|all else)(?: (?:versions?|releases?|series|ones|lines?))*");
  private static final Pattern LATEST =
      Pattern.compile("(?i)\\b(latest|newest|most recent|current|last)\\b");
  private static final Pattern OLDER = Pattern.compile("(?i)\\b(older|earlier|previous|other)\\b");
  private static final Pattern PRE_RELEASE =
      Pattern.compile(
          "(?i)\\b(alpha|beta|rc|release candidate|preview|milestone|snapshot)s?\\b(?:\\.[*x](?![\\w.]))?");
  private static final Pattern NOISE =
      Pattern.compile(
          "(?i)\\b(versions?|releases?|series|lts|esr|lines?|branch(?:es)?|stable|ga|final|the|in|of|all|any|tags?|"
              + "long[- ]term support|minor|major|patch(?:es)?)\\b|/");
  private static final Pattern UP =
      Pattern.compile(
          "(?i)\\s*(?:,|\\b(?:and|or)\\b|&)?\\s*\\b(?:above|newer|up|later|higher|onwards?)\\b");
  private static final Pattern DOWN =
      Pattern.compile(
          "(?i)\\s*(?:,|\\b(?:and|or)\\b|&)?\\s*\\b(?:below|older|lower|earlier|under|prior|before)\\b");
  private static final Pattern BEFORE_WORD =
      Pattern.compile(
          "(?i)\\b(?:below|older than|lower than|earlier than|less than|prior to|before|under)\\s*(?=[vV]?\\d)");
  private static final Pattern AFTER_WORD =
      Pattern.compile("(?i)\\b(?:newer than|later than|greater than|above|after)\\s*(?=[vV]?\\d)");

  /** Reads one cell. Never throws; what is not understood is {@code UNREADABLE}. */
  public static WrittenRange read(String written) {
    String text = written == null ? "" : written.strip();
    if (text.isEmpty() || text.length() > LONGEST) {
      return unreadable();
    }
    // A remark in brackets says something about the line, it does not name it: 7.x (alpha).
    String bare =
        text.replaceAll("\\([^()]*\\)|\\[[^\\[\\]]*\\]", " ").replaceAll("\\s+", " ").strip();
    if (bare.isEmpty()) {
      return unreadable();
    }
    if (OTHER.matcher(bare).matches()) {
      return new WrittenRange(Kind.OTHER, Optional.empty(), "", 0, "");
    }
    Matcher branch = BRANCH.matcher(bare.replaceAll("^[`'\"]|[`'\"]$", ""));
    if (branch.matches()) {
      String name = branch.group(1).toLowerCase(Locale.ROOT);
      return new WrittenRange(Kind.BRANCH, Optional.empty(), name, 0, name);
    }
    if (LATEST.matcher(bare).find()) {
      return latest(bare);
    }
    Matcher pre = PRE_RELEASE.matcher(bare);
    if (pre.find()) {
      String label = pre.group(1).toLowerCase(Locale.ROOT);
      String core = pre.replaceAll(" ").replaceAll("[\\s-]+$", "");
      WrittenRange scope = read(core);
      return scope.kind == Kind.LINE || ONE.matcher(core).matches()
          ? new WrittenRange(
              Kind.PRE_RELEASE, scope.range, "", 0, label.startsWith("release") ? "rc" : label)
          : unreadable();
    }
    String worded = BEFORE_WORD.matcher(bare).replaceAll("< ");
    worded = AFTER_WORD.matcher(worded).replaceAll("> ");
    boolean up = UP.matcher(worded).find();
    boolean down = DOWN.matcher(worded).find();
    if (up && down) {
      return unreadable();
    }
    if (!up && !down && OLDER.matcher(worded).find()) {
      return older(OLDER.matcher(worded).replaceAll(" "));
    }
    if (up || down) {
      String rest = DOWN.matcher(UP.matcher(worded).replaceAll(" ")).replaceAll(" ").strip();
      if (down && OLDER.matcher(bare).lookingAt()) {
        return older(rest);
      }
      String core = NOISE.matcher(rest).replaceAll(" ").strip();
      return ONE.matcher(core).matches()
          ? new WrittenRange(Kind.RANGE, Optional.of(bound(up ? ">=" : "<=", core)), "", 0, "")
          : unreadable();
    }
    return numbers(NOISE.matcher(worded).replaceAll(" ").replaceAll("\\s+", " ").strip());
  }

  private static WrittenRange latest(String bare) {
    String rest =
        NOISE
            .matcher(LATEST.matcher(bare).replaceAll(" "))
            .replaceAll(" ")
            .replaceAll("\\s+", " ")
            .strip();
    boolean below = rest.startsWith("<");
    String scope = rest.replaceAll("^[<>=~^ ]+|[. ]+$", "").replace(". ", ".");
    if (below) {
      // "< 2.latest" moves with time; everything below 2 is surely meant.
      return ONE.matcher(scope).matches()
          ? new WrittenRange(Kind.RANGE, Optional.of(bound("<", scope)), "", 0, "latest")
          : new WrittenRange(Kind.OLDER, Optional.empty(), "", 0, "");
    }
    if (scope.isEmpty()) {
      return new WrittenRange(Kind.LATEST, Optional.empty(), "", 0, "");
    }
    WrittenRange read = numbers(scope);
    return read.kind == Kind.LINE || read.kind == Kind.RANGE
        ? new WrittenRange(Kind.LATEST, read.range, "", 0, "")
        : unreadable();
  }

  private static WrittenRange older(String rest) {
    WrittenRange scope = numbers(NOISE.matcher(rest).replaceAll(" ").strip());
    return scope.kind == Kind.LINE
        ? new WrittenRange(Kind.OLDER, scope.range, "", 0, "")
        : unreadable();
  }

  private static WrittenRange numbers(String written) {
    // "1 - LTS" without its remark.
    String text = written.replaceAll("[\\s–—-]+$", "");
    if (ONE.matcher(text).matches()) {
      int depth = depth(text);
      boolean exact = depth > 2 && !isWild(text);
      return exact
          ? new WrittenRange(Kind.RANGE, Optional.of(bound("=", text)), "", 0, "")
          : new WrittenRange(Kind.LINE, Optional.of(bound("=", text)), text, depth, "");
    }
    Optional<VersionRange> union = Optional.empty();
    for (String alternative : text.split("\\|\\||(?i)\\bor\\b")) {
      Optional<VersionRange> one = alternative(alternative.strip());
      if (one.isEmpty()) {
        return unreadable();
      }
      union = union.isEmpty() ? one : Optional.of(union.get().union(one.get()));
    }
    return new WrittenRange(Kind.RANGE, union, "", 0, "");
  }

  /** Bounds that hold together, or a list of versions, or a span. */
  private static Optional<VersionRange> alternative(String text) {
    Matcher span = SPAN.matcher(text);
    if (span.matches()) {
      return bound(">=", span.group("a")).intersect(bound("<=", span.group("b")));
    }
    Matcher constraint = CONSTRAINT.matcher(text);
    Optional<VersionRange> bounds = Optional.empty();
    Optional<VersionRange> list = Optional.empty();
    int at = 0;
    while (constraint.find()) {
      if (!text.substring(at, constraint.start()).matches("(?i)[\\s,;&]*(?:and)?[\\s,;&]*")) {
        return Optional.empty();
      }
      at = constraint.end();
      String op = constraint.group("op") == null ? "" : constraint.group("op");
      if (constraint.group("plus") != null) {
        if (!op.isEmpty()) {
          return Optional.empty();
        }
        op = ">=";
      }
      VersionRange one = bound(op, constraint.group("v"));
      if (op.isEmpty() || op.equals("=") || op.equals("==")) {
        list = Optional.of(list.isEmpty() ? one : list.get().union(one));
      } else {
        bounds = bounds.isEmpty() ? Optional.of(one) : bounds.get().intersect(one);
        if (bounds.isEmpty()) {
          return Optional.empty();
        }
      }
    }
    if (!text.substring(at).isBlank() || (bounds.isPresent() && list.isPresent())) {
      return Optional.empty();
    }
    return bounds.isPresent() ? bounds : list;
  }

  /**
   * One bound. A version of one or two numbers, or with a wildcard, means its whole line: {@code <=
   * 3.19} includes 3.19.4.
   */
  private static VersionRange bound(String op, String written) {
    String low = core(written);
    String next = next(low);
    boolean line = isWild(written) || depth(written) <= 2;
    Interval interval =
        switch (op) {
          case ">=", "=>", "≥" -> new Interval(low, true, null, false);
          case ">" ->
              line ? new Interval(next, true, null, false) : new Interval(low, false, null, false);
          case "<" -> new Interval(null, false, low, false);
          case "<=", "=<", "≤" ->
              line ? new Interval(null, false, next, false) : new Interval(null, false, low, true);
          case "^" -> new Interval(low, true, next(caretBase(low)), false);
          case "~" -> new Interval(low, true, next(prefix(low, 2)), false);
          case "~>" ->
              new Interval(low, true, next(prefix(low, Math.max(1, depth(low) - 1))), false);
          default ->
              line ? new Interval(low, true, next, false) : new Interval(low, true, low, true);
        };
    return VersionRange.of(interval);
  }

  private static boolean isWild(String written) {
    return written.indexOf('x') >= 0 || written.indexOf('X') >= 0 || written.indexOf('*') >= 0;
  }

  /** Numbers before the first wildcard. */
  private static int depth(String written) {
    return core(written).split("\\.").length;
  }

  private static String core(String written) {
    String v = written.startsWith("v") || written.startsWith("V") ? written.substring(1) : written;
    return v.substring(0, SemverOrder.endOfCore(v));
  }

  private static String prefix(String core, int depth) {
    String[] parts = core.split("\\.");
    return String.join(
        ".", java.util.Arrays.asList(parts).subList(0, Math.min(depth, parts.length)));
  }

  /** npm's caret: up to the first number that is not 0. */
  private static String caretBase(String core) {
    String[] parts = core.split("\\.");
    int depth = 1;
    while (depth < parts.length && Numbers.isZero(parts[depth - 1])) {
      depth++;
    }
    return prefix(core, depth);
  }

  private static String next(String core) {
    int dot = core.lastIndexOf('.');
    String last = core.substring(dot + 1);
    return core.substring(0, dot + 1)
        + new java.math.BigInteger(last).add(java.math.BigInteger.ONE);
  }

  private static WrittenRange unreadable() {
    return new WrittenRange(Kind.UNREADABLE, Optional.empty(), "", 0, "");
  }
}
