package dev.sluice.streams.state;

import java.util.List;

/** An ordered map of bytes to bytes. Keys are ordered as unsigned bytes. */
public interface Table {
  /** The value, or null. */
  byte[] get(byte[] key);

  void put(byte[] key, byte[] value);

  void delete(byte[] key);

  /**
   * A page of the entries whose key begins with a prefix, in order. Pages and not iterators, so
   * that a caller may write between them and stop when its time is up.
   *
   * @param prefix what keys begin with
   * @param after only keys greater than this one; null for the first page
   * @param limit largest number of entries
   */
  List<Entry> page(byte[] prefix, byte[] after, int limit);

  /**
   * The caller knows that there are no rows whose key begins with a prefix. A table that must ask
   * elsewhere may believe it.
   */
  default void none(byte[] prefix) {}

  /**
   * Writes several rows at once.
   *
   * @param rows in ascending order of their keys, none twice; null as a value takes the row away
   */
  default void write(List<Entry> rows) {
    for (Entry row : rows) {
      if (row.value() == null) {
        delete(row.key());
      } else {
        put(row.key(), row.value());
      }
    }
  }

  /** One entry. */
  record Entry(byte[] key, byte[] value) {}
}
