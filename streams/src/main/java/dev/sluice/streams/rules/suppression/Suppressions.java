package dev.sluice.streams.rules.suppression;

import dev.sluice.events.Finding;
import dev.sluice.events.FindingKind;
import dev.sluice.events.LineState;
import dev.sluice.events.SecretValidity;
import dev.sluice.events.Severity;
import dev.sluice.events.Suppression;
import dev.sluice.events.SuppressionKind;
import dev.sluice.events.VexStatus;
import dev.sluice.streams.rules.identity.VulnerabilityIds;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether something withholds a finding. A statement about a product counts only if, for every
 * release line on which the finding is, one applies to the version at its head; of several that
 * apply to one line the newest holds. An acceptance never hides what is known to be exploited or a
 * live secret, nor what is worse than its cap, and a false positive lapses as soon as another
 * scanner affirms it.
 */
public final class Suppressions {
  /** Order of severities for a cap; UNKNOWN may be anything. */
  private static final List<Severity> WORST_FIRST =
      List.of(
          Severity.CRITICAL,
          Severity.HIGH,
          Severity.MEDIUM,
          Severity.LOW,
          Severity.NEGLIGIBLE,
          Severity.NONE);

  private Suppressions() {}

  /**
   * Id of a suppression: what it is about comes first, so that all about one subject lie together.
   *
   * @param subject vulnerability or rule for a VEX statement and a risk that is accepted for a
   *     whole asset, finding id for everything else
   */
  public static String key(String subject, String rest) {
    return prefix(subject) + rest;
  }

  /** What the ids of all suppressions about a subject begin with. */
  public static String prefix(String subject) {
    return VulnerabilityIds.normalise(subject) + ':';
  }

  /**
   * Decides.
   *
   * @param finding with its lines, scanners, severity and exploitation
   * @param candidates suppressions that name the finding or its vulnerability
   */
  public static Optional<Suppressed> of(
      Finding finding, Collection<Suppression> candidates, Instant now) {
    Optional<Suppressed> named =
        candidates.stream()
            .filter(each -> each.getKind() != SuppressionKind.VEX)
            .filter(each -> isNow(each, now))
            .filter(each -> names(each, finding))
            .sorted(Comparator.comparing(Suppression::getId))
            .map(each -> byName(each, finding))
            .flatMap(Optional::stream)
            .findFirst();
    return named.isPresent() ? named : byStatement(finding, candidates, now);
  }

  private static boolean isNow(Suppression suppression, Instant now) {
    return suppression.getExpires() == null || suppression.getExpires().isAfter(now);
  }

  private static boolean names(Suppression suppression, Finding finding) {
    return suppression.getFindings().contains(finding.getId())
        || finding.getFormerIds().stream().anyMatch(suppression.getFindings()::contains)
        || AssetRisk.covers(suppression, finding);
  }

  private static Optional<Suppressed> byName(Suppression suppression, Finding finding) {
    return switch (suppression.getKind()) {
      case ACCEPTED_RISK ->
          isAcceptable(finding) && isBelowCap(suppression, finding)
              ? Optional.of(suppressed(suppression, "accepted", "The risk was accepted"))
              : Optional.empty();
      case FALSE_POSITIVE ->
          finding.getScanners().stream().allMatch(name -> name.equals(suppression.getScanner()))
              ? Optional.of(
                  suppressed(
                      suppression,
                      "false-positive",
                      "The claim of " + suppression.getScanner() + " is false"))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static boolean isAcceptable(Finding finding) {
    boolean live =
        finding.getKind() == FindingKind.SECRET
            && finding.getSecretValidity() != SecretValidity.REVOKED;
    return !finding.getKnownExploited() && !live;
  }

  private static boolean isBelowCap(Suppression suppression, Finding finding) {
    Severity cap = suppression.getSeverityCap();
    if (cap == Severity.UNKNOWN) {
      return true;
    }
    // What is not known may be worse than the cap.
    return finding.getSeverity() != Severity.UNKNOWN
        && WORST_FIRST.indexOf(finding.getSeverity()) >= WORST_FIRST.indexOf(cap);
  }

  private static Suppressed suppressed(Suppression by, String reason, String what) {
    String who = by.getOwner() == null ? by.getRecordedBy() : by.getOwner();
    return new Suppressed(
        by.getId(),
        by.getKind(),
        reason,
        what
            + (who == null ? "" : " by " + who)
            + (by.getExpires() == null ? "" : " until " + by.getExpires())
            + ": "
            + by.getReason(),
        by.getExpires());
  }

  private static Optional<Suppressed> byStatement(
      Finding finding, Collection<Suppression> candidates, Instant now) {
    List<Statement> statements =
        candidates.stream()
            .filter(each -> each.getKind() == SuppressionKind.VEX)
            .filter(each -> isNow(each, now))
            .map(Statement::new)
            .toList();
    List<LineState> present = finding.getLines().stream().filter(LineState::getPresent).toList();
    if (statements.isEmpty() || present.isEmpty()) {
      return Optional.empty();
    }
    Suppression decisive = null;
    for (LineState line : present) {
      Optional<Suppression> newest =
          statements.stream()
              .filter(each -> each.appliesTo(finding, line))
              .map(Statement::suppression)
              .max(NEWEST_LAST);
      if (newest.isEmpty() || !withholds(newest.get())) {
        return Optional.empty();
      }
      decisive = newest.get();
    }
    return Optional.of(vex(Objects.requireNonNull(decisive)));
  }

  /** The newest holds; of equal time, the one that withholds nothing. */
  private static final Comparator<Suppression> NEWEST_LAST =
      Comparator.comparing(
              Suppression::getRecordedAt, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(each -> !withholds(each))
          .thenComparing(Suppression::getId);

  private static boolean withholds(Suppression statement) {
    return statement.getVexStatus() == VexStatus.NOT_AFFECTED
        || statement.getVexStatus() == VexStatus.FIXED;
  }

  private static Suppressed vex(Suppression by) {
    String status = by.getVexStatus().name().toLowerCase(Locale.ROOT).replace('_', '-');
    String why = by.getJustification() == null ? "" : " (" + by.getJustification() + ")";
    String text = by.getReason().isEmpty() ? "" : ": " + by.getReason();
    return new Suppressed(
        by.getId(),
        SuppressionKind.VEX,
        "vex-" + status,
        "A VEX statement of "
            + (by.getSource() == null ? "an unnamed document" : by.getSource())
            + " says "
            + status.replace('-', ' ')
            + why
            + text,
        by.getExpires());
  }
}
