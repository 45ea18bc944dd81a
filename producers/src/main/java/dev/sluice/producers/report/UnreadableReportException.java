package dev.sluice.producers.report;

/**
 * The bytes are not a usable report. The message names the file, the place and the remedy, and
 * never holds report content.
 */
public final class UnreadableReportException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnreadableReportException(String message) {
    super(message);
  }

  public UnreadableReportException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether the report is refused because of a limit of {@link InputLimits}, and not as broken. */
  public boolean tooLarge() {
    return getCause() instanceof BadInputException bad
        && bad.reason() == BadInputException.Reason.TOO_LARGE;
  }
}
