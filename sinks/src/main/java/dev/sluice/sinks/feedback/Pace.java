package dev.sluice.sinks.feedback;

/** Spreads requests over time. */
@FunctionalInterface
interface Pace {
  /** Waits until the next request may be sent. */
  void take() throws InterruptedException;

  /** So many requests a minute, one after the other. */
  static Pace perMinute(int requests) {
    long pause = 60_000L / requests;
    return () -> Thread.sleep(pause);
  }
}
