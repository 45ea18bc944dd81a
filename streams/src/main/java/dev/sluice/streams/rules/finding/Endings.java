package dev.sluice.streams.rules.finding;

import dev.sluice.events.FindingKind;
import dev.sluice.events.ScannerState;
import dev.sluice.events.SecretValidity;
import dev.sluice.streams.rules.version.Versions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which claims hold nothing open any more although their series has not looked again: another
 * series shows the package at a fixed version, or a source says that it is fixed. Only what was
 * seen <em>after</em> the claim counts. What was there before, or is about the same build, is a
 * disagreement between scanners, and then the claim holds; so two scanners that read one package
 * differently do not open and close an item in turn.
 */
public final class Endings {
  /** Of these only one copy is installed, wherever a scanner says that it found it. */
  private static final Set<String> DISTRIBUTIONS = Set.of("deb", "rpm", "apk", "alpm");

  /**
   * Claims as they hold now.
   *
   * @param again series whose next scan may change this without saying anything new
   */
  public record Judged(List<Claimed> claims, Set<Long> again) {}

  private Endings() {}

  /**
   * @param claims every claim about one finding
   * @param shown every version of its package that any series shows now
   */
  public static Judged judge(
      FindingKind kind, String ecosystem, List<Claimed> claims, Collection<Shown> shown) {
    Set<Long> again = new TreeSet<>();
    if (kind == FindingKind.SECRET) {
      claims.stream()
          .filter(claim -> isLive(claim) && claim.standing().asOf() < revokedAt(claims))
          .forEach(claim -> again.add(claim.standing().series()));
      return new Judged(claims, again);
    }
    List<String> fixes =
        claims.stream().flatMap(c -> c.fixedVersions().stream()).distinct().sorted().toList();
    Map<Long, List<Shown>> bySeries = shown.stream().collect(Collectors.groupingBy(Shown::series));
    List<Claimed> judged = new ArrayList<>(claims.size());
    for (Claimed claim : claims) {
      Claimed now = claim;
      if (claim.present()) {
        if (isCalledFixed(claim, claims)) {
          now = claim.end(Resolution.SOURCE_SAYS_FIXED);
        } else if (!fixes.isEmpty() && isUpgraded(ecosystem, claim, fixes, bySeries, again)) {
          now = claim.end(Resolution.FIXED_VERSION);
        }
        if (now != claim) {
          again.add(claim.standing().series());
        }
      }
      judged.add(now);
    }
    return new Judged(judged, again);
  }

  /** A source that names the alert has said since that it is fixed. */
  private static boolean isCalledFixed(Claimed claim, List<Claimed> claims) {
    return !claim.standing().statement()
        && claims.stream()
            .anyMatch(
                other ->
                    other.standing().statement()
                        && other.scannerState() == ScannerState.FIXED
                        && other.line().equals(claim.line())
                        && other.standing().asOf() > claim.standing().asOf());
  }

  private static boolean isUpgraded(
      String ecosystem,
      Claimed claim,
      List<String> fixes,
      Map<Long, List<Shown>> bySeries,
      Set<Long> again) {
    boolean upgraded = false;
    for (List<Shown> ofSeries : bySeries.values()) {
      List<Shown> comparable =
          ofSeries.stream()
              .filter(other -> other.series() != claim.standing().series())
              .filter(other -> other.line().equals(claim.line()))
              .filter(other -> isSameCopy(ecosystem, claim, other))
              .toList();
      boolean newer =
          comparable.stream()
              .anyMatch(
                  other ->
                      other.since() > claim.standing().asOf()
                          && !other.build().isSameAs(claim.standing().build()));
      if (newer
          && comparable.stream().allMatch(other -> isFixed(ecosystem, other.version(), fixes))) {
        if (comparable.get(0).doubted()) {
          again.add(comparable.get(0).series());
        } else {
          upgraded = true;
        }
      }
    }
    return upgraded;
  }

  /** Some scanners write versions of distribution packages without their epoch. */
  private static boolean isFixed(String ecosystem, String version, List<String> fixes) {
    boolean withEpoch =
        !DISTRIBUTIONS.contains(ecosystem) || fixes.stream().allMatch(f -> f.indexOf(':') > 0);
    return Versions.isFixedByAny(
        ecosystem,
        withEpoch ? version : withoutEpoch(version),
        withEpoch ? fixes : fixes.stream().map(Endings::withoutEpoch).toList());
  }

  private static String withoutEpoch(String version) {
    return version.substring(version.indexOf(':') + 1);
  }

  /** Two installed copies are two occurrences: a fixed one says nothing of the other. */
  private static boolean isSameCopy(String ecosystem, Claimed claim, Shown other) {
    if (DISTRIBUTIONS.contains(ecosystem) || claim.place().isEmpty() || other.place().isEmpty()) {
      return true;
    }
    return withoutVersion(claim.place(), claim.version())
        .equals(withoutVersion(other.place(), other.version()));
  }

  /** {@code lib/log4j-core-2.14.1.jar} is the same place with another version. */
  private static String withoutVersion(String place, String version) {
    return version == null || version.isEmpty() ? place : place.replace(version, "*");
  }

  /** When it was last recorded that the secret was revoked; before all times if never. */
  static long revokedAt(List<Claimed> claims) {
    return claims.stream()
        .filter(Endings::isRevocation)
        .mapToLong(claim -> claim.standing().asOf())
        .max()
        .orElse(Long.MIN_VALUE);
  }

  private static boolean isRevocation(Claimed claim) {
    return claim.secretValidity() == SecretValidity.REVOKED
        || claim.standing().statement() && claim.scannerState() == ScannerState.FIXED;
  }

  static boolean isLive(Claimed claim) {
    return claim.present() && claim.secretValidity() == SecretValidity.LIVE;
  }
}
