package dev.sluice.streams.generation;

/** A generation must not run, or its state cannot be carried over; the message says what to do. */
public class GenerationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  GenerationException(String message) {
    super(message);
  }

  GenerationException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Another process carries the same state over, and has shut this one out. */
  static final class CarriedElsewhere extends GenerationException {
    private static final long serialVersionUID = 1L;

    CarriedElsewhere(Generation to, Throwable cause) {
      super(
          "another process is carrying state into "
              + to
              + "; wait until it is done and start again",
          cause);
    }
  }
}
