package dev.sluice.streams.engine;

import dev.sluice.streams.state.Table;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A table that counts the bytes that its changelog would get, through a cache or without one. */
final class Changelog implements Table {
  private final Table table;
  private final boolean cached;
  private final Map<ByteBuffer, Integer> cache = new HashMap<>();
  private long bytes;

  Changelog(Table table, boolean cached) {
    this.table = table;
    this.cached = cached;
  }

  @Override
  public byte[] get(byte[] key) {
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
    return table.page(prefix, after, limit);
  }

  private void write(byte[] key, int length) {
    if (cached) {
      cache.put(ByteBuffer.wrap(key.clone()), length);
    } else {
      bytes += key.length + length;
    }
  }

  /** What the cache holds is written, as at a commit. */
  void commit() {
    cache.forEach((key, length) -> bytes += key.remaining() + length);
    cache.clear();
  }

  /** Keys and values that were written so far. */
  long bytes() {
    return bytes;
  }
}
