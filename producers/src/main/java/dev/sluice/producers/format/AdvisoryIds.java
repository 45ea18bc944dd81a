package dev.sluice.producers.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ids of vulnerabilities and advisories in texts and links. */
public final class AdvisoryIds {
  private static final int MAX_TEXT = 64 * 1024;
  private static final Pattern CVE = Pattern.compile("(?i)\\bCVE-\\d{4}-\\d{4,10}\\b");
  private static final Pattern GHSA =
      Pattern.compile("(?i)\\bGHSA-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}\\b");

  /**
   * A title may begin with the name of a package, as {@code python-urllib3:}, which is no id: ids
   * begin with capitals.
   */
  private static final Pattern START =
      Pattern.compile(
          "^((?:[A-Z]{2}[A-Za-z0-9]*|openSUSE|pyup\\.io)-[A-Za-z0-9._:-]*\\d[A-Za-z0-9._-]*)");

  private AdvisoryIds() {}

  /** The different CVEs of a text, at most 50, in capitals. */
  public static List<String> cves(String text) {
    List<String> found = new ArrayList<>(2);
    if (text != null) {
      Matcher matcher = CVE.matcher(text.substring(0, Math.min(MAX_TEXT, text.length())));
      while (matcher.find() && found.size() < TextLimits.IDS) {
        String id = matcher.group().toUpperCase(Locale.ROOT);
        if (!found.contains(id)) {
          found.add(id);
        }
      }
    }
    return found;
  }

  /** The first GitHub advisory of a text or link, in its usual spelling; null where is none. */
  public static String ghsa(String text) {
    if (text == null) {
      return null;
    }
    Matcher matcher = GHSA.matcher(text.substring(0, Math.min(MAX_TEXT, text.length())));
    return matcher.find() ? "GHSA" + matcher.group().substring(4).toLowerCase(Locale.ROOT) : null;
  }

  /** The id with which a title begins, as in {@code RHSA-2023:5837: nghttp2 update}; else null. */
  public static String atStart(String title) {
    if (title == null) {
      return null;
    }
    Matcher matcher = START.matcher(title.strip());
    return matcher.find() ? matcher.group(1) : null;
  }

  /** Whether it is a CVE. */
  public static boolean isCve(String id) {
    return id != null && id.startsWith("CVE-");
  }

  /** Whether it is a GitHub advisory. */
  public static boolean isGhsa(String id) {
    return id != null && id.startsWith("GHSA-");
  }
}
