package dev.sluice.streams.rules.suppression;

import dev.sluice.events.Finding;
import dev.sluice.events.FindingStatus;
import dev.sluice.events.LineState;
import dev.sluice.events.VexStatus;
import java.util.List;
import java.util.Objects;

/**
 * What we say of a finding to others: not affected where a statement or a false positive says so,
 * affected where it is there, fixed where it was. What nobody has decided about is under
 * investigation.
 *
 * @param falsePositive not affected because a scanner's claim is false
 * @param text why, or what to do; empty if there is nothing to say
 * @param update whether an update is what to do
 */
record Verdict(VexStatus status, boolean falsePositive, String text, boolean update) {

  static Verdict of(Finding finding) {
    boolean decided = finding.getDecision() != null;
    String reason = decided ? finding.getDecision().getReason() : "";
    String explanation = decided ? finding.getDecision().getExplanation() : "";
    if (finding.getStatus() == FindingStatus.RESOLVED || reason.equals("vex-fixed")) {
      return new Verdict(VexStatus.FIXED, false, "", false);
    }
    if (reason.equals("vex-not-affected") || reason.equals("false-positive")) {
      boolean falsePositive = reason.equals("false-positive");
      return new Verdict(VexStatus.NOT_AFFECTED, falsePositive, explanation, false);
    }
    if (!decided) {
      return new Verdict(VexStatus.UNDER_INVESTIGATION, false, "", false);
    }
    List<String> fixes =
        finding.getLines().stream()
            .filter(LineState::getPresent)
            .filter(line -> line.getFixedVersion() != null)
            .map(line -> line.getLine() + ": " + line.getFixedVersion())
            .toList();
    return fixes.isEmpty()
        ? new Verdict(VexStatus.AFFECTED, false, explanation, false)
        : new Verdict(
            VexStatus.AFFECTED,
            false,
            "Update " + finding.getPackageName() + " (" + String.join(", ", fixes) + ").",
            true);
  }

  /** The lines of which it speaks: where the finding is, or was until it was resolved. */
  static List<LineState> lines(Finding finding) {
    return finding.getLines().stream()
        .filter(line -> line.getPresent() || finding.getStatus() == FindingStatus.RESOLVED)
        .filter(line -> line.getHeadVersion() != null)
        .toList();
  }

  /** A purl with a version, percent-encoded as the purl specification wants it. */
  static String versioned(String purl, String version) {
    StringBuilder encoded = new StringBuilder(Objects.requireNonNull(purl)).append('@');
    for (char each : version.toCharArray()) {
      boolean plain = Character.isLetterOrDigit(each) || ".-_~".indexOf(each) >= 0;
      encoded.append(plain ? String.valueOf(each) : "%%%02X".formatted((int) each));
    }
    return encoded.toString();
  }
}
