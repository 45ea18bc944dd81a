package dev.sluice.producers.format.gitlab;

import dev.sluice.events.Component;
import dev.sluice.events.Directness;
import dev.sluice.producers.format.Purls;
import dev.sluice.producers.format.RepositoryPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The package of a dependency or container scan. */
final class GitlabPackage {
  /** GitLab's advisory database words it so. */
  private static final Pattern OR_ABOVE =
      Pattern.compile("Upgrade to versions? ([0-9][^;]{0,300}?) or above\\.?");

  private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.:~+_-]*");

  private final GitlabLocation location;
  private final RepositoryPaths paths;

  GitlabPackage(GitlabLocation location, RepositoryPaths paths) {
    this.location = location;
    this.paths = paths;
  }

  /** The package; null where it has no name. */
  Component component() {
    if (!location.hasPackage()) {
      return null;
    }
    String name = location.packageName;
    String version = location.packageVersion;
    String[] system = system();
    // Container scanners write the image's distribution for packages of languages too.
    boolean ofDistribution = system != null && name.chars().noneMatch(c -> ":/@".indexOf(c) >= 0);
    String type =
        ofDistribution ? Purls.distroType(system[0]) : Purls.typeOfManifest(location.file);
    String purl =
        ofDistribution
            ? Purls.distribution(type, system[0], system[1], name, version, null)
            : Purls.language(type, name, version);
    List<String> places = new ArrayList<>(1);
    if (location.file != null && !location.file.isBlank()) {
      places.add(paths.of(location.file));
    }
    return new Component(
        purl,
        name,
        version,
        type == null ? "" : type,
        null,
        null,
        ofDistribution ? system[0] + "-" + system[1] : null,
        null,
        null,
        location.direct == null
            ? Directness.UNKNOWN
            : location.direct ? Directness.DIRECT : Directness.TRANSITIVE,
        places,
        places.size());
  }

  /** Distribution and release of {@code debian 10.9}; null where it is no known one. */
  private String[] system() {
    String system = location.operatingSystem;
    int space = system == null ? -1 : system.strip().indexOf(' ');
    if (space < 1) {
      return null;
    }
    String distro = system.strip().substring(0, space).toLowerCase(Locale.ROOT);
    String release = system.strip().substring(space + 1).strip();
    return Purls.distroType(distro) == null ? null : new String[] {distro, release};
  }

  /** Fixed versions in a solution's sentence; empty where it is none of the known ones. */
  List<String> fixes(String solution) {
    if (solution == null) {
      return List.of();
    }
    String text = solution.strip();
    String upgrade = "Upgrade " + location.packageName + " to ";
    List<String> fixes = new ArrayList<>(1);
    Matcher above = OR_ABOVE.matcher(text);
    if (location.hasPackage() && text.startsWith(upgrade)) {
      add(fixes, text.substring(upgrade.length()));
    } else if (above.matches()) {
      add(fixes, above.group(1));
    }
    return fixes;
  }

  private static void add(List<String> fixes, String versions) {
    for (String version : versions.split("\\s*,\\s*", 20)) {
      if (VERSION.matcher(version).matches()) {
        fixes.add(version);
      }
    }
  }
}
