package dev.sluice.streams.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads through to another table and keeps what is written to itself. A proposal is judged on one:
 * by the very rules that a head goes through, leaving nothing behind.
 */
public final class OverlayTable implements Table {
  private static final byte[] DELETED = new byte[0];

  private final Table below;
  private final MemoryTable above = new MemoryTable();

  public OverlayTable(Table below) {
    this.below = below;
  }

  @Override
  public byte[] get(byte[] key) {
    byte[] value = above.get(key);
    if (value == null) {
      return below.get(key);
    }
    return isDeleted(value) ? null : Arrays.copyOfRange(value, 1, value.length);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    // A byte in front, so that an empty value is not taken for a deletion.
    byte[] kept = new byte[value.length + 1];
    System.arraycopy(value, 0, kept, 1, value.length);
    above.put(key, kept);
  }

  @Override
  public void delete(byte[] key) {
    above.put(key, DELETED);
  }

  @Override
  public List<Entry> page(byte[] prefix, byte[] after, int limit) {
    List<Entry> merged = new ArrayList<>();
    byte[] upper = after;
    byte[] lower = after;
    List<Entry> ups = above.page(prefix, upper, 256);
    List<Entry> downs = below.page(prefix, lower, Math.min(limit, 256));
    int u = 0;
    int d = 0;
    while (merged.size() < limit) {
      if (u == ups.size() && ups.size() == 256) {
        upper = ups.get(u - 1).key();
        ups = above.page(prefix, upper, 256);
        u = 0;
      }
      if (d == downs.size() && d > 0) {
        lower = downs.get(d - 1).key();
        downs = below.page(prefix, lower, 256);
        d = 0;
      }
      Entry up = u < ups.size() ? ups.get(u) : null;
      Entry down = d < downs.size() ? downs.get(d) : null;
      if (up == null && down == null) {
        break;
      }
      int order = up == null ? 1 : down == null ? -1 : Arrays.compareUnsigned(up.key(), down.key());
      if (order <= 0) {
        u++;
        d += order == 0 ? 1 : 0;
        if (!isDeleted(up.value())) {
          merged.add(new Entry(up.key(), Arrays.copyOfRange(up.value(), 1, up.value().length)));
        }
      } else {
        d++;
        merged.add(down);
      }
    }
    return merged;
  }

  private static boolean isDeleted(byte[] value) {
    return value.length == 0;
  }
}
