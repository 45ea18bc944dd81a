package dev.sluice.streams.generation;

/**
 * Turns a row of an older format into the present one while state is carried over. A release that
 * changes the format of rows adds one to {@link RowUpgrades#CURRENT}, and raises the version of
 * rows.
 */
public interface RowUpgrade {
  /** Short name for plans and logs. */
  String name();

  /**
   * The value to write for a row.
   *
   * @param store the store's name
   * @param key the whole key; its first byte says which kind of row it is
   * @param value the value as the step before left it
   * @return the value, unchanged if the step is not about this row; null drops the row
   */
  byte[] upgrade(String store, byte[] key, byte[] value);
}
