package dev.sluice.producers.gate;

import dev.sluice.events.Outcome;
import dev.sluice.events.ScanVerdict;
import dev.sluice.events.SeverityCounts;
import dev.sluice.producers.gate.GateAnswer.Missing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The scans that have been looked at so far, on the way to one answer. */
final class Judged {
  private final List<GateAnswer.Scan> scans = new ArrayList<>();
  private final List<String> unknown = new ArrayList<>();
  private final Map<String, Long> withheld = new TreeMap<>();
  private final Map<String, Long> tooBad = new TreeMap<>();
  private long mostFailing;
  private long news;
  private boolean fails;
  private boolean allNamed = true;

  /**
   * Takes a scan in.
   *
   * @param settled how many of the findings that failed it are decided otherwise since
   */
  void take(ScanVerdict scan, long settled, GateQuestion question) {
    long failing = Math.max(0, scan.getFailingCount() - settled);
    Outcome outcome = outcome(scan, settled, failing);
    fails |= outcome == Outcome.FAIL;
    mostFailing = Math.max(mostFailing, failing);
    allNamed &=
        scan.getFailingCount() <= scan.getNamed().stream().filter(f -> f.getFails()).count();
    news += scan.getNewFindings();
    scan.getWithheld().forEach((reason, count) -> withheld.merge(reason, count, Long::sum));
    if (!Gate.isKnown(outcome)) {
      unknown.add(scan.getScanner() + ": " + doubt(scan));
    }
    if (question.failOn() != null) {
      SeverityCounts counts = question.newOnly() ? scan.getNewActionable() : scan.getBySeverity();
      long count = GateSeverity.atLeast(question.failOn(), counts);
      if (count > 0) {
        tooBad.merge(scan.getScanner(), count, Long::sum);
      }
    }
    scans.add(view(scan, outcome, settled, failing));
  }

  /** What failed it and is accepted since fails it no more; what else there is decides. */
  private static Outcome outcome(ScanVerdict scan, long settled, long failing) {
    if (settled == 0 || failing > 0 || scan.getOutcome() != Outcome.FAIL) {
      return scan.getOutcome();
    }
    return switch (scan.getCompleteness()) {
      case COMPLETE, REPEATED -> Outcome.PASS;
      default -> Outcome.CANNOT_KNOW;
    };
  }

  private static String doubt(ScanVerdict scan) {
    String why = scan.getReason().isEmpty() ? "there is no outcome" : scan.getReason();
    return scan.getSuspicions().isEmpty()
        ? why
        : why + " " + String.join(" ", scan.getSuspicions());
  }

  GateAnswer answer(
      GateQuestion question,
      List<ScanVerdict> verdicts,
      List<Missing> missing,
      List<GateFinding> findings,
      List<GateAnswer.Upgrade> upgrades) {
    long named = findings.stream().filter(GateFinding::fails).count();
    long failingCount = allNamed ? named : Math.max(named, mostFailing);
    missing.forEach(each -> unknown.add(missing(each)));
    Outcome outcome =
        fails || !tooBad.isEmpty()
            ? Outcome.FAIL
            : unknown.isEmpty() ? Outcome.PASS : Outcome.CANNOT_KNOW;
    GateAnswer.FailOn failOn =
        question.failOn() == null
            ? null
            : new GateAnswer.FailOn(question.failOn().name(), question.newOnly(), tooBad);
    return new GateAnswer(
        question.asset(),
        question.unit(),
        only(question.version(), verdicts, ScanVerdict::getVersion),
        only(question.commit(), verdicts, ScanVerdict::getCommit),
        only(question.line(), verdicts, ScanVerdict::getLine),
        outcome,
        reason(outcome, failingCount, findings, question),
        missing.isEmpty(),
        unknown,
        null,
        scans,
        missing,
        failingCount,
        news,
        failOn,
        withheld,
        findings,
        leftOut(verdicts, findings),
        upgrades);
  }

  /** A verdict names a hundred findings; how many are missing is known for each scan apart. */
  private static long leftOut(List<ScanVerdict> scans, List<GateFinding> findings) {
    long most = 0;
    for (ScanVerdict scan : scans) {
      long there =
          findings.stream()
              .filter(f -> f.status().equals(GateFinding.OPEN))
              .filter(f -> f.scanners().contains(scan.getScanner()))
              .count();
      most = Math.max(most, scan.getActionable() - there);
    }
    return most;
  }

  /** What was asked for, else what all scans have in common. */
  private static String only(
      String asked,
      List<ScanVerdict> scans,
      java.util.function.Function<ScanVerdict, String> field) {
    if (asked != null) {
      return asked;
    }
    List<String> values = scans.stream().map(field).distinct().toList();
    return values.size() == 1 ? values.get(0) : null;
  }

  private static String missing(Missing scan) {
    String who = scan.scanner().isEmpty() ? "" : scan.scanner();
    if (scan.scope() != null) {
      who += " (" + scan.scope() + ")";
    }
    if (scan.scanId() != null) {
      who += (who.isEmpty() ? "scan " : ", scan ") + scan.scanId();
    }
    return (who.isEmpty() ? "" : who + ": ") + scan.why() + ".";
  }

  private String reason(
      Outcome outcome, long failing, List<GateFinding> findings, GateQuestion question) {
    List<String> sentences = new ArrayList<>();
    if (failing > 0) {
      List<String> examples =
          findings.stream()
              .filter(GateFinding::fails)
              .map(GateFinding::subject)
              .distinct()
              .limit(3)
              .toList();
      String more = failing > examples.size() ? ", …" : "";
      sentences.add(
          (failing == 1 ? "1 finding fails" : failing + " findings fail")
              + " the gate"
              + (examples.isEmpty() ? "" : ": " + String.join(", ", examples) + more)
              + ".");
    }
    tooBad.forEach(
        (scanner, count) ->
            sentences.add(
                scanner
                    + ": "
                    + count
                    + (question.newOnly() ? " new" : "")
                    + (count == 1 ? " finding is " : " findings are ")
                    + question.failOn().name().toLowerCase(Locale.ROOT)
                    + " or worse (fail-on)."));
    if (outcome == Outcome.FAIL && sentences.isEmpty()) {
      sentences.add("A scan fails the gate.");
    }
    if (!unknown.isEmpty()) {
      sentences.add(
          (outcome == Outcome.FAIL ? "Not everything is known: " : "Nobody can know: ")
              + String.join(" ", unknown));
    }
    return sentences.isEmpty() ? "Nothing fails the gate." : String.join(" ", sentences);
  }

  private static GateAnswer.Scan view(
      ScanVerdict scan, Outcome outcome, long settled, long failing) {
    String reason =
        settled == 0
            ? scan.getReason()
            : scan.getReason() + " Since then " + settled + " of them are accepted or withheld.";
    return new GateAnswer.Scan(
        scan.getScanId(),
        scan.getScanner(),
        scan.getScope(),
        scan.getUnit(),
        scan.getVersion(),
        scan.getLine(),
        scan.getPurpose().name(),
        scan.getScanTime() == null ? null : scan.getScanTime().toString(),
        scan.getCompleteness().name(),
        outcome.name(),
        scan.getGateMode().name(),
        reason,
        scan.getSuspicions(),
        scan.getObservations(),
        scan.getFindings(),
        scan.getNewFindings(),
        scan.getFixedFindings(),
        scan.getActionable(),
        failing,
        GateSeverity.counts(scan.getBySeverity()),
        scan.getWithheld());
  }
}
