package dev.sluice.producers.format.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Passes over plain text, eight bytes at a time: ASCII that is neither a quote nor a backslash nor
 * a control character.
 */
final class PlainText {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;
  private static final long QUOTES = '"' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;
  private static final long SPACES = ' ' * ONES;

  private PlainText() {}

  /** Index of the first byte at or behind {@code from} that is not plain; else {@code end}. */
  static int end(byte[] bytes, int from, int end) {
    int i = from;
    for (; i + 8 <= end; i += 8) {
      long word = (long) LONGS.get(bytes, i);
      long quote = word ^ QUOTES;
      long backslash = word ^ BACKSLASHES;
      // A borrow may mark bytes behind a real mark too; the lowest one is always real.
      long marks = (word | (word - SPACES) | (quote - ONES) | (backslash - ONES)) & HIGH;
      if (marks != 0) {
        return i + (Long.numberOfTrailingZeros(marks) >>> 3);
      }
    }
    while (i < end && isPlain(bytes[i])) {
      i++;
    }
    return i;
  }

  private static boolean isPlain(byte b) {
    return b >= ' ' && b != '"' && b != '\\';
  }

  /** Whether eight spaces stand here; indented reports are mostly that. */
  static boolean isIndent(byte[] bytes, int at, int end) {
    return at + 8 <= end && (long) LONGS.get(bytes, at) == SPACES;
  }
}
