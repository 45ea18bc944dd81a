package dev.sluice.streams.state;

import dev.sluice.streams.rules.identity.Hashes;
import dev.sluice.streams.state.row.OpenScanRow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;

/**
 * Scans that are still arriving. Observations that say something new are kept whole until the scan
 * is complete; repeats are only marked.
 */
public final class Staging {
  private final Table table;
  private final RowCodec<OpenScanRow> rows = new RowCodec<>(OpenScanRow.class);
  private final Map<Long, OpenScan> open = new HashMap<>();

  public Staging(Table table) {
    this.table = table;
  }

  /** Key of an attempt within a partition. */
  public static long key(String asset, String scanId, String attemptId) {
    return Hashes.of8(asset, scanId, attemptId);
  }

  public OpenScan begin(long key, OpenScanRow row) {
    OpenScan scan = new OpenScan(key, row);
    open.put(key, scan);
    table.put(Keys.of(Keys.SCAN, key), rows.encode(row));
    save(scan);
    return scan;
  }

  /** The scan of that key, or null if there is none under way. */
  public OpenScan find(long key) {
    OpenScan known = open.get(key);
    if (known != null) {
      return known;
    }
    OpenScanRow row = rows.decode(table.get(Keys.of(Keys.SCAN, key)));
    if (row == null) {
      return null;
    }
    OpenScan scan = new OpenScan(key, row);
    scan.resume(table.get(Keys.of(Keys.PROGRESS, key)));
    open.put(key, scan);
    return scan;
  }

  /** Every scan under way. */
  public List<OpenScan> all() {
    List<OpenScan> all = new ArrayList<>();
    byte[] after = null;
    byte[] prefix = Keys.of(Keys.SCAN);
    while (true) {
      List<Table.Entry> page = table.page(prefix, after, 100);
      for (Table.Entry entry : page) {
        OpenScan scan = find(ByteBuffer.wrap(entry.key(), 1, 8).getLong());
        if (scan != null) {
          all.add(scan);
        }
        after = entry.key();
      }
      if (page.size() < 100) {
        return all;
      }
    }
  }

  /** Keeps the progress of a scan. */
  public void save(OpenScan scan) {
    table.put(Keys.of(Keys.PROGRESS, scan.key), scan.progress());
  }

  /** Whether the scan has shown that ordinal already. */
  public boolean isMarked(OpenScan scan, int ordinal) {
    turnTo(scan, ordinal / OpenScan.CHUNK);
    return (scan.chunk[(ordinal % OpenScan.CHUNK) >> 3] & (1 << (ordinal & 7))) != 0;
  }

  /** Marks an ordinal as shown; {@link #save} keeps it. */
  public void mark(OpenScan scan, int ordinal) {
    turnTo(scan, ordinal / OpenScan.CHUNK);
    scan.chunk[(ordinal % OpenScan.CHUNK) >> 3] |= (byte) (1 << (ordinal & 7));
  }

  private void turnTo(OpenScan scan, int number) {
    if (number == scan.chunkNumber) {
      return;
    }
    table.put(Keys.of(Keys.MARKS, scan.key, scan.chunkNumber), scan.chunk);
    byte[] kept = table.get(Keys.of(Keys.MARKS, scan.key, number));
    scan.chunk = kept == null ? OpenScan.emptyChunk() : kept.clone();
    scan.chunkNumber = number;
  }

  /** Every ordinal the scan has shown. */
  public RoaringBitmap marks(long key) {
    RoaringBitmap marks = new RoaringBitmap();
    OpenScan scan = find(key);
    byte[] prefix = Keys.of(Keys.MARKS, key);
    byte[] after = null;
    while (true) {
      List<Table.Entry> page = table.page(prefix, after, 200);
      for (Table.Entry entry : page) {
        int number = ByteBuffer.wrap(entry.key(), 9, 4).getInt();
        if (scan == null || number != scan.chunkNumber) {
          add(marks, number, entry.value());
        }
        after = entry.key();
      }
      if (page.size() < 200) {
        break;
      }
    }
    if (scan != null) {
      add(marks, scan.chunkNumber, scan.chunk);
    }
    return marks;
  }

  private static void add(RoaringBitmap marks, int number, byte[] chunk) {
    for (int i = 0; i < OpenScan.CHUNK; i++) {
      if ((chunk[i >> 3] & (1 << (i & 7))) != 0) {
        marks.add(number * OpenScan.CHUNK + i);
      }
    }
  }

  /** Keeps an observation whole until its scan is applied. */
  public void stage(long key, long seq, byte[] observation) {
    table.put(Keys.of(Keys.STAGED, key, seq), observation);
  }

  /** A page of staged observations in the order of the report. */
  public List<Table.Entry> staged(long key, byte[] after, int limit) {
    return table.page(Keys.of(Keys.STAGED, key), after, limit);
  }

  /**
   * Forgets a scan, a page at a time.
   *
   * @return whether nothing is left of it
   */
  public boolean forget(long key, int limit) {
    int left = limit;
    for (char type : new char[] {Keys.STAGED, Keys.MARKS}) {
      List<Table.Entry> page = table.page(Keys.of(type, key), null, left);
      page.forEach(entry -> table.delete(entry.key()));
      left -= page.size();
      if (left <= 0) {
        return false;
      }
    }
    open.remove(key);
    table.delete(Keys.of(Keys.SCAN, key));
    table.delete(Keys.of(Keys.PROGRESS, key));
    return true;
  }
}
