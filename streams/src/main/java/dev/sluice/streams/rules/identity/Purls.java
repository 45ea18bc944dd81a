package dev.sluice.streams.rules.identity;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.sluice.events.Component;
import java.util.Locale;
import java.util.Map;
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
          "swift",
          "docker",
          "oci");
  private static final Set<String> DISTRIBUTION = Set.of("deb", "rpm", "apk", "alpm");

  /** Types that reports use beside the one of the specification. */
  private static final Map<String, String> TYPES =
      Map.of("githubactions", "github", "go", "golang", "rubygems", "gem", "packagist", "composer");

  /**
   * Distributions by the names that scanners give them: os-release ids (Syft), Trivy's families,
   * Snyk's and OSV's. One spelling each, the one of the purl specification where it has one.
   */
  private static final Map<String, String> DISTRIBUTIONS =
      Map.ofEntries(
          Map.entry("rhel", "redhat"),
          Map.entry("red hat", "redhat"),
          Map.entry("red hat enterprise linux", "redhat"),
          Map.entry("almalinux", "alma"),
          Map.entry("rockylinux", "rocky"),
          Map.entry("rocky linux", "rocky"),
          Map.entry("ol", "oracle"),
          Map.entry("oraclelinux", "oracle"),
          Map.entry("oracle linux", "oracle"),
          Map.entry("amzn", "amazon"),
          Map.entry("amazonlinux", "amazon"),
          Map.entry("amazon linux", "amazon"),
          Map.entry("mariner", "cbl-mariner"),
          Map.entry("sles", "suse"),
          Map.entry("suse linux enterprise server", "suse"),
          Map.entry("opensuse-leap", "opensuse"),
          Map.entry("opensuse.leap", "opensuse"),
          Map.entry("opensuse-tumbleweed", "opensuse"),
          Map.entry("opensuse.tumbleweed", "opensuse"));

  private static final String UNTYPED = "pkg:generic/";

  private Purls() {}

  /** The package an observation is about; {@code pkg:generic/…} where no ecosystem is known. */
  public static String subject(Component component) {
    if (component.getPurl() != null) {
      try {
        PackageURL purl = new PackageURL(component.getPurl());
        String namespace = purl.getNamespace();
        if (namespace == null && DISTRIBUTION.contains(purl.getType())) {
          namespace = distribution(distro(purl, component));
        }
        return spell(purl.getType(), namespace, purl.getName());
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

  /** Whether nothing but the name of the package is known. */
  public static boolean isUntyped(String subject) {
    return subject.startsWith(UNTYPED);
  }

  /**
   * The name under which a report that knows nothing else would list the package: without the
   * distribution, and without regard to case, to {@code :} and to an {@code @} in front.
   */
  static String bareName(String subject) {
    int start = subject.indexOf('/') + 1;
    String name =
        DISTRIBUTION.contains(type(subject))
            ? subject.substring(subject.lastIndexOf('/') + 1)
            : subject.substring(start);
    String plain = name.toLowerCase(Locale.ROOT).replace(':', '/');
    return plain.startsWith("@") ? plain.substring(1) : plain;
  }

  private static String distro(PackageURL purl, Component component) {
    String qualifier = purl.getQualifiers() == null ? null : purl.getQualifiers().get("distro");
    return qualifier == null ? component.getDistro() : qualifier;
  }

  private static String distribution(String distro) {
    if (distro == null) {
      return null;
    }
    int dash = distro.lastIndexOf('-');
    boolean release =
        dash > 0 && dash + 1 < distro.length() && Character.isDigit(distro.charAt(dash + 1));
    return release ? distro.substring(0, dash) : distro;
  }

  private static String spell(String rawType, String rawNamespace, String rawName) {
    String lower = rawType.toLowerCase(Locale.ROOT);
    String type = TYPES.getOrDefault(lower, lower);
    boolean caseless = CASELESS.contains(type);
    String name = caseless ? rawName.toLowerCase(Locale.ROOT) : rawName;
    String namespace =
        rawNamespace == null || !caseless ? rawNamespace : rawNamespace.toLowerCase(Locale.ROOT);
    switch (type) {
      case "pypi" -> name = name.replaceAll("[-_.]+", "-"); // PEP 503
      case "cargo" -> name = name.replace('_', '-'); // crates.io lets no two differ in this alone
      case "npm" -> namespace = scope(namespace);
      case "golang" -> {
        if (isGoStandardLibrary(namespace, name)) {
          namespace = null;
          name = "stdlib";
        }
      }
      case "deb", "rpm", "apk" ->
          namespace = namespace == null ? null : DISTRIBUTIONS.getOrDefault(namespace, namespace);
      default -> {}
    }
    StringBuilder purl = new StringBuilder("pkg:").append(type).append('/');
    if (namespace != null && !namespace.isEmpty()) {
      purl.append(namespace).append('/');
    }
    return purl.append(name).toString();
  }

  private static String scope(String namespace) {
    if (namespace == null || namespace.isEmpty()) {
      return namespace;
    }
    String scope = namespace.replace("%40", "@");
    return scope.startsWith("@") ? scope : '@' + scope;
  }

  /** {@code stdlib} (Trivy, Grype, govulncheck), {@code std} (CycloneDX), {@code std/net/http}. */
  private static boolean isGoStandardLibrary(String namespace, String name) {
    return namespace == null
        ? name.equals("std") || name.equals("stdlib")
        : namespace.equals("std") || namespace.startsWith("std/");
  }
}
