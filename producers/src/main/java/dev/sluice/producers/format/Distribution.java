package dev.sluice.producers.format;

import java.util.Locale;
import java.util.Map;

/**
 * A Linux distribution and its release, whatever a scanner calls it.
 *
 * @param name as purls name it: {@code redhat} for {@code rhel}; lower case
 * @param release without a code name or a leading {@code v}; empty where it is not known
 */
public record Distribution(String name, String release) {
  /** Ids of os-release and names that scanners write, where purls have another one. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("rhel", "redhat"),
          Map.entry("red hat", "redhat"),
          Map.entry("red hat enterprise linux", "redhat"),
          Map.entry("red hat enterprise linux server", "redhat"),
          Map.entry("ol", "oracle"),
          Map.entry("oracle linux", "oracle"),
          Map.entry("oracle linux server", "oracle"),
          Map.entry("amzn", "amazon"),
          Map.entry("amazon linux", "amazon"),
          Map.entry("almalinux", "alma"),
          Map.entry("rocky linux", "rocky"),
          Map.entry("alpine linux", "alpine"),
          Map.entry("debian gnu/linux", "debian"),
          Map.entry("photon os", "photon"),
          Map.entry("vmware photon os", "photon"),
          Map.entry("mariner", "cbl-mariner"),
          Map.entry("azure linux", "azurelinux"));

  /** The distribution by name and release; null where it is not known to have packages. */
  public static Distribution of(String name, String release) {
    if (name == null) {
      return null;
    }
    String lower = name.strip().toLowerCase(Locale.ROOT);
    String known = NAMES.getOrDefault(lower, lower);
    return Purls.distroType(known) == null ? null : new Distribution(known, bare(release));
  }

  /**
   * {@code debian:11}, {@code Alpine:v3.19}, {@code Ubuntu:22.04:LTS}, {@code Red
   * Hat:enterprise_linux:8::baseos}; null where it is none.
   */
  public static Distribution parse(String text) {
    if (text == null) {
      return null;
    }
    int colon = text.indexOf(':');
    if (colon < 0) {
      return of(text, null);
    }
    String release = text.substring(colon + 1);
    if (text.regionMatches(true, 0, "red hat:", 0, 8)) {
      String[] parts = release.split(":", -1);
      release = parts.length > 1 ? parts[1] : "";
    }
    return of(text.substring(0, colon), release);
  }

  private static String bare(String release) {
    if (release == null) {
      return "";
    }
    String rest = release.strip();
    rest = rest.startsWith("v") || rest.startsWith("V") ? rest.substring(1) : rest;
    int end = 0;
    while (end < rest.length() && " :(".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    return rest.substring(0, end);
  }

  /** purl type of its packages. */
  public String type() {
    return Purls.distroType(name);
  }

  /** purl of one of its packages; null where it cannot be built. */
  public String purl(String packageName, String version, String arch) {
    return Purls.distribution(type(), name, release, packageName, version, arch);
  }

  /** {@code debian-11}. */
  public String label() {
    return release.isEmpty() ? name : name + "-" + release;
  }
}
