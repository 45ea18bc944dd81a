package dev.sluice.app;

/** Ends a command with a message for people and an exit code; never shown with a stack trace. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exit;

  public CommandFailure(ExitCode exit, String message) {
    super(message);
    this.exit = exit;
  }

  public CommandFailure(ExitCode exit, String message, Throwable cause) {
    super(message, cause);
    this.exit = exit;
  }

  public ExitCode exit() {
    return exit;
  }
}
