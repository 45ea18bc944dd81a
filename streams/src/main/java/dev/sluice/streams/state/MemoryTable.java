package dev.sluice.streams.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A table in memory: for deciding on a proposal, which leaves nothing behind, and for tests. */
public final class MemoryTable implements Table {
  private final TreeMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
  private long writes;
  private long reads;

  @Override
  public byte[] get(byte[] key) {
    reads++;
    return entries.get(key);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    writes++;
    entries.put(key, value);
  }

  @Override
  public void delete(byte[] key) {
    writes++;
    entries.remove(key);
  }

  @Override
  public List<Entry> page(byte[] prefix, byte[] after, int limit) {
    List<Entry> page = new ArrayList<>();
    byte[] from = after == null ? prefix : after;
    for (Map.Entry<byte[], byte[]> entry : entries.tailMap(from, after == null).entrySet()) {
      if (page.size() == limit || !Keys.startsWith(entry.getKey(), prefix)) {
        break;
      }
      reads++;
      page.add(new Entry(entry.getKey(), entry.getValue()));
    }
    return page;
  }

  /** How many writes there have been. */
  public long writes() {
    return writes;
  }

  /** How many values have been read. */
  public long reads() {
    return reads;
  }

  /** Bytes of the largest value that is kept now. */
  public int largestValue() {
    return entries.values().stream().mapToInt(value -> value.length).max().orElse(0);
  }

  public int size() {
    return entries.size();
  }
}
