package dev.sluice.streams.rules.version;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * apk-tools: dotted numbers, one letter, suffixes ({@code _alpha _beta _pre _rc} before the
 * release, {@code _cvs _svn _git _hg _p} after it), then the package revision {@code -rN}.
 */
final class AlpineOrder implements Comparator<String> {
  static final AlpineOrder INSTANCE = new AlpineOrder();

  private static final Pattern GRAMMAR =
      Pattern.compile(
          "v?(?<core>\\d+(?:\\.\\d+)*)(?<letter>[a-z]?)(?<suffixes>(?:_[a-z]+\\d*)*)"
              + "(?:~[0-9a-f]+)?(?:-r(?<revision>\\d+))?");
  private static final Pattern SUFFIX = Pattern.compile("_([a-z]+)(\\d*)");
  private static final List<String> BEFORE = List.of("alpha", "beta", "pre", "rc");
  private static final List<String> AFTER = List.of("cvs", "svn", "git", "hg", "p");

  private AlpineOrder() {}

  @Override
  public int compare(String a, String b) {
    Matcher left = GRAMMAR.matcher(a);
    Matcher right = GRAMMAR.matcher(b);
    boolean readA = left.matches();
    boolean readB = right.matches();
    if (!readA || !readB) {
      return readA == readB ? NaturalOrder.INSTANCE.compare(a, b) : Boolean.compare(readA, readB);
    }
    int result = core(left.group("core").split("\\."), right.group("core").split("\\."));
    if (result == 0) {
      result = left.group("letter").compareTo(right.group("letter"));
    }
    if (result == 0) {
      result = suffixes(left.group("suffixes"), right.group("suffixes"));
    }
    return result != 0 ? result : Numbers.compare(revision(left), revision(right));
  }

  /**
   * A part with a leading zero, from the second on, is a decimal fraction: 1.05 is older than 1.1.
   */
  private static int core(String[] a, String[] b) {
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      boolean fraction = i > 0 && (a[i].startsWith("0") || b[i].startsWith("0"));
      int byPart = fraction ? a[i].compareTo(b[i]) : Numbers.compare(a[i], b[i]);
      if (byPart != 0) {
        return byPart;
      }
    }
    return Integer.compare(a.length, b.length);
  }

  private static int suffixes(String a, String b) {
    Matcher left = SUFFIX.matcher(a);
    Matcher right = SUFFIX.matcher(b);
    while (true) {
      boolean moreA = left.find();
      boolean moreB = right.find();
      int byRank = Integer.compare(moreA ? rank(left) : 0, moreB ? rank(right) : 0);
      if (byRank != 0) {
        return byRank;
      }
      if (!moreA && !moreB) {
        return 0;
      }
      int byNumber = Numbers.compare(moreA ? left.group(2) : "", moreB ? right.group(2) : "");
      if (byNumber != 0) {
        return byNumber;
      }
    }
  }

  private static int rank(Matcher suffix) {
    int before = BEFORE.indexOf(suffix.group(1));
    if (before >= 0) {
      return before - BEFORE.size();
    }
    int after = AFTER.indexOf(suffix.group(1));
    return after < 0 ? AFTER.size() + 1 : after + 1;
  }

  private static String revision(Matcher m) {
    return m.group("revision") == null ? "" : m.group("revision");
  }
}
