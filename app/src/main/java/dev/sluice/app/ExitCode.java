package dev.sluice.app;

/** What the process tells the shell. Part of the command's contract; scripts depend on it. */
public enum ExitCode {
  OK(0),
  /** The policy says that the build must not pass, or a change waits for a second person. */
  POLICY(1),
  /** Nothing failed, and something needs a person. */
  ATTENTION(1),
  /** The command line or the settings are wrong. */
  USAGE(2),
  /** A file is no usable report. */
  UNREADABLE(3),
  /** A server cannot be reached, or did not answer: nobody can know. */
  UNREACHABLE(4),
  /** A defect of Sluice itself; {@code --debug} shows where. */
  DEFECT(70);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** The one that says more about what to do, of two that happened. */
  public ExitCode worse(ExitCode other) {
    return rank() >= other.rank() ? this : other;
  }

  /** Cannot know outranks a fail: a build that failed may be looked at, one unknown must be. */
  private int rank() {
    return switch (this) {
      case OK -> 0;
      case POLICY, ATTENTION -> 1;
      case UNREADABLE -> 2;
      case UNREACHABLE -> 3;
      case USAGE -> 4;
      case DEFECT -> 5;
    };
  }
}
