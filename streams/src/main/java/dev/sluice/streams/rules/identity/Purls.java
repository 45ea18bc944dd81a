package dev.sluice.streams.rules.identity;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.sluice.events.Component;
import java.util.Locale;
import java.util.Set;

/**
 * One spelling of a package without its version: {@code pkg:deb/debian/openssl}. The namespace
 * stays: for a distribution's packages it is the distribution. Its release does not: an image that
 * moves to the next release keeps its findings. Qualifiers and subpaths go. See
 * package-url/purl-spec, PURL-TYPES, for what is case-insensitive.
 */
public final class Purls {
  private static final Set<String> CASELESS =
      Set.of(
          "npm",
          "pypi",
          "golang",
          "deb",
          "rpm",
          "apk",
          "alpm",
          "composer",
          "nuget",
          "github",
          "gitlab",
          "bitbucket",
          "hex",
          "pub",
          "cargo",
          "docker",
          "oci");
  private static final Set<String> DISTRIBUTION = Set.of("deb", "rpm", "apk", "alpm");

  private Purls() {}

  /** The package an observation is about; {@code pkg:generic/…} where no ecosystem is known. */
  public static String subject(Component component) {
    if (component.getPurl() != null) {
      try {
        PackageURL purl = new PackageURL(component.getPurl());
        return spell(purl.getType(), purl.getNamespace(), purl.getName());
      } catch (MalformedPackageURLException e) {
        // The scanner's purl is of no use; its name and ecosystem may still be.
      }
    }
    String type = component.getEcosystem().isEmpty() ? "generic" : component.getEcosystem();
    String name = component.getName();
    if (DISTRIBUTION.contains(type)) {
      return spell(type, distribution(component.getDistro()), name);
    }
    String separated = type.equals("maven") ? name.replace(':', '/') : name;
    int slash = separated.lastIndexOf('/');
    return slash < 0
        ? spell(type, null, separated)
        : spell(type, separated.substring(0, slash), separated.substring(slash + 1));
  }

  /** The source package of a distribution package in the same spelling; else the package itself. */
  public static String sourceSubject(String subject, String ecosystem, String sourceName) {
    if (sourceName == null || sourceName.isEmpty() || !DISTRIBUTION.contains(ecosystem)) {
      return subject;
    }
    return subject.substring(0, subject.lastIndexOf('/') + 1) + sourceName.toLowerCase(Locale.ROOT);
  }

  /** Type of a purl, or empty. */
  public static String type(String subject) {
    int slash = subject.indexOf('/');
    return subject.startsWith("pkg:") && slash > 4 ? subject.substring(4, slash) : "";
  }

  private static String distribution(String distro) {
    if (distro == null) {
      return null;
    }
    int dash = distro.lastIndexOf('-');
    return dash > 0 ? distro.substring(0, dash) : distro;
  }

  private static String spell(String rawType, String namespace, String rawName) {
    String type = rawType.toLowerCase(Locale.ROOT);
    boolean caseless = CASELESS.contains(type);
    String name = caseless ? rawName.toLowerCase(Locale.ROOT) : rawName;
    if (type.equals("pypi")) {
      name = name.replace('_', '-').replace('.', '-');
    }
    StringBuilder purl = new StringBuilder("pkg:").append(type).append('/');
    if (namespace != null && !namespace.isEmpty()) {
      String space = caseless ? namespace.toLowerCase(Locale.ROOT) : namespace;
      purl.append(type.equals("npm") ? space.replace("%40", "@") : space).append('/');
    }
    return purl.append(name).toString();
  }
}
