package dev.sluice.app.knowledge;

import dev.sluice.events.Finding;
import dev.sluice.events.Severity;
import dev.sluice.events.Suppression;
import dev.sluice.events.SuppressionKind;
import dev.sluice.events.VexStatus;
import dev.sluice.streams.rules.identity.Hashes;
import dev.sluice.streams.rules.suppression.Suppressions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** The records that withhold one finding because somebody answers for it. */
public final class AcceptedFinding {
  /** A longer acceptance is a decision to live with it, and belongs into the policy. */
  public static final int MOST_DAYS = 366;

  private AcceptedFinding() {}

  /**
   * The risk is accepted.
   *
   * @param cap up to this severity
   * @param until when it lapses
   */
  public static Suppression risk(
      Finding finding, Severity cap, String reason, String owner, Instant until) {
    return record(finding, SuppressionKind.ACCEPTED_RISK, null, cap, reason, owner, until);
  }

  /**
   * The claim of a scanner is false.
   *
   * @param until when it lapses, or null
   */
  public static Suppression falsePositive(
      Finding finding, String scanner, String reason, String owner, Instant until) {
    return record(
        finding, SuppressionKind.FALSE_POSITIVE, scanner, Severity.UNKNOWN, reason, owner, until);
  }

  private static Suppression record(
      Finding finding,
      SuppressionKind kind,
      String scanner,
      Severity cap,
      String reason,
      String owner,
      Instant until) {
    String word = scanner == null ? "accepted" : "false-" + scanner;
    return Suppression.newBuilder()
        .setId(Suppressions.key(finding.getId(), word))
        .setKind(kind)
        .setFindings(List.of(finding.getId()))
        .setVulnerability(finding.getVulnerability())
        .setVexStatus(VexStatus.UNKNOWN)
        .setScanner(scanner)
        .setReason(reason)
        .setOwner(owner)
        .setExpires(until)
        .setSeverityCap(cap)
        .setVersion(
            Hashes.hex((reason + "\n" + until + "\n" + cap).getBytes(StandardCharsets.UTF_8)))
        .setRecordedAt(Instant.now())
        .build();
  }

  /** One name for what is kept together, so that later acceptances do not wait for each other. */
  public static String nameOf(List<Suppression> made) {
    return "accept-" + Hashes.id("", made.stream().map(Suppression::getId).toArray(String[]::new));
  }
}
