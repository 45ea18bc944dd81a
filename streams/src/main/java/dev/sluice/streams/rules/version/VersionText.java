package dev.sluice.streams.rules.version;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Versions of assets as people tag them: {@code v5.1.2}, {@code 1.19.3-alpine}, {@code
 * release-2.0}.
 */
public final class VersionText {

  private static final int LONGEST = 200;

  private static final Pattern TAG =
      Pattern.compile(
          "(?:refs/tags/)?(?:[A-Za-z][A-Za-z0-9.]*[-_/@])*[vV]?(?<core>\\d+(?:\\.\\d+)*)"
              + "(?<label>(?:[-+_.].*|(?:alpha|beta|rc|pre|dev|a|b|m|p)\\d*(?:[-+.].*)?)?)");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{7,64}");
  private static final Pattern DATE =
      Pattern.compile(
          "[vV]?(?<y>(?:19|20)\\d\\d)(?<sep>[-._]?)(?<m>0[1-9]|1[0-2])\\k<sep>(?<d>0[1-9]|[12]\\d|3[01])"
              + "(?<rest>(?:[-._T]?\\d{1,6}(?:[-._:]?\\d{1,3})*Z?)?)");

  private VersionText() {}

  /** The dotted numbers of a version; empty for hashes, dates and words. */
  public static Optional<String> core(String version) {
    if (version == null || version.length() > LONGEST || isDate(version)) {
      return Optional.empty();
    }
    String v = version.strip();
    if (HASH.matcher(v).matches()) {
      return Optional.empty();
    }
    Matcher tag = TAG.matcher(v);
    return tag.matches() ? Optional.of(tag.group("core")) : Optional.empty();
  }

  /** What follows the numbers, lower case, without the leading separator; empty if nothing does. */
  static String label(String version) {
    Matcher tag = TAG.matcher(version.strip());
    if (!tag.matches()) {
      return "";
    }
    String label = tag.group("label").toLowerCase(Locale.ROOT);
    int plus = label.indexOf('+');
    String withoutBuild = plus < 0 ? label : label.substring(0, plus);
    return withoutBuild.isEmpty() || Numbers.isLetter(withoutBuild.charAt(0))
        ? withoutBuild
        : withoutBuild.substring(1);
  }

  /** Whether a version is a pre-release of a kind: {@code 2.0.0-rc.1} of {@code rc}. */
  public static boolean hasLabel(String version, String label) {
    String own = version == null ? "" : label(version);
    if (own.isEmpty() || label.isEmpty()) {
      return false;
    }
    return own.startsWith(label)
        || (label.length() > 2
            && own.charAt(0) == label.charAt(0)
            && own.length() > 1
            && Numbers.isDigit(own.charAt(1)));
  }

  static boolean isDate(String version) {
    return version.length() <= LONGEST && DATE.matcher(version.strip()).matches();
  }

  /** Digits of a date tag in order, so that they compare as numbers do; empty if it is none. */
  static Optional<String> dateDigits(String version) {
    if (version.length() > LONGEST) {
      return Optional.empty();
    }
    Matcher date = DATE.matcher(version.strip());
    if (!date.matches()) {
      return Optional.empty();
    }
    return Optional.of(date.group("y") + date.group("m") + date.group("d"));
  }

  static String dateRest(String version) {
    Matcher date = DATE.matcher(version.strip());
    return date.matches() ? date.group("rest") : "";
  }
}
