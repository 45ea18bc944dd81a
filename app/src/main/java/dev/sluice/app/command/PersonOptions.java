package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.ExitCode;
import picocli.CommandLine.Option;

/** Who decides, and why: it is kept with what follows from it. */
final class PersonOptions {
  static final int LONGEST = 500;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      required = true,
      description = "Who decides; it is recorded.")
  private String by;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why, at most 500 characters; it is recorded.")
  private String reason;

  String by() {
    if (by.isBlank()) {
      throw new CommandFailure(ExitCode.USAGE, "--by: say who decides");
    }
    return by.strip();
  }

  /** The reason, or null. */
  String reason() {
    if (reason != null && reason.length() > LONGEST) {
      throw new CommandFailure(ExitCode.USAGE, "--reason: at most " + LONGEST + " characters");
    }
    return reason == null || reason.isBlank() ? null : reason.strip();
  }

  /** The reason; it must be given. */
  String needReason() {
    String given = reason();
    if (given == null) {
      throw new CommandFailure(ExitCode.USAGE, "--reason: say why; it is kept and shown");
    }
    return given;
  }

  String reasonOr(String otherwise) {
    String given = reason();
    return given == null ? otherwise : given;
  }
}
