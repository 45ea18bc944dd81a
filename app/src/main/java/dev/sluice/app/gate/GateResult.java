package dev.sluice.app.gate;

import dev.sluice.app.ExitCode;
import dev.sluice.producers.gate.GateAnswer;
import java.util.Locale;

/**
 * An answer of the gate, and what it comes to for the build.
 *
 * @param exit what the process will say
 * @param note what was decided beside the answer, for people; empty if nothing
 */
public record GateResult(GateAnswer answer, ExitCode exit, String note) {

  /** What becomes of a build when time is up and scans are missing. */
  public enum OnTimeout {
    PASS,
    FAIL
  }

  /**
   * @param onTimeout null leaves it unknown. It is about scans that did not come in time, and about
   *     nothing else that keeps an answer from being known.
   */
  public static GateResult of(GateAnswer answer, OnTimeout onTimeout) {
    if (answer.override() != null) {
      return new GateResult(answer, ExitCode.OK, "");
    }
    ExitCode exit =
        switch (answer.outcome()) {
          case PASS -> ExitCode.OK;
          case FAIL -> ExitCode.POLICY;
          default -> ExitCode.UNREACHABLE;
        };
    boolean late =
        exit == ExitCode.UNREACHABLE
            && !answer.missing().isEmpty()
            && answer.unknown().size() == answer.missing().size();
    if (!late || onTimeout == null) {
      return new GateResult(answer, exit, "");
    }
    return onTimeout == OnTimeout.PASS
        ? new GateResult(answer, ExitCode.OK, "Time was up, and --on-timeout lets it pass.")
        : new GateResult(answer, ExitCode.POLICY, "Time was up, and --on-timeout fails it.");
  }

  /** The same, with another note. */
  public GateResult noting(String text) {
    return new GateResult(answer, exit, text);
  }

  /** What is asked about, by name. */
  public String subject() {
    StringBuilder text = new StringBuilder(answer.asset());
    if (answer.unit() != null) {
      text.append(" (").append(answer.unit()).append(')');
    }
    if (answer.version() != null) {
      text.append(' ').append(answer.version());
    } else if (answer.commit() != null) {
      text.append(' ').append(answer.commit(), 0, Math.min(12, answer.commit().length()));
    }
    if (answer.line() != null && !answer.line().equals(answer.version())) {
      text.append(", line ").append(answer.line());
    }
    return text.toString();
  }

  /** Pass, fail or cannot know; what a person or an option made of it is said too. */
  public String word() {
    String outcome = answer.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return answer.override() == null ? outcome : "overridden (" + outcome + ")";
  }
}
