package dev.sluice.streams.state;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What each series has said before: an occurrence's ordinal within the series and the fingerprint
 * of what was said of it. One read answers whether an observation is a repeat; nothing is written
 * for one. Ordinals stay for good, so that a set of them says which occurrences a scan showed.
 */
public final class SeenIndex {
  /** An occurrence that the series has claimed before. */
  public record Seen(int ordinal, long fingerprint) {}

  /** Where the claim of an ordinal is kept. */
  public record Owner(byte[] atom, byte[] occurrence) {}

  private static final int ATOM = 16;

  private final Table table;

  public SeenIndex(Table table) {
    this.table = table;
  }

  /** What the series said of the occurrence last, or null. */
  public Seen find(long series, byte[] occurrence) {
    byte[] value = table.get(Keys.of(Keys.OCCURRENCE, series, occurrence));
    if (value == null) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(value);
    return new Seen(buffer.getInt(), buffer.getLong());
  }

  public void put(long series, byte[] occurrence, Seen seen) {
    table.put(
        Keys.of(Keys.OCCURRENCE, series, occurrence),
        ByteBuffer.allocate(12).putInt(seen.ordinal()).putLong(seen.fingerprint()).array());
  }

  /** Where the claim of an ordinal is kept; null if the series never gave that ordinal. */
  public Owner owner(long series, int ordinal) {
    byte[] value = table.get(Keys.of(Keys.ORDINAL, series, ordinal));
    return value == null
        ? null
        : new Owner(Arrays.copyOf(value, ATOM), Arrays.copyOfRange(value, ATOM, value.length));
  }

  public void putOwner(long series, int ordinal, byte[] atom, byte[] occurrence) {
    table.put(
        Keys.of(Keys.ORDINAL, series, ordinal),
        ByteBuffer.allocate(atom.length + occurrence.length).put(atom).put(occurrence).array());
  }
}
