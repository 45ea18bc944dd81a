package dev.sluice.bench.invented;

/** When a list in an invented report is long enough. */
@FunctionalInterface
public interface Until {
  /**
   * @param entries how many have been written
   * @param bytes length of the file so far, but for what is buffered
   */
  boolean isEnough(int entries, long bytes);

  static Until entries(int count) {
    return (entries, bytes) -> entries >= count;
  }

  static Until bytes(long count) {
    return (entries, bytes) -> bytes >= count;
  }
}
