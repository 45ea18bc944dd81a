package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.gate.GateFormat;
import dev.sluice.app.gate.GateResult;
import dev.sluice.app.gate.GateResult.OnTimeout;
import dev.sluice.events.Severity;
import dev.sluice.producers.gate.Gate;
import dev.sluice.producers.gate.GateAnswer;
import dev.sluice.producers.gate.GateQuestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How a gate judges and in which form it answers. */
final class GateOptions {
  /** From which severity on a build fails whatever the policy says. */
  enum FailOn {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW
  }

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description =
          "Fail too if a scan has a finding of critical, high, medium or low or worse, whatever the"
              + " policy says; it only tightens.")
  private FailOn failOn;

  @Option(
      names = "--new-only",
      description = "Ask --fail-on of findings only that are new and not withheld.")
  private boolean newOnly;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "5m",
      converter = DurationOption.class,
      description = "How long to wait for all verdicts together, default 5m.")
  private Duration timeout;

  @Option(
      names = "--on-timeout",
      paramLabel = "pass|fail",
      description =
          "What to say where nothing is wrong but scans that did not come in time; else exit 4.")
  private OnTimeout onTimeout;

  @Option(
      names = "--output",
      paramLabel = "FORM",
      description = "table, markdown, sarif, junit or json; default table.")
  private GateFormat output;

  @Option(
      names = "--output-file",
      paramLabel = "FILE",
      description = "Write that to a file, and the table to standard output.")
  private Path file;

  @Option(names = "--verbose", description = "List withheld findings too, where they are known.")
  private boolean verbose;

  /** Whether a verdict is wanted at all. */
  boolean isAsked() {
    return failOn != null || output != null || file != null || onTimeout != null;
  }

  /** Whether standard output is for people. */
  boolean isForPeople() {
    return file != null || output == null || output == GateFormat.TABLE;
  }

  /** Whether withheld findings are listed. */
  boolean wantsWithheld() {
    return verbose || output == GateFormat.JSON;
  }

  Duration timeout() {
    return timeout;
  }

  Severity failOn() {
    return failOn == null ? null : Severity.valueOf(failOn.name());
  }

  boolean newOnly() {
    return newOnly;
  }

  void check() {
    if (newOnly && failOn == null) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--new-only is about --fail-on: give that too, or leave it to the policy");
    }
  }

  /** One result for each asset of which scans were published. */
  List<GateResult> judge(VerdictWait wait) {
    List<GateResult> results = new ArrayList<>();
    wait.scans()
        .forEach(
            (asset, scans) -> {
              GateQuestion question = GateQuestion.ofScans(asset, scans, failOn(), newOnly);
              results.add(
                  result(new Gate(question, null).judge(wait.verdicts(), List.of(), List.of())));
            });
    return results;
  }

  GateResult result(GateAnswer answer) {
    return GateResult.of(answer, onTimeout);
  }

  /**
   * Prints in the form that was asked for.
   *
   * @param toOut whether standard output takes it
   * @return the worst of the results
   */
  ExitCode print(Console console, List<GateResult> results, boolean toOut) {
    GateFormat form = output == null ? GateFormat.TABLE : output;
    if (file != null) {
      write(form.text(results, verbose));
    }
    if (toOut && !results.isEmpty()) {
      console.out().print((file == null ? form : GateFormat.TABLE).text(results, verbose));
    }
    return results.stream().map(GateResult::exit).reduce(ExitCode.OK, ExitCode::worse);
  }

  private void write(String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "--output-file: " + file + " cannot be written: " + e.getMessage(), e);
    }
  }
}
