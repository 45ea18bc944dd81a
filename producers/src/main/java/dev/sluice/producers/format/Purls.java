package dev.sluice.producers.format;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Package URLs (package-url/purl-spec) where a report has none. */
public final class Purls {
  /** Scanners' names of package kinds to purl types. */
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("apk", "apk"),
          Map.entry("deb", "deb"),
          Map.entry("rpm", "rpm"),
          Map.entry("npm", "npm"),
          Map.entry("node-pkg", "npm"),
          Map.entry("yarn", "npm"),
          Map.entry("pnpm", "npm"),
          Map.entry("bun", "npm"),
          Map.entry("javascript", "npm"),
          Map.entry("pypi", "pypi"),
          Map.entry("pip", "pypi"),
          Map.entry("pipenv", "pypi"),
          Map.entry("poetry", "pypi"),
          Map.entry("uv", "pypi"),
          Map.entry("python", "pypi"),
          Map.entry("python-pkg", "pypi"),
          Map.entry("maven", "maven"),
          Map.entry("jar", "maven"),
          Map.entry("pom", "maven"),
          Map.entry("gradle", "maven"),
          Map.entry("sbt", "maven"),
          Map.entry("java-archive", "maven"),
          Map.entry("golang", "golang"),
          Map.entry("go", "golang"),
          Map.entry("gomod", "golang"),
          Map.entry("gobinary", "golang"),
          Map.entry("go-module", "golang"),
          Map.entry("cargo", "cargo"),
          Map.entry("rust", "cargo"),
          Map.entry("rustbinary", "cargo"),
          Map.entry("rust-crate", "cargo"),
          Map.entry("composer", "composer"),
          Map.entry("composer-vendor", "composer"),
          Map.entry("php-composer", "composer"),
          Map.entry("gem", "gem"),
          Map.entry("rubygems", "gem"),
          Map.entry("bundler", "gem"),
          Map.entry("gemspec", "gem"),
          Map.entry("nuget", "nuget"),
          Map.entry("dotnet", "nuget"),
          Map.entry("dotnet-core", "nuget"),
          Map.entry("packages-props", "nuget"),
          Map.entry("conan", "conan"),
          Map.entry("conda-pkg", "conda"),
          Map.entry("conda-environment", "conda"),
          Map.entry("pub", "pub"),
          Map.entry("hex", "hex"),
          Map.entry("mix-lock", "hex"),
          Map.entry("erlang", "hex"),
          Map.entry("swift", "swift"),
          Map.entry("cocoapods", "cocoapods"),
          Map.entry("github-action", "githubactions"),
          Map.entry("actions", "githubactions"),
          Map.entry("kubernetes", "k8s"));

  private static final Map<String, String> DISTRO_TYPES =
      Map.ofEntries(
          Map.entry("debian", "deb"),
          Map.entry("ubuntu", "deb"),
          Map.entry("alpine", "apk"),
          Map.entry("wolfi", "apk"),
          Map.entry("chainguard", "apk"),
          Map.entry("redhat", "rpm"),
          Map.entry("rhel", "rpm"),
          Map.entry("centos", "rpm"),
          Map.entry("rocky", "rpm"),
          Map.entry("alma", "rpm"),
          Map.entry("oracle", "rpm"),
          Map.entry("amazon", "rpm"),
          Map.entry("fedora", "rpm"),
          Map.entry("photon", "rpm"),
          Map.entry("azurelinux", "rpm"),
          Map.entry("cbl-mariner", "rpm"),
          Map.entry("sles", "rpm"),
          Map.entry("suse", "rpm"),
          Map.entry("mariner", "rpm"),
          Map.entry("opensuse", "rpm"),
          Map.entry("opensuse.leap", "rpm"),
          Map.entry("opensuse.tumbleweed", "rpm"),
          Map.entry("suse linux enterprise server", "rpm"));

  private static final Map<String, String> MANIFESTS =
      Map.ofEntries(
          Map.entry("package-lock.json", "npm"),
          Map.entry("package.json", "npm"),
          Map.entry("yarn.lock", "npm"),
          Map.entry("pnpm-lock.yaml", "npm"),
          Map.entry("go.mod", "golang"),
          Map.entry("go.sum", "golang"),
          Map.entry("pom.xml", "maven"),
          Map.entry("gradle.lockfile", "maven"),
          Map.entry("requirements.txt", "pypi"),
          Map.entry("pipfile.lock", "pypi"),
          Map.entry("poetry.lock", "pypi"),
          Map.entry("uv.lock", "pypi"),
          Map.entry("cargo.lock", "cargo"),
          Map.entry("composer.lock", "composer"),
          Map.entry("gemfile.lock", "gem"),
          Map.entry("packages.lock.json", "nuget"),
          Map.entry("packages.config", "nuget"),
          Map.entry("pubspec.lock", "pub"),
          Map.entry("mix.lock", "hex"),
          Map.entry("podfile.lock", "cocoapods"),
          Map.entry("package.resolved", "swift"));

  private Purls() {}

  /** purl type of a scanner's package kind; null where it is not known. */
  public static String type(String kind) {
    return kind == null ? null : TYPES.get(kind.toLowerCase(Locale.ROOT));
  }

  /** purl type of a distribution's packages; null where it is not known. */
  public static String distroType(String distro) {
    return distro == null ? null : DISTRO_TYPES.get(distro.toLowerCase(Locale.ROOT));
  }

  /** purl type by the manifest in which a package was found; null where it is not known. */
  public static String typeOfManifest(String path) {
    if (path == null) {
      return null;
    }
    String file = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    if (file.endsWith(".jar") || file.endsWith(".war")) {
      return "maven";
    }
    return MANIFESTS.get(file);
  }

  /** Type of a purl; null where it is none. */
  public static String typeOf(String purl) {
    if (purl == null || !purl.startsWith("pkg:")) {
      return null;
    }
    int slash = purl.indexOf('/');
    return slash < 5 ? null : purl.substring(4, slash).toLowerCase(Locale.ROOT);
  }

  /** Name of a purl with its namespace as its ecosystem writes it; the purl if it is none. */
  public static String nameOf(String purl) {
    try {
      PackageURL parsed = new PackageURL(purl);
      if (parsed.getNamespace() == null || distribution(parsed.getType())) {
        return parsed.getName();
      }
      String separator = parsed.getType().equals("maven") ? ":" : "/";
      return parsed.getNamespace() + separator + parsed.getName();
    } catch (MalformedPackageURLException e) {
      return purl;
    }
  }

  private static boolean distribution(String type) {
    return DISTRO_TYPES.containsValue(type);
  }

  /** A language package by the name its ecosystem uses; null where it cannot be built. */
  public static String language(String type, String name, String version) {
    if (type == null || name == null || name.isBlank()) {
      return null;
    }
    char separator = type.equals("maven") ? ':' : '/';
    boolean namespaced = !type.equals("pypi") && !type.equals("gem") && !type.equals("cargo");
    int at = namespaced ? name.lastIndexOf(separator) : -1;
    return build(
        type, at > 0 ? name.substring(0, at) : null, name.substring(at + 1), version, Map.of());
  }

  /** A distribution's package; null where it cannot be built. */
  public static String distribution(
      String type, String distro, String release, String name, String version, String arch) {
    if (type == null || name == null || name.isBlank() || distro == null) {
      return null;
    }
    TreeMap<String, String> qualifiers = new TreeMap<>();
    if (arch != null && !arch.isBlank()) {
      qualifiers.put("arch", arch);
    }
    if (release != null && !release.isBlank()) {
      qualifiers.put("distro", distro + "-" + release);
    }
    return build(type, distro, name, version, qualifiers);
  }

  private static String build(
      String type, String namespace, String name, String version, Map<String, String> qualifiers) {
    try {
      TreeMap<String, String> sorted = qualifiers.isEmpty() ? null : new TreeMap<>(qualifiers);
      String known = version == null || version.isBlank() ? null : version;
      return new PackageURL(type, namespace, name, known, sorted, null).canonicalize();
    } catch (MalformedPackageURLException e) {
      // A name that no purl can hold: the observation keeps name and version as they are.
      return null;
    }
  }
}
