package dev.sluice.streams.generation;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The last offset of each key, for a bounded number of keys: 24 bytes each, whatever the size of
 * keys. Keys are known by 16 bytes of their SHA-256, as the broker's own log cleaner knows them by
 * their MD5. A log with more keys is read in several passes, each over one share of the keys.
 */
final class LatestOffsets {
  private final MessageDigest digest;
  private final long[] slots;
  private final int mask;
  private final int passes;
  private int used;
  private int pass;
  private long high;
  private long low;

  /**
   * @param most slots to take at most, a power of two
   * @param records most records, and so most keys, that will come
   */
  LatestOffsets(int most, long records) {
    int size = 1024;
    while (size < most && size < records * 2) {
      size <<= 1;
    }
    size = Math.min(size, most);
    this.slots = new long[size * 3];
    this.mask = size - 1;
    this.passes = (int) Math.max(1, (records * 2 + size - 1) / size);
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  int passes() {
    return passes;
  }

  /** Forgets everything, and is about one share of the keys from now on. */
  void begin(int pass) {
    this.pass = pass;
    this.used = 0;
    Arrays.fill(slots, 0);
  }

  /** Notes that the key was written at an offset, higher than any before. */
  void put(byte[] key, long offset) {
    if (!isOurs(key)) {
      return;
    }
    int slot = find();
    if (slots[slot] == 0) {
      used++;
      if (used > mask) {
        throw new IllegalStateException("more keys than records were announced");
      }
    }
    slots[slot] = offset + 1;
    slots[slot + 1] = high;
    slots[slot + 2] = low;
  }

  /** Whether the key belongs to this share and was last written at that offset. */
  boolean isLatest(byte[] key, long offset) {
    return isOurs(key) && slots[find()] == offset + 1;
  }

  private boolean isOurs(byte[] key) {
    ByteBuffer hash = ByteBuffer.wrap(digest.digest(key));
    high = hash.getLong();
    low = hash.getLong();
    return Long.remainderUnsigned(high, passes) == pass;
  }

  /** Where the key is, or where it belongs. */
  private int find() {
    int index = (int) low & mask;
    while (slots[index * 3] != 0 && (slots[index * 3 + 1] != high || slots[index * 3 + 2] != low)) {
      index = (index + 1) & mask;
    }
    return index * 3;
  }
}
