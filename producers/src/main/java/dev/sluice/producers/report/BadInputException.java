package dev.sluice.producers.report;

import java.io.IOException;

/**
 * The bytes of a report cannot be decoded: broken compression, a wrong encoding, too large. Thrown
 * by the stream of {@link Report#open}; readers turn it into {@link UnreadableReportException}. The
 * message says what is wrong and what to do, without the report's name and without its content.
 */
public final class BadInputException extends IOException {
  private static final long serialVersionUID = 1L;

  public BadInputException(String message) {
    super(message);
  }

  public BadInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
