package dev.sluice.streams.state;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What one slice of work reads and writes, in front of a table. A row is read once, and written
 * once when the slice ends, if it then differs from what the table holds: what is written and taken
 * away again, or written twice, costs the changelog nothing, or once.
 *
 * <p>Nobody else may write to the table below while there is something in here. It grows with what
 * a slice touches, and is empty after {@link #flush}.
 */
public final class SliceTable implements Table {
  /** Rows that a page takes from below at least: a caller that asks for one mostly asks again. */
  private static final int READ_AHEAD = 64;

  /** What the table below holds under a key, if nobody has looked. */
  private static final byte[] NOT_KNOWN = new byte[0];

  /** A row now, and as it is below; null where there is none. */
  private static final class Cell {
    byte[] now;
    byte[] below;

    Cell(byte[] now, byte[] below) {
      this.now = now;
      this.below = below;
    }

    boolean isChanged() {
      return now == null ? below != null : !Arrays.equals(now, below) || below == NOT_KNOWN;
    }
  }

  /**
   * Part of a prefix of which every row is here: behind {@code from}, up to and with {@code to}.
   * Null for the beginning, and for the end.
   */
  private record Stretch(byte[] from, byte[] to) {
    boolean holds(byte[] key) {
      boolean begun = from == null || key != null && Arrays.compareUnsigned(key, from) >= 0;
      return begun && (to == null || key == null || Arrays.compareUnsigned(key, to) <= 0);
    }

    boolean isWhole() {
      return from == null && to == null;
    }
  }

  private final Table below;
  private final NavigableMap<byte[], Cell> cells = new TreeMap<>(Arrays::compareUnsigned);
  private final Map<ByteBuffer, Stretch> read = new HashMap<>();
  private long lengthsOfWhole;

  public SliceTable(Table below) {
    this.below = below;
  }

  @Override
  public byte[] get(byte[] key) {
    Cell cell = cells.get(key);
    if (cell == null) {
      if (isWithinWhole(key)) {
        return null;
      }
      byte[] value = below.get(key);
      cell = new Cell(value, value);
      cells.put(key, cell);
    }
    return cell.now;
  }

  @Override
  public void put(byte[] key, byte[] value) {
    change(key, value);
  }

  @Override
  public void delete(byte[] key) {
    change(key, null);
  }

  private void change(byte[] key, byte[] value) {
    Cell cell = cells.get(key);
    if (cell == null) {
      cells.put(key, new Cell(value, isWithinWhole(key) ? null : NOT_KNOWN));
    } else {
      cell.now = value;
    }
  }

  @Override
  public List<Entry> page(byte[] prefix, byte[] after, int limit) {
    List<Entry> page = new ArrayList<>();
    byte[] last = after;
    while (true) {
      byte[] known = isWithinWhole(prefix) ? null : readOn(prefix, last, limit);
      for (Map.Entry<byte[], Cell> entry : tail(prefix, last).entrySet()) {
        byte[] key = entry.getKey();
        if (!Keys.startsWith(key, prefix)
            || known != null && Arrays.compareUnsigned(key, known) > 0) {
          break;
        }
        if (page.size() == limit) {
          return page;
        }
        if (entry.getValue().now != null) {
          page.add(new Entry(key, entry.getValue().now));
        }
      }
      if (known == null || page.size() == limit) {
        return page;
      }
      last = known;
    }
  }

  private NavigableMap<byte[], Cell> tail(byte[] prefix, byte[] after) {
    return cells.tailMap(after == null ? prefix : after, after == null);
  }

  /**
   * Has the rows behind a key at hand.
   *
   * @return up to where all are at hand; null for the end of the prefix
   */
  private byte[] readOn(byte[] prefix, byte[] after, int limit) {
    ByteBuffer name = ByteBuffer.wrap(prefix);
    Stretch stretch = read.get(name);
    if (stretch != null && stretch.holds(after) && !Arrays.equals(after, stretch.to())) {
      return stretch.to();
    }
    boolean goesOn = stretch != null && after != null && Arrays.equals(after, stretch.to());
    int most = Math.max(limit, READ_AHEAD);
    List<Entry> page = below.page(prefix, after, most);
    for (Entry entry : page) {
      Cell cell = cells.get(entry.key());
      if (cell == null) {
        cells.put(entry.key(), new Cell(entry.value(), entry.value()));
      } else if (cell.below == NOT_KNOWN) {
        cell.below = entry.value();
      }
    }
    byte[] to = page.size() < most ? null : page.get(page.size() - 1).key();
    note(name, new Stretch(goesOn ? stretch.from() : after, to));
    return to;
  }

  @Override
  public void none(byte[] prefix) {
    note(ByteBuffer.wrap(prefix), new Stretch(null, null));
  }

  private void note(ByteBuffer prefix, Stretch stretch) {
    read.put(prefix, stretch);
    if (stretch.isWhole()) {
      lengthsOfWhole |= 1L << Math.min(63, prefix.remaining());
    }
  }

  /** Whether all rows with one of the key's beginnings have been read. */
  private boolean isWithinWhole(byte[] key) {
    for (int length = 1; length <= key.length && length < 63; length++) {
      if ((lengthsOfWhole & 1L << length) != 0) {
        Stretch stretch = read.get(ByteBuffer.wrap(key, 0, length));
        if (stretch != null && stretch.isWhole()) {
          return true;
        }
      }
    }
    return false;
  }

  /** Writes what changed to the table below, and forgets everything. */
  public void flush() {
    if (cells.isEmpty()) {
      read.clear();
      lengthsOfWhole = 0;
      return;
    }
    List<Entry> changed = new ArrayList<>();
    cells.forEach(
        (key, cell) -> {
          if (cell.now == null && cell.below == NOT_KNOWN) {
            cell.below = below.get(key); // mostly it came and went within the slice
          }
          if (cell.isChanged()) {
            changed.add(new Entry(key, cell.now));
          }
        });
    if (!changed.isEmpty()) {
      below.write(changed);
    }
    cells.clear();
    read.clear();
    lengthsOfWhole = 0;
  }
}
