package dev.sluice.topics;

/** Topics on the broker are not what settings say; the message lists them all with the remedy. */
public final class TopicMismatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TopicMismatchException(String message) {
    super(message);
  }
}
