package dev.sluice.streams.knowledge;

/** A feed that is too different from the one before it to be believed. */
public final class FeedRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FeedRefusedException(String message) {
    super(message);
  }
}
