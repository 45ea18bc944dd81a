package dev.sluice.streams.rules.version;

import java.util.Comparator;
import java.util.Locale;

/**
 * Semantic Versioning 2.0.0, section 11, for any number of parts: missing parts are 0, build
 * metadata is ignored, a leading {@code v} too. What follows the numbers without a dash is read as
 * a pre-release, as npm's loose mode does.
 */
final class SemverOrder implements Comparator<String> {
  static final SemverOrder INSTANCE = new SemverOrder(false, false);

  /** Go also writes {@code go1.22.3} for its standard library. */
  static final SemverOrder GO = new SemverOrder(false, true);

  /** NuGet compares pre-release labels without regard to case. */
  static final SemverOrder INSTANCE_IGNORING_CASE = new SemverOrder(true, false);

  private final boolean ignoreCase;
  private final boolean go;

  private SemverOrder(boolean ignoreCase, boolean go) {
    this.ignoreCase = ignoreCase;
    this.go = go;
  }

  @Override
  public int compare(String a, String b) {
    Parsed left = parse(a);
    Parsed right = parse(b);
    int byCore = core(left.core, right.core);
    if (byCore != 0) {
      return byCore;
    }
    if (left.label.isEmpty() || right.label.isEmpty()) {
      return Boolean.compare(left.label.isEmpty(), right.label.isEmpty());
    }
    return labels(left.label.split("\\.", -1), right.label.split("\\.", -1));
  }

  /** Compares dotted numbers; missing ones are 0, and no number at all is older than 0. */
  static int core(String a, String b) {
    if (a.isEmpty() || b.isEmpty()) {
      return Boolean.compare(!a.isEmpty(), !b.isEmpty());
    }
    String[] left = a.split("\\.");
    String[] right = b.split("\\.");
    for (int i = 0; i < Math.max(left.length, right.length); i++) {
      int byPart =
          Numbers.compare(i < left.length ? left[i] : "", i < right.length ? right[i] : "");
      if (byPart != 0) {
        return byPart;
      }
    }
    return 0;
  }

  private static int labels(String[] a, String[] b) {
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      boolean numberA = Numbers.isNumber(a[i]);
      boolean numberB = Numbers.isNumber(b[i]);
      if (numberA != numberB) {
        return numberA ? -1 : 1;
      }
      int byLabel = numberA ? Numbers.compare(a[i], b[i]) : a[i].compareTo(b[i]);
      if (byLabel != 0) {
        return byLabel;
      }
    }
    return Integer.compare(a.length, b.length);
  }

  private Parsed parse(String version) {
    String v = ignoreCase ? version.toLowerCase(Locale.ROOT) : version;
    int start = 0;
    if (go && v.startsWith("go")) {
      start = 2;
    } else if (v.startsWith("v") || v.startsWith("V") || v.startsWith("=")) {
      start = 1;
    }
    int plus = v.indexOf('+', start);
    String rest = plus < 0 ? v.substring(start) : v.substring(start, plus);
    int end = endOfCore(rest);
    String label = rest.substring(end);
    while (label.startsWith("-") || label.startsWith(".")) {
      label = label.substring(1);
    }
    return new Parsed(rest.substring(0, end), label);
  }

  /** End of the leading dotted numbers. */
  static int endOfCore(String s) {
    int end = Numbers.endOfDigits(s, 0);
    while (end > 0
        && end + 1 < s.length()
        && s.charAt(end) == '.'
        && Numbers.isDigit(s.charAt(end + 1))) {
      end = Numbers.endOfDigits(s, end + 1);
    }
    return end;
  }

  private record Parsed(String core, String label) {}
}
