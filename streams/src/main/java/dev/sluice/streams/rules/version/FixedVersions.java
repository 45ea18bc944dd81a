package dev.sluice.streams.rules.version;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fixing versions as scanners write them, and the one that somebody should move to. */
public final class FixedVersions {

  /** A bound or a version: operator, then anything without spaces or list separators. */
  private static final Pattern PART =
      Pattern.compile(
          "(?<op>>=|<=|=>|=<|==|!=|~>|[<>=~^])?\\s*(?<version>[^\\s,;|<>=!~^][^\\s,;|]*)");

  private FixedVersions() {}

  /**
   * Versions that fix, out of one text: {@code >=3.0.0}, {@code 1.2.3, 2.0.1}, {@code v1.2.3},
   * {@code >= 1.2.3, < 2 || >= 2.0.4}. Upper bounds and excluded lower bounds ({@code > 1.2}) name
   * no version that fixes and are left out.
   *
   * @return in the order as written, without repeats
   */
  public static List<String> normalise(String written) {
    if (written == null || written.isBlank()) {
      return List.of();
    }
    Set<String> versions = new LinkedHashSet<>();
    Matcher part = PART.matcher(written);
    while (part.find()) {
      String op = part.group("op") == null ? "" : part.group("op");
      if (op.equals("<")
          || op.equals("<=")
          || op.equals("=<")
          || op.equals("!=")
          || op.equals(">")) {
        continue;
      }
      String version = withoutPrefix(part.group("version"));
      // "not fixed", "none", "Upgrade to version …": a word without a digit is no version.
      if (version.chars().anyMatch(c -> Numbers.isDigit((char) c))) {
        versions.add(version);
      }
    }
    return List.copyOf(versions);
  }

  /** All versions of several texts, in their order, without repeats. */
  public static List<String> normalise(List<String> written) {
    Set<String> versions = new LinkedHashSet<>();
    for (String one : written == null ? List.<String>of() : written) {
      versions.addAll(normalise(one));
    }
    return List.copyOf(versions);
  }

  /**
   * The lowest fixing version above the installed one. Where several lines have fixes, one of the
   * installed major version is preferred: moving 1.2.0 to 1.2.3 is less work than to 2.0.1.
   *
   * @param installed null or empty if not known: then the lowest of all
   * @return empty if nothing fixes, or if the installed version is above every fix
   */
  public static Optional<String> lowestAbove(
      String ecosystem, String installed, List<String> fixed) {
    Comparator<String> order =
        ((Comparator<String>) (a, b) -> Versions.compare(ecosystem, a, b))
            .thenComparing(Comparator.naturalOrder());
    boolean known = installed != null && !installed.isBlank();
    List<String> above = new ArrayList<>();
    for (String version : normalise(fixed)) {
      if (!known || Versions.compare(ecosystem, version, installed) > 0) {
        above.add(version);
      }
    }
    String major = known ? majorOf(installed) : "";
    return above.stream()
        .filter(v -> known && majorOf(v).equals(major))
        .min(order)
        .or(() -> above.stream().min(order));
  }

  /** First number of a version, with the epoch of a distribution version; empty if it has none. */
  static String majorOf(String version) {
    String v = withoutPrefix(version.strip());
    int colon = v.indexOf(':');
    String epoch =
        colon > 0 && Numbers.isNumber(v.substring(0, colon)) ? v.substring(0, colon) : "";
    String rest = epoch.isEmpty() ? v : v.substring(colon + 1);
    int end = Numbers.endOfDigits(rest, 0);
    return (epoch.isEmpty() || Numbers.isZero(epoch) ? "" : epoch + ":") + rest.substring(0, end);
  }

  private static String withoutPrefix(String version) {
    if (version.length() > 1
        && (version.charAt(0) == 'v' || version.charAt(0) == 'V')
        && Numbers.isDigit(version.charAt(1))) {
      return version.substring(1);
    }
    return version;
  }
}
