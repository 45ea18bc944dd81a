package dev.sluice.streams.rules.finding;

import dev.sluice.events.Finding;
import dev.sluice.events.FixState;
import dev.sluice.events.LineState;
import dev.sluice.events.Location;
import dev.sluice.events.Occurrence;
import dev.sluice.events.Rating;
import dev.sluice.events.Reachability;
import dev.sluice.events.SecretValidity;
import dev.sluice.events.Support;
import dev.sluice.streams.rules.severity.Severities;
import dev.sluice.streams.rules.severity.WeighedSeverity;
import dev.sluice.streams.rules.version.FixedVersions;
import dev.sluice.streams.rules.version.Versions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts a finding together from everything that is claimed of it. The same set of claims gives the
 * same finding, whatever the order.
 */
public final class FindingAssembly {
  private static final int MOST_LINES = 100;
  private static final int MOST_VERSIONS = 20;
  private static final int MOST_RATINGS = 20;
  private static final int MOST_OCCURRENCES = 20;

  private static final Comparator<Rating> RATINGS =
      Comparator.comparing(Rating::getSource)
          .thenComparing(rating -> String.valueOf(rating.getMethod()))
          .thenComparing(rating -> String.valueOf(rating.getVector()))
          .thenComparing(rating -> String.valueOf(rating.getScore()))
          .thenComparing(rating -> String.valueOf(rating.getText()))
          .thenComparing(Rating::getSeverity);
  private static final Comparator<Claimed> CLAIMS =
      Comparator.comparing(Claimed::line)
          .thenComparing(claim -> String.valueOf(claim.version()))
          .thenComparing(Claimed::place)
          .thenComparing(Claimed::scanner)
          .thenComparing(Claimed::nativeId);

  private FindingAssembly() {}

  /**
   * Everything about a finding but its id, decision and life.
   *
   * @param claims at least one
   * @param support what the support matrix says of a release line
   */
  public static Finding assemble(
      Subject subject, List<Claimed> claims, Function<String, Support> support) {
    List<Claimed> sorted = claims.stream().sorted(CLAIMS).toList();
    List<Claimed> present = sorted.stream().filter(Claimed::present).toList();
    List<Claimed> speaking = present.isEmpty() ? sorted : present;
    List<Rating> ratings = ratings(speaking);
    WeighedSeverity severity =
        Severities.weigh(subject.kind(), subject.ecosystem(), subject.distro(), ratings);
    List<LineState> lines = lines(subject, sorted, support);
    return Finding.newBuilder()
        .setId("")
        .setAsset(subject.asset())
        .setUnit(subject.unit())
        .setKind(subject.kind())
        .setVulnerability(subject.vulnerability())
        .setAliases(subject.aliases())
        .setPackage$(subject.isPackage() ? subject.subject() : null)
        .setPackageName(subject.name())
        .setSourcePackage(subject.sourcePackage())
        .setLocation(location(speaking))
        .setTitle(subject.title())
        .setDescription(subject.description())
        .setReferences(subject.references())
        .setCwes(subject.cwes())
        .setSeverity(severity.severity())
        .setSeveritySource(severity.source())
        .setSeverityReason(severity.reason())
        .setRatings(ratings.stream().limit(MOST_RATINGS).toList())
        .setEpssScore(highest(speaking))
        .setKnownExploited(speaking.stream().anyMatch(Claimed::kev))
        .setReachability(reachability(speaking))
        .setFixState(fixState(speaking))
        .setSecretValidity(secretValidity(sorted))
        .setResolution(present.isEmpty() ? Resolution.of(subject.kind(), sorted) : null)
        .setLines(lines.stream().limit(MOST_LINES).toList())
        .setOccurrences(occurrences(speaking))
        .setOccurrenceCount(countOccurrences(present))
        .setScanners(present.stream().map(Claimed::scanner).distinct().sorted().toList())
        .setFirstSeen(
            Instant.ofEpochMilli(sorted.stream().mapToLong(Claimed::since).min().orElse(0)))
        .build();
  }

  /** Whether every scanner that claims it has set its claim aside. */
  public static boolean isSetAside(List<Claimed> claims) {
    List<Claimed> present = claims.stream().filter(Claimed::present).toList();
    return !present.isEmpty() && present.stream().allMatch(Claimed::isSetAside);
  }

  /** Whether one of these lines, present and not out of support, has a fix. */
  public static boolean hasFix(Finding finding) {
    return finding.getLines().stream()
        .anyMatch(
            line ->
                line.getPresent()
                    && line.getSupport() != Support.UNSUPPORTED
                    && line.getFixedVersion() != null);
  }

  private static List<Rating> ratings(List<Claimed> claims) {
    return claims.stream()
        .flatMap(claim -> claim.ratings().stream())
        .distinct()
        .sorted(RATINGS)
        .toList();
  }

