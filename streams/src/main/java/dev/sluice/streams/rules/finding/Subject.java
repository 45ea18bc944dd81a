package dev.sluice.streams.rules.finding;

import dev.sluice.events.FindingKind;
import java.util.List;

/**
 * What a finding is about.
 *
 * @param vulnerability canonical id
 * @param aliases other ids of the same
 * @param subject package without version, or path and rule, detector, resource
 * @param name package name for people, or null
 * @param sourcePackage source package of a distribution package, or null
 * @param ecosystem purl type, or empty
 * @param distro distribution and release, or null
 */
public record Subject(
    String asset,
    String unit,
    FindingKind kind,
    String vulnerability,
    List<String> aliases,
    String subject,
    String name,
    String sourcePackage,
    String ecosystem,
    String distro,
    String title,
    String description,
    List<String> references,
    List<Integer> cwes) {

  public Subject {
    aliases = List.copyOf(aliases);
    references = List.copyOf(references);
    cwes = List.copyOf(cwes);
  }

  /** Whether it is about a package. */
  public boolean isPackage() {
    return kind == FindingKind.VULNERABLE_PACKAGE
        || kind == FindingKind.LICENCE
        || kind == FindingKind.END_OF_LIFE;
  }
}
