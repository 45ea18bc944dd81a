package dev.sluice.embedded.broker;

/**
 * The broker could not start. The message names the directory or port, the reason and the remedy.
 */
public final class EmbeddedBrokerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EmbeddedBrokerException(String message) {
    super(message);
  }

  EmbeddedBrokerException(String message, Throwable cause) {
    super(message, cause);
  }
}
