package dev.sluice.producers.report;

/**
 * How large a report may be once it is decompressed.
 *
 * @param maxBytes most decompressed bytes; at least 1
 * @param maxRatio most decompressed bytes for each compressed one; at least 1
 * @param ratioFromBytes decompressed bytes before the ratio is looked at, so that a small and very
 *     repetitive report is not mistaken for a bomb; not negative
 */
public record InputLimits(long maxBytes, int maxRatio, long ratioFromBytes) {
  /** 8 GiB, at a ratio of at most 200 behind the first 64 MiB. */
  public static final InputLimits DEFAULT = new InputLimits(8L << 30, 200, 64L << 20);

  public InputLimits {
    if (maxBytes < 1 || maxRatio < 1 || ratioFromBytes < 0) {
      throw new IllegalArgumentException("limits of a report must be positive");
    }
  }
}
