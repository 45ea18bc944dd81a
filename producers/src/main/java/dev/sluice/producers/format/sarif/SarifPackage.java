package dev.sluice.producers.format.sarif;

import dev.sluice.events.Component;
import dev.sluice.events.Directness;
import dev.sluice.producers.format.Purls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The package of a result that a container or dependency scanner squeezed into SARIF. SARIF has no
 * field for it, so each tool writes it into texts of its own making.
 *
 * @param nativeId the vulnerability's id without the parts that the tool added to the rule's id
 * @param aliases ids that mean the same
 * @param related ids that may be others
 * @param severity the tool's own word, if it is in the text
 */
record SarifPackage(
    String nativeId,
    Set<String> aliases,
    Set<String> related,
    String name,
    String version,
    String purl,
    String ecosystem,
    String sourceName,
    String distro,
    String fixedVersion,
    String severity) {

  private static final String[] KEYS = {
    "package",
    "version",
    "installed version",
    "fix version",
    "fixed version",
    "type",
    "data namespace",
    "severity"
  };
  private static final int MAX_LINES = 20;
  private static final int MAX_KEY = 30;

  /** What Trivy calls the rules of a distribution's packages. */
  static final String OS_PACKAGE = "OsPackageVulnerability";

  /** The package of a result; null where it names none. */
  static SarifPackage of(SarifRun run, SarifResult result, SarifRule rule, String path) {
    String tool = run.tool();
    String id = result.ruleId() != null ? result.ruleId() : rule == null ? null : rule.id();
    if (id == null) {
      return null;
    }
    if (tool.equals("grype") && rule != null) {
      return grype(id, run, result, rule);
    }
    if (tool.startsWith("trivy")) {
      return trivy(id, run, result, rule, path);
    }
    if (tool.startsWith("snyk") && id.startsWith("SNYK-") && rule != null) {
      return snyk(id, rule);
    }
    return generic(id, result);
  }

  /** Message: {@code The path P reports NAME at version V which is …}; help: a line a fact. */
  private static SarifPackage grype(String id, SarifRun run, SarifResult result, SarifRule rule) {
    Map<String, String> help = lines(rule.help());
    String message = result.messageText == null ? "" : result.messageText;
    String name = help.get("package");
    String version = help.get("version");
    int reports = message.indexOf(" reports ");
    int at = message.indexOf(" at version ", Math.max(0, reports));
    if (reports >= 0 && at > reports) {
      name = message.substring(reports + 9, at);
      String rest = message.substring(at + 12);
      int end = rest.indexOf(" which is");
      version = (end < 0 ? rest : rest.substring(0, end)).strip();
    }
    if (name == null || name.isBlank()) {
      return null;
    }
    String leading = VulnerabilityIds.leading(id);
    String suffix = "-" + name;
    String nativeId =
        leading != null
            ? leading
            : id.endsWith(suffix) ? id.substring(0, id.length() - suffix.length()) : id;
    String type = Purls.type(help.get("type"));
    String[] namespace = help.getOrDefault("data namespace", "").split(":");
    boolean distribution = namespace.length == 4 && namespace[1].equals("distro");
    String distro = distribution ? namespace[2] + "-" + namespace[3] : null;
    String purl =
        distribution
            ? run.distributionPurl(type, namespace[2], namespace[3], name, version)
            : Purls.language(type, name, version);
    return new SarifPackage(
        nativeId,
        Set.of(),
        Set.of(),
        name,
        version,
        purl,
        type,
        null,
        distro,
        help.get("fix version"),
        help.get("severity"));
  }

  /** Message: a line a fact, with {@code Package:} and {@code Installed Version:}. */
  private static SarifPackage trivy(
      String id, SarifRun run, SarifResult result, SarifRule rule, String path) {
    Map<String, String> facts = lines(result.messageText);
    String name = facts.get("package");
    String version = facts.get("installed version");
    if (name == null || name.isBlank() || version == null) {
      return null;
    }
    boolean distribution = rule != null && OS_PACKAGE.equals(rule.name());
    String release = distribution ? run.debianRelease() : null;
    String type = release != null ? "deb" : distribution ? null : Purls.typeOfManifest(path);
    return new SarifPackage(
        id,
        Set.of(),
        Set.of(),
        name,
        version,
        release != null
            ? run.distributionPurl(type, "debian", release, name, version)
            : Purls.language(type, name, version),
        type,
        null,
        release == null ? null : "debian-" + release,
        facts.get("fixed version"),
        facts.get("severity"));
  }

  /** Full description: {@code (CVE-…, CVE-…) SOURCE/NAME@VERSION}. */
  private static SarifPackage snyk(String id, SarifRule rule) {
    String text = rule.fullText() == null ? "" : rule.fullText().strip();
    int close = text.startsWith("(") ? text.indexOf(')') : -1;
    String coordinate = text.substring(close + 1).strip();
    int at = coordinate.lastIndexOf('@');
    if (at <= 0 || coordinate.indexOf(' ') >= 0) {
      return null;
    }
    String full = coordinate.substring(0, at);
    String version = coordinate.substring(at + 1);
    // SNYK-DEBIAN12-APT-1541449, SNYK-JS-LODASH-590103
    String[] parts = id.split("-");
    String group = parts.length > 1 ? parts[1].toLowerCase(Locale.ROOT) : "";
    int digits = 0;
    while (digits < group.length() && !Character.isDigit(group.charAt(digits))) {
      digits++;
    }
    String distro = group.substring(0, digits);
    String type = Purls.distroType(distro);
    String sourceName = null;
    String name = full;
    String purl;
    String shownDistro = null;
    if (type != null) {
      int slash = full.indexOf('/');
      sourceName = slash > 0 ? full.substring(0, slash) : null;
      name = full.substring(slash + 1);
      String release = group.substring(digits);
      shownDistro = distro + "-" + release;
      purl = Purls.distribution(type, distro, release, name, version, null);
    } else {
      type = snykType(rule.tags(), group);
      purl = Purls.language(type, full, version);
    }
    Set<String> cves = VulnerabilityIds.cves(close > 0 ? text.substring(0, close) : "");
    return new SarifPackage(
        id,
        cves.size() == 1 ? cves : Set.of(),
        cves.size() == 1 ? Set.of() : cves,
        name,
        version,
        purl,
        type,
        sourceName,
        shownDistro,
        null,
        firstWord(rule.shortText()));
  }

  private static String snykType(List<String> tags, String group) {
    for (String tag : tags) {
      String type = Purls.type(tag);
      if (type != null) {
        return type;
      }
    }
    return switch (group) {
      case "js" -> "npm";
      case "java" -> "maven";
      case "python" -> "pypi";
      case "golang" -> "golang";
      case "ruby" -> "gem";
      case "php" -> "composer";
      case "dotnet" -> "nuget";
      default -> null;
    };
  }

  /** Tools that put name and version into the result's properties. */
  private static SarifPackage generic(String id, SarifResult result) {
    if (result.packageName == null || result.packageVersion == null) {
      return null;
    }
    Set<String> cves = VulnerabilityIds.cves(id);
    cves.remove(id);
    String type = Purls.type(result.packageOrigin);
    return new SarifPackage(
        id,
        cves.size() == 1 ? cves : Set.of(),
        cves.size() == 1 ? Set.of() : cves,
        result.packageName,
        result.packageVersion,
        Purls.language(type, result.packageName, result.packageVersion),
        type,
        null,
        null,
        null,
        null);
  }

  Component component(List<String> places) {
    return new Component(
        purl,
        name,
        version,
        ecosystem == null ? "" : ecosystem,
        sourceName,
        null,
        distro,
        null,
        null,
        Directness.UNKNOWN,
        new ArrayList<>(places),
        places.size());
  }

  /** {@code Key: value} lines of the keys that are asked for; the first of equal keys counts. */
  private static Map<String, String> lines(String text) {
    Map<String, String> facts = new HashMap<>();
    if (text != null) {
      int start = 0;
      for (int left = MAX_LINES; left > 0 && start < text.length(); left--) {
        int newline = left == 1 ? -1 : text.indexOf('\n', start);
        int end = newline < 0 ? text.length() : newline;
        int colon = text.indexOf(':', start);
        if (colon > start && colon < end && colon < start + MAX_KEY) {
          String key = key(text, start, colon);
          if (key != null) {
            facts.putIfAbsent(key, text.substring(colon + 1, end).strip());
          }
        }
        start = end + 1;
      }
    }
    return facts;
  }

  /** Which key a text between two positions is, in any case; null for all others. */
  private static String key(String text, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    for (String key : KEYS) {
      if (key.length() == end - start && text.regionMatches(true, start, key, 0, key.length())) {
        return key;
      }
    }
    return null;
  }

  private static String firstWord(String text) {
    int space = text == null ? -1 : text.indexOf(" severity");
    return space > 0 ? text.substring(0, space) : null;
  }
}
