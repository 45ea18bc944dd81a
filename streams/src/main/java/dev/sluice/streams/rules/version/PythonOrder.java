package dev.sluice.streams.rules.version;

import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PEP 440: epoch, release, then development, pre-release, final and post-release. What does not
 * follow PEP 440 is older than all that does, as pip had it, and in natural order.
 */
final class PythonOrder implements Comparator<String> {
  static final PythonOrder INSTANCE = new PythonOrder();

  private static final Pattern PEP_440 =
      Pattern.compile(
          "v?(?:(?<epoch>\\d+)!)?(?<release>\\d+(?:\\.\\d+)*)"
              + "(?:[-_.]?(?<pre>alpha|beta|preview|pre|rc|a|b|c)[-_.]?(?<preNumber>\\d*))?"
              + "(?<post>-(?<bare>\\d+)|[-_.]?(?:post|rev|r)[-_.]?(?<postNumber>\\d*))?"
              + "(?<dev>[-_.]?dev[-_.]?(?<devNumber>\\d*))?"
              + "(?:\\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?");

  private PythonOrder() {}

  @Override
  public int compare(String a, String b) {
    Matcher left = PEP_440.matcher(a.toLowerCase(Locale.ROOT));
    Matcher right = PEP_440.matcher(b.toLowerCase(Locale.ROOT));
    boolean readA = left.matches();
    boolean readB = right.matches();
    if (!readA || !readB) {
      return readA == readB ? NaturalOrder.INSTANCE.compare(a, b) : Boolean.compare(readA, readB);
    }
    int result = Numbers.compare(text(left, "epoch"), text(right, "epoch"));
    if (result == 0) {
      result = SemverOrder.core(left.group("release"), right.group("release"));
    }
    if (result == 0) {
      result = Integer.compare(preRank(left), preRank(right));
    }
    if (result == 0) {
      result = Numbers.compare(text(left, "preNumber"), text(right, "preNumber"));
    }
    if (result == 0) {
      result = Boolean.compare(left.group("post") != null, right.group("post") != null);
    }
    if (result == 0) {
      result = Numbers.compare(postNumber(left), postNumber(right));
    }
    if (result == 0) {
      result = Boolean.compare(left.group("dev") == null, right.group("dev") == null);
    }
    if (result == 0) {
      result = Numbers.compare(text(left, "devNumber"), text(right, "devNumber"));
    }
    return result != 0 ? result : local(text(left, "local"), text(right, "local"));
  }

  /** A development release without a pre-release comes before every pre-release of its version. */
  private static int preRank(Matcher m) {
    String pre = m.group("pre");
    if (pre == null) {
      return m.group("dev") != null && m.group("post") == null ? 0 : 9;
    }
    return switch (pre) {
      case "a", "alpha" -> 1;
      case "b", "beta" -> 2;
      default -> 3;
    };
  }

  private static String postNumber(Matcher m) {
    return m.group("bare") != null ? m.group("bare") : text(m, "postNumber");
  }

  private static int local(String a, String b) {
    String[] left = a.isEmpty() ? new String[0] : a.split("[-_.]");
    String[] right = b.isEmpty() ? new String[0] : b.split("[-_.]");
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      boolean numberA = Numbers.isNumber(left[i]);
      boolean numberB = Numbers.isNumber(right[i]);
      if (numberA != numberB) {
        return numberA ? 1 : -1;
      }
      int byPart = numberA ? Numbers.compare(left[i], right[i]) : left[i].compareTo(right[i]);
      if (byPart != 0) {
        return byPart;
      }
    }
    return Integer.compare(left.length, right.length);
  }

  private static String text(Matcher m, String group) {
    String found = m.group(group);
    return found == null ? "" : found;
  }
}
