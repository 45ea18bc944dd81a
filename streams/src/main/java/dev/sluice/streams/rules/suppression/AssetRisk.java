package dev.sluice.streams.rules.suppression;

import dev.sluice.events.Finding;
import dev.sluice.events.FindingKind;
import dev.sluice.events.LineState;
import dev.sluice.events.Occurrence;
import dev.sluice.events.Suppression;
import dev.sluice.events.SuppressionKind;
import dev.sluice.streams.rules.identity.VulnerabilityIds;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A risk that is accepted for all of an asset, by the id of a vulnerability, check or licence,
 * perhaps only in some packages or files. Where what it is narrowed to cannot be told of every
 * occurrence, it does not hold.
 */
final class AssetRisk {
  private AssetRisk() {}

  /** Whether an acceptance names no finding, and this one is meant. */
  static boolean covers(Suppression accepted, Finding finding) {
    return accepted.getKind() == SuppressionKind.ACCEPTED_RISK
        && accepted.getFindings().isEmpty()
        && isKind(accepted.getFindingKind(), finding)
        && isCalled(accepted.getVulnerability(), finding)
        && isOnlyInThem(new Statement(accepted), finding)
        && isOnlyAt(accepted.getPaths(), finding);
  }

  private static boolean isKind(FindingKind kind, Finding finding) {
    return kind == FindingKind.UNKNOWN || kind == finding.getKind();
  }

  private static boolean isCalled(String id, Finding finding) {
    return id != null
        && Stream.concat(Stream.of(finding.getVulnerability()), finding.getAliases().stream())
            .map(VulnerabilityIds::normalise)
            .anyMatch(VulnerabilityIds.normalise(id)::equals);
  }

  private static boolean isOnlyInThem(Statement statement, Finding finding) {
    List<LineState> present = finding.getLines().stream().filter(LineState::getPresent).toList();
    return !present.isEmpty()
        && present.stream().allMatch(line -> statement.appliesTo(finding, line));
  }

  private static boolean isOnlyAt(List<String> paths, Finding finding) {
    if (paths.isEmpty()) {
      return true;
    }
    List<PathGlob> globs = paths.stream().map(PathGlob::read).flatMap(Optional::stream).toList();
    List<Occurrence> present =
        finding.getOccurrences().stream().filter(Occurrence::getPresent).toList();
    return !present.isEmpty()
        && isAll(present, finding)
        && present.stream()
            .map(Occurrence::getPlace)
            .allMatch(place -> globs.stream().anyMatch(glob -> glob.matches(place)));
  }

  /** A finding lists a sample of its places: those that it does not list may be others. */
  private static boolean isAll(List<Occurrence> listed, Finding finding) {
    record Spot(String line, String version, String place) {}
    long spots =
        listed.stream()
            .map(each -> new Spot(each.getLine(), each.getVersion(), each.getPlace()))
            .distinct()
            .count();
    return spots >= finding.getOccurrenceCount();
  }
}