  private static List<LineState> lines(
      Subject subject, List<Claimed> claims, Function<String, Support> support) {
    Map<String, List<Claimed>> byLine =
        claims.stream()
            .collect(Collectors.groupingBy(Claimed::line, TreeMap::new, Collectors.toList()));
    List<LineState> lines = new ArrayList<>();
    byLine.forEach((line, of) -> lines.add(line(subject, line, of, support.apply(line))));
    return lines;
  }

  private static LineState line(
      Subject subject, String line, List<Claimed> claims, Support support) {
    List<Claimed> present = claims.stream().filter(Claimed::present).toList();
    TreeSet<String> seenBy =
        present.stream().map(Claimed::scanner).collect(Collectors.toCollection(TreeSet::new));
    TreeSet<String> notSeenBy =
        claims.stream().map(Claimed::scanner).collect(Collectors.toCollection(TreeSet::new));
    notSeenBy.removeAll(seenBy);
    return LineState.newBuilder()
        .setLine(line)
        .setSupport(support)
        .setPresent(!present.isEmpty())
        .setInstalledVersions(
            present.stream()
                .map(Claimed::version)
                .filter(Objects::nonNull)
                .distinct()
                .sorted((a, b) -> Versions.compare(subject.ecosystem(), a, b))
                .limit(MOST_VERSIONS)
                .toList())
        .setFixedVersion(fixedVersion(subject.ecosystem(), present))
        .setSeenBy(List.copyOf(seenBy))
        .setNotSeenBy(List.copyOf(notSeenBy))
        .setFirstSeen(
            Instant.ofEpochMilli(claims.stream().mapToLong(Claimed::since).min().orElse(0)))
        .build();
  }

  /** The version that fixes every installed copy: the highest of what each of them needs. */
  private static String fixedVersion(String ecosystem, List<Claimed> claims) {
    List<String> offered =
        claims.stream()
            .flatMap(claim -> FixedVersions.normalise(claim.fixedVersions()).stream())
            .distinct()
            .sorted()
            .toList();
    if (offered.isEmpty()) {
      return null;
    }
    return claims.stream()
        .map(claim -> FixedVersions.lowestAbove(ecosystem, claim.version(), offered))
        .flatMap(Optional::stream)
        .max((a, b) -> Versions.compare(ecosystem, a, b))
        .orElse(null);
  }

  private static Location location(List<Claimed> claims) {
    return claims.stream()
        .filter(claim -> claim.location() != null)
        .max(Comparator.comparingLong(Claimed::since).thenComparing(CLAIMS.reversed()))
        .map(Claimed::location)
        .orElse(null);
  }

  private static Double highest(List<Claimed> claims) {
    return claims.stream()
        .map(Claimed::epss)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  /** The strongest statement wins: one tool that sees a call outweighs one that sees none. */
  private static Reachability reachability(List<Claimed> claims) {
    return Stream.of(
            Reachability.CALLED,
            Reachability.IMPORTED,
            Reachability.REQUIRED,
            Reachability.NOT_REACHABLE)
        .filter(wanted -> claims.stream().anyMatch(claim -> claim.reachability() == wanted))
        .findFirst()
        .orElse(Reachability.UNKNOWN);
  }

  private static FixState fixState(List<Claimed> claims) {
    return Stream.of(
            FixState.FIXED,
            FixState.UNDER_INVESTIGATION,
            FixState.DEFERRED,
            FixState.NOT_FIXED,
            FixState.WONT_FIX,
            FixState.END_OF_LIFE,
            FixState.NOT_AFFECTED)
        .filter(wanted -> claims.stream().anyMatch(claim -> claim.fixState() == wanted))
        .findFirst()
        .orElse(FixState.UNKNOWN);
  }

  /** Revoked once that is recorded, until somebody who looked since says that it is live. */
  private static SecretValidity secretValidity(List<Claimed> claims) {
    long revokedAt = Endings.revokedAt(claims);
    boolean live =
        claims.stream().anyMatch(c -> Endings.isLive(c) && c.standing().asOf() >= revokedAt);
    if (live) {
      return SecretValidity.LIVE;
    }
    return revokedAt == Long.MIN_VALUE ? SecretValidity.UNKNOWN : SecretValidity.REVOKED;
  }

  private static List<Occurrence> occurrences(List<Claimed> claims) {
    return claims.stream()
        .limit(MOST_OCCURRENCES)
        .map(
            claim ->
                Occurrence.newBuilder()
                    .setLine(claim.line())
                    .setVersion(claim.version())
                    .setPlace(claim.place())
                    .setScanner(claim.scanner())
                    .setNativeId(claim.nativeId())
                    .setPresent(claim.present())
                    .setSince(Instant.ofEpochMilli(claim.since()))
                    .build())
        .toList();
  }

  /** Two scanners that name the same version at the same place mean one occurrence. */
  private static long countOccurrences(List<Claimed> present) {
    record Spot(String line, String version, String place) {}
    Map<Spot, Integer> spots =
        present.stream()
            .collect(
                Collectors.toMap(
                    claim -> new Spot(claim.line(), claim.version(), claim.place()),
                    Claimed::placeCount,
                    Math::max));
    return spots.values().stream().mapToLong(Integer::longValue).sum();
  }
}
