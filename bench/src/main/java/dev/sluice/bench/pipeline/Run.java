package dev.sluice.bench.pipeline;

/**
 * One contestant over one backlog.
 *
 * @param records observations, or events of the pass-through
 * @param seconds from its resumption until its last result is seen
 * @param cpuSeconds processor time of this process meanwhile
 * @param changelogBytes by which all changelog topics grew on the broker's disk
 */
record Run(long records, double seconds, double cpuSeconds, long changelogBytes) {
  double rate() {
    return records / seconds;
  }

  double cpuMicros() {
    return cpuSeconds * 1e6 / records;
  }

  /** Two runs one after the other. */
  Run and(Run other) {
    return new Run(
        records + other.records,
        seconds + other.seconds,
        cpuSeconds + other.cpuSeconds,
        changelogBytes + other.changelogBytes);
  }
}
