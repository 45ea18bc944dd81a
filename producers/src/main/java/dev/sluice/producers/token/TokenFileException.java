package dev.sluice.producers.token;

/** A token file that cannot be used: the message names file, line and remedy, and no token. */
public final class TokenFileException extends Exception {
  private static final long serialVersionUID = 1L;

  TokenFileException(String message) {
    super(message);
  }

  TokenFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
