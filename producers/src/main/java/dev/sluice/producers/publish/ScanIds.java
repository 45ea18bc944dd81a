package dev.sluice.producers.publish;

import java.time.Clock;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Ids of scans and attempts: UUID version 7 (RFC 9562, section 5.7), so they sort by time. */
final class ScanIds {
  private final Clock clock;
  private final RandomGenerator random;

  ScanIds(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  String next() {
    long high = (clock.millis() << 16) | 0x7000L | (random.nextLong() & 0xfffL);
    long low = 0x8000_0000_0000_0000L | (random.nextLong() >>> 2);
    return new UUID(high, low).toString();
  }

  /** Id of the n-th scan of one report, counted from 1; the same for a retry with the same id. */
  static String ofScan(String first, int number) {
    return number == 1 ? first : first + "." + number;
  }
}
