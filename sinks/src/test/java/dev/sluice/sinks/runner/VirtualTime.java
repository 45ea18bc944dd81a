package dev.sluice.sinks.runner;

import dev.sluice.sinks.Samples;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Time that passes when a test says so. */
final class VirtualTime {
  private long nanos = 1;

  Timing timing() {
    return new Timing(
        new Clock() {
          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return Samples.AT.plusNanos(nanos());
          }
        },
        this::nanos);
  }

  synchronized long nanos() {
    return nanos;
  }

  synchronized void pass(Duration time) {
    nanos += time.toNanos();
  }
}
