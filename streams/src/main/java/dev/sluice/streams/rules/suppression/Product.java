package dev.sluice.streams.rules.suppression;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.sluice.events.Component;
import dev.sluice.streams.rules.identity.Purls;
import dev.sluice.streams.rules.version.VersionRange;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a statement speaks of, as its document names it: a purl, a purl with a version range behind
 * a {@code #vers:…}, or the name of an asset. Matching is by name and version, and never by
 * likeness.
 */
final class Product {
  /** Put between a purl without version and a range of its versions. */
  static final String RANGE = "#vers:";

  private final String written;
  private final PackageURL purl;
  private final Optional<VersionRange> range;

  private Product(String written, PackageURL purl, Optional<VersionRange> range) {
    this.written = written;
    this.purl = purl;
    this.range = range;
  }

  static Product read(String written) {
    int at = written.indexOf(RANGE);
    String name = at < 0 ? written : written.substring(0, at);
    Optional<VersionRange> range =
        at < 0 ? Optional.empty() : VersionRange.fromVers(written.substring(at + 1));
    boolean unreadable = at >= 0 && range.isEmpty();
    if (!name.startsWith("pkg:")) {
      return new Product(unreadable ? "" : written, null, range);
    }
    try {
      return new Product(
          unreadable ? "" : written, unreadable ? null : new PackageURL(name), range);
    } catch (MalformedPackageURLException e) {
      return new Product("", null, Optional.empty());
    }
  }

  /** Whether it can be a package at all: see {@link #isPackage}. */
  boolean isSome() {
    return purl != null && !isImage() && !(isWhole() && qualifier("distro") != null);
  }

  /** Whether it is this package, in all of these versions. */
  boolean isPackage(String subject, List<String> versions) {
    if (purl == null || subject == null || isImage()) {
      return false;
    }
    // A finding is of a package whatever the release of its distribution; only a version tells it.
    if (isWhole() && qualifier("distro") != null) {
      return false;
    }
    String own =
        Purls.subject(
            Component.newBuilder().setPurl(purl.toString()).setName(purl.getName()).build());
    return own.equals(subject) && holds(versions);
  }

  /**
   * Whether it is this asset, in the version that stands at the head of a line.
   *
   * @param version version at the head, or null
   * @param digest its digest, or null
   */
  boolean isAsset(String asset, String version, String digest) {
    if (purl == null) {
      return isNamed(asset, version);
    }
    if (isImage()) {
      return isImage(asset, version, digest);
    }
    boolean repository = asset.equals(repository());
    return repository && (isWhole() || (version != null && holds(List.of(version))));
  }

  private boolean isNamed(String asset, String version) {
    if (written.isEmpty()) {
      return false;
    }
    if (written.equals(asset)) {
      return true;
    }
    return version != null
        && (written.equals(asset + ":" + version) || written.equals(asset + "@" + version));
  }

  private boolean isImage() {
    return purl.getType().equals("oci") || purl.getType().equals("docker");
  }

  /** An image by its full name, or by its digest, which is enough whatever its name. */
  private boolean isImage(String asset, String version, String digest) {
    String stated = purl.getVersion();
    boolean isDigest = stated != null && stated.startsWith("sha256:");
    if (isDigest && !stated.equals(digest)) {
      return false;
    }
    String name = image();
    String last = asset.substring(asset.lastIndexOf('/') + 1);
    if (name == null) {
      return isDigest && last.equals(purl.getName());
    }
    if (!name.equals(asset)) {
      return false;
    }
    String tag = qualifier("tag");
    boolean tagged = tag == null || isDigest || same(tag, version);
    return tagged && (isDigest || isWhole() || (version != null && holds(List.of(version))));
  }

  /** The image's name in full; null if the purl does not say where it lies. */
  private String image() {
    String where = qualifier("repository_url");
    if (purl.getType().equals("docker")) {
      String host = where == null ? "docker.io" : where;
      String space = purl.getNamespace() == null ? "library" : purl.getNamespace();
      return (host + "/" + space + "/" + purl.getName()).toLowerCase(Locale.ROOT);
    }
    if (where == null) {
      return null;
    }
    String full = where.toLowerCase(Locale.ROOT).replaceFirst("/$", "");
    return full.endsWith("/" + purl.getName()) ? full : full + "/" + purl.getName();
  }

  /** The source repository that the purl is of; null if it is of none. */
  private String repository() {
    String space = purl.getNamespace();
    if (space == null) {
      return null;
    }
    return switch (purl.getType()) {
      case "golang" -> (space + "/" + purl.getName()).toLowerCase(Locale.ROOT);
      case "github" -> ("github.com/" + space + "/" + purl.getName()).toLowerCase(Locale.ROOT);
      case "gitlab" -> ("gitlab.com/" + space + "/" + purl.getName()).toLowerCase(Locale.ROOT);
      case "bitbucket" ->
          ("bitbucket.org/" + space + "/" + purl.getName()).toLowerCase(Locale.ROOT);
      default -> null;
    };
  }

  private boolean isWhole() {
    return purl.getVersion() == null && range.isEmpty();
  }

  private boolean holds(List<String> versions) {
    if (isWhole()) {
      return true;
    }
    Predicate<String> one =
        range.isPresent() ? range.get()::contains : v -> same(purl.getVersion(), v);
    return !versions.isEmpty() && versions.stream().allMatch(one);
  }

  /** Go modules are written with and without a {@code v}. */
  private static boolean same(String a, String b) {
    return a != null && b != null && bare(a).equals(bare(b));
  }

  private static String bare(String version) {
    return version.length() > 1
            && (version.charAt(0) == 'v' || version.charAt(0) == 'V')
            && Character.isDigit(version.charAt(1))
        ? version.substring(1)
        : version;
  }

  private String qualifier(String name) {
    Map<String, String> qualifiers = purl.getQualifiers();
    return qualifiers == null ? null : qualifiers.get(name);
  }
}
