package dev.sluice.streams.engine;

import dev.sluice.streams.state.Table;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A table that counts what its changelog would get, through a cache or without one, and how often
 * it is read.
 */
final class Changelog implements Table {
  private final Table table;
  private final boolean cached;
  private final Map<ByteBuffer, Integer> cache = new HashMap<>();
  private long bytes;
  private long records;
  private long reads;

  Changelog(Table table, boolean cached) {
    this.table = table;
    this.cached = cached;
  }

  @Override
  public byte[] get(byte[] key) {
    reads++;
    return table.get(key);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    table.put(key, value);
    write(key, value.length);
  }

  @Override
  public void delete(byte[] key) {
    table.delete(key);
    write(key, 0);
  }

  @Override
  public List<Entry> page(byte[] prefix, byte[] after, int limit) {
    reads++;
    return table.page(prefix, after, limit);
  }

  private void write(byte[] key, int length) {
    if (cached) {
      cache.put(ByteBuffer.wrap(key.clone()), length);
    } else {
      log(key.length + length);
    }
  }

  private void log(int length) {
    bytes += length;
    records++;
  }

  /** What the cache holds is written, as at a commit. */
  void commit() {
    cache.forEach((key, length) -> log(key.remaining() + length));
    cache.clear();
  }

  /** Keys and values that were written so far. */
  long bytes() {
    return bytes;
  }

  /** How many records were written so far. */
  long records() {
    return records;
  }

  /** How often a row or a page was asked for; each is a call into the store. */
  long reads() {
    return reads;
  }
}
