package dev.sluice.sinks.runner;

import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * The two clocks of a runner.
 *
 * @param clock wall clock, for time stamps
 * @param nanos clock that only goes forward, for pauses
 */
record Timing(Clock clock, LongSupplier nanos) {
  static final Timing SYSTEM = new Timing(Clock.systemUTC(), System::nanoTime);
}
