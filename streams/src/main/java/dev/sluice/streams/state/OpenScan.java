package dev.sluice.streams.state;

import dev.sluice.streams.state.row.OpenScanRow;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A scan that is still arriving: its row, how far it got, and the marks around the ordinal that was
 * marked last. Progress and those marks are one value of fixed size, so that a repeat costs one
 * write into the cache and reaches the changelog once a commit.
 */
public final class OpenScan {
  /** Ordinals whose marks are kept in one value. */
  static final int CHUNK = 1024;

  private static final int CHUNK_BYTES = CHUNK / 8;
  private static final int MOST_TAKEN = 10_000;

  final long key;
  private final OpenScanRow row;
  int chunkNumber;
  byte[] chunk = new byte[CHUNK_BYTES];
  private final Map<ByteBuffer, Integer> taken = new HashMap<>();

  OpenScan(long key, OpenScanRow row) {
    this.key = key;
    this.row = row;
  }

  public long key() {
    return key;
  }

  /** How it began and how far it got. */
  public OpenScanRow row() {
    return row;
  }

  /**
   * How many of several equal pieces of code this scan has shown for certain. Only spares looking
   * them up again: it need not survive.
   */
  public int taken(byte[] occurrence) {
    return taken.isEmpty() ? 0 : taken.getOrDefault(ByteBuffer.wrap(occurrence), 0);
  }

  /** Notes that equal pieces of code up to a number, not counting it, have all been shown. */
  public void take(byte[] occurrence, int number) {
    if (taken.size() < MOST_TAKEN) {
      taken.put(ByteBuffer.wrap(occurrence), number);
    }
  }

  /** Progress as a value of fixed size. */
  byte[] progress() {
    return ByteBuffer.allocate(45 + CHUNK_BYTES)
        .putLong(row.getNextSeq())
        .putLong(row.getCount())
        .putLong(row.getRepeats())
        .putLong(row.getStaged())
        .putLong(row.getLastEventAt())
        .put((byte) (row.getGap() ? 1 : 0))
        .putInt(chunkNumber)
        .put(chunk)
        .array();
  }

  void resume(byte[] progress) {
    ByteBuffer buffer = ByteBuffer.wrap(progress);
    row.setNextSeq(buffer.getLong());
    row.setCount(buffer.getLong());
    row.setRepeats(buffer.getLong());
    row.setStaged(buffer.getLong());
    row.setLastEventAt(buffer.getLong());
    row.setGap(buffer.get() == 1);
    chunkNumber = buffer.getInt();
    chunk = Arrays.copyOfRange(progress, buffer.position(), progress.length);
  }

  static byte[] emptyChunk() {
    return new byte[CHUNK_BYTES];
  }
}
