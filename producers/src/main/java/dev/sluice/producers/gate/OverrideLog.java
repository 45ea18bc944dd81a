package dev.sluice.producers.gate;

import dev.sluice.events.GateOverride;

/** Where it is kept who let a version pass that the gate did not. */
@FunctionalInterface
public interface OverrideLog {

  /**
   * Keeps it; returns once it is kept.
   *
   * @throws NotKeptException if it could not be: nothing passes without a record
   */
  void record(GateOverride override);

  /** It is not kept. */
  final class NotKeptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotKeptException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
