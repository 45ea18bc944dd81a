package dev.sluice.producers.format.sarif;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The release of Debian that a report is about, where only versions tell: Trivy's SARIF names no
 * distribution, but a fix of Debian's security team ends in the release it is for, {@code
 * +deb12u1}. An image has one distribution, so one mark is enough, and two that differ are none.
 */
final class DebianRelease {
  private static final Pattern MARK = Pattern.compile("[+~]deb(\\d{1,2})u\\d+$");
  private static final String FIELD = "\nFixed Version:";

  private String release;
  private boolean contradicted;

  /** Looks at the text of a rule: a line a fact, before the description. */
  void look(String help) {
    int start = help == null ? -1 : help.indexOf(FIELD);
    if (start < 0 || contradicted) {
      return;
    }
    int end = help.indexOf('\n', start + 1);
    String line = help.substring(start + FIELD.length(), end < 0 ? help.length() : end);
    for (String version : line.split(",")) {
      Matcher mark = MARK.matcher(version.strip());
      if (mark.find()) {
        contradicted |= release != null && !release.equals(mark.group(1));
        release = mark.group(1);
      } else if (version.contains("ubuntu") || version.contains(".el")) {
        contradicted = true;
      }
    }
  }

  /** The release, {@code 12}; null if it is not known. */
  String release() {
    return contradicted ? null : release;
  }
}
