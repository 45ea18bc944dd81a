package dev.sluice.producers.report;

import java.io.IOException;

/**
 * The bytes of a report cannot be decoded: broken compression, a wrong encoding, too large. Thrown
 * by the stream of {@link Report#open}; readers turn it into {@link UnreadableReportException}. The
 * message says what is wrong and what to do, without the report's name and without its content.
 */
public final class BadInputException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** The bytes are broken. */
  public BadInputException(String message) {
    this(Reason.BROKEN, message, null);
  }

  /** The bytes are broken. */
  public BadInputException(String message, Throwable cause) {
    this(Reason.BROKEN, message, cause);
  }

  private BadInputException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** One of {@link InputLimits} is exceeded. */
  static BadInputException tooLarge(String message) {
    return new BadInputException(Reason.TOO_LARGE, message, null);
  }

  public Reason reason() {
    return reason;
  }

  /** Why the bytes are refused. */
  public enum Reason {
    /** They cannot be decoded: damaged, cut off, of another encoding, or changed meanwhile. */
    BROKEN,
    /** They are more than the limit of decompressed size or of compression ratio allows. */
    TOO_LARGE
  }
}
