package dev.sluice.producers.format.sarif;

import java.util.Arrays;

/** Numbers by numbers, in two arrays: a million entries take 32 MiB, boxed ones would take 80. */
final class LongMap {
  /** What {@link #get} returns for a key that is not there; values are never negative. */
  static final long ABSENT = -1;

  private long[] keys = new long[1024];
  private long[] values = filled(1024);
  private int size;

  void putIfAbsent(long key, long value) {
    if (size * 2 >= keys.length) {
      grow();
    }
    int slot = slot(key);
    if (values[slot] == ABSENT) {
      keys[slot] = key;
      values[slot] = value;
      size++;
    }
  }

  long get(long key) {
    return values[slot(key)];
  }

  private int slot(long key) {
    long mixed = key * 0x9e3779b97f4a7c15L;
    int mask = keys.length - 1;
    int slot = (int) (mixed >>> 32) & mask;
    while (values[slot] != ABSENT && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldValues = values;
    keys = new long[oldKeys.length * 2];
    values = filled(keys.length);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != ABSENT) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }

  private static long[] filled(int length) {
    long[] array = new long[length];
    Arrays.fill(array, ABSENT);
    return array;
  }
}
