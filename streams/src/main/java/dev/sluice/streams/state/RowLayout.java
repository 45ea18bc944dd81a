package dev.sluice.streams.state;

import java.util.Map;
import java.util.OptionalInt;

/**
 * What the values of the four tables look like from outside, for those who carry them from one
 * generation to the next without knowing what they say.
 */
public final class RowLayout {
  /** Version of rows that this release reads and writes. */
  public static final int VERSION = RowCodec.VERSION;

  private static final int NO_ROW = -1;

  /** By store: kinds of keys, and where the version byte of a row of that kind is. */
  private static final Map<String, Map<Character, Integer>> KINDS =
      Map.of(
          "seen",
          Map.of(Keys.OCCURRENCE, NO_ROW, Keys.ORDINAL, NO_ROW),
          "staging",
          Map.of(Keys.SCAN, 0, Keys.PROGRESS, NO_ROW, Keys.MARKS, NO_ROW, Keys.STAGED, 0),
          "facts",
          Map.ofEntries(
              Map.entry(Keys.ATOM, 0),
              Map.entry(Keys.CLAIM, 0),
              Map.entry(Keys.TEXT, 0),
              Map.entry(Keys.FINDING, 0),
              Map.entry(Keys.ITEM, 0),
              Map.entry(Keys.MEMBER, NO_ROW),
              Map.entry(Keys.SERIES, 0),
              Map.entry(Keys.LIVE, NO_ROW),
              Map.entry(Keys.HELD, NO_ROW),
              Map.entry(Keys.HELD_SCAN, 0),
              Map.entry(Keys.SHOWN, 0),
              Map.entry(Keys.LINE, 0),
              Map.entry(Keys.ASSET, 0),
              Map.entry(Keys.PROFILE, 0),
              Map.entry(Keys.SPOT, 0),
              Map.entry(Keys.TALLY, 0)),
          "order",
          Map.ofEntries(
              Map.entry(Keys.JOB, 0),
              Map.entry(Keys.DIRTY_ATOM, NO_ROW),
              Map.entry(Keys.DIRTY_ITEM, NO_ROW),
              Map.entry(Keys.DIRTY_FILE, NO_ROW),
              Map.entry(Keys.MOVING, NO_ROW),
              Map.entry(Keys.DUE, NO_ROW),
              Map.entry(Keys.VULNERABILITY, NO_ROW),
              Map.entry(Keys.PRODUCT, NO_ROW),
              Map.entry(Keys.KNOWLEDGE, 0),
              Map.entry(Keys.AWAITED, 0),
              Map.entry(Keys.FAILING, NO_ROW),
              Map.entry(Keys.AGAIN, NO_ROW),
              // A flag and the last asset's key stand before the row.
              Map.entry(Keys.SWEEP, 9)));

  private RowLayout() {}

  /**
   * The version with which a value was written; empty for kinds that have none, such as sets of
   * ordinals.
   *
   * @throws IllegalArgumentException if the store has no such kind of key, or the value is too
   *     short for its kind
   */
  public static OptionalInt version(String store, byte[] key, byte[] value) {
    Map<Character, Integer> kinds = KINDS.getOrDefault(store, Map.of());
    Integer place = key.length == 0 ? null : kinds.get((char) (key[0] & 0xff));
    if (place == null) {
      throw new IllegalArgumentException(
          "store "
              + store
              + " has no rows of kind '"
              + (key.length == 0 ? "" : (char) (key[0] & 0xff))
              + "'");
    }
    if (place == NO_ROW) {
      return OptionalInt.empty();
    }
    if (value.length <= place) {
      throw new IllegalArgumentException(
          "a row of kind '" + (char) key[0] + "' of store " + store + " has no version");
    }
    return OptionalInt.of(value[place]);
  }
}
