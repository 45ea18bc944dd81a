package dev.sluice.streams.rules.version;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Order of versions by the rules of their ecosystem. Every order is total on all strings: a version
 * that breaks its ecosystem's grammar is compared as far as it can be read.
 */
public final class Versions {

  private Versions() {}

  /**
   * Compares two versions.
   *
   * @param ecosystem purl type, for example {@code deb}; null, empty or unknown falls back to a
   *     tolerant natural order
   * @return negative if {@code a} is older than {@code b}, positive if newer, 0 if they mean the
   *     same
   */
  public static int compare(String ecosystem, String a, String b) {
    String left = a == null ? "" : a.strip();
    String right = b == null ? "" : b.strip();
    return left.equals(right) ? 0 : order(ecosystem).compare(left, right);
  }

  /** Whether {@code installed} is {@code fixed} or newer. False where either is not known. */
  public static boolean isFixedBy(String ecosystem, String installed, String fixed) {
    return known(installed) && known(fixed) && compare(ecosystem, installed, fixed) >= 0;
  }

  /**
   * Whether {@code installed} is fixed where several lines got a fix of their own (1.2.3 and
   * 2.0.1). 2.0.0 is above 1.2.3 and not fixed, so in doubt the answer is false.
   */
  public static boolean isFixedByAny(String ecosystem, String installed, List<String> fixed) {
    List<String> versions = FixedVersions.normalise(fixed);
    if (!known(installed) || versions.isEmpty()) {
      return false;
    }
    List<String> above =
        versions.stream().filter(v -> compare(ecosystem, v, installed) > 0).toList();
    if (above.isEmpty()) {
      return true;
    }
    String major = FixedVersions.majorOf(installed);
    boolean reached =
        versions.stream()
            .anyMatch(
                v ->
                    FixedVersions.majorOf(v).equals(major)
                        && compare(ecosystem, v, installed) <= 0);
    return reached && above.stream().noneMatch(v -> FixedVersions.majorOf(v).equals(major));
  }

  private static boolean known(String version) {
    return version != null && !version.isBlank();
  }

  private static Comparator<String> order(String ecosystem) {
    String type = ecosystem == null ? "" : ecosystem.toLowerCase(Locale.ROOT);
    return switch (type) {
      case "deb", "debian" -> DebianOrder.INSTANCE;
      case "rpm" -> RpmOrder.INSTANCE;
      case "apk", "alpine" -> AlpineOrder.INSTANCE;
      case "npm", "semver", "cargo", "hex", "pub", "swift", "github" -> SemverOrder.INSTANCE;
      case "golang", "go" -> SemverOrder.GO;
      case "nuget" -> SemverOrder.INSTANCE_IGNORING_CASE;
      case "maven", "gradle", "clojars" -> MavenOrder.INSTANCE;
      case "pypi" -> PythonOrder.INSTANCE;
      case "gem" -> GemOrder.INSTANCE;
      case "composer" -> NaturalOrder.INSTANCE;
      default -> NaturalOrder.INSTANCE;
    };
  }
}
