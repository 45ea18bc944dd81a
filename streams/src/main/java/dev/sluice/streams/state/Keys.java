package dev.sluice.streams.state;

import dev.sluice.streams.rules.identity.Hashes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Layout of keys. One letter says what a row is; then come fixed-width parts, so that everything of
 * one asset, package or series lies together. {@code docs/state.md} draws it.
 */
final class Keys {
  // seen
  static final char OCCURRENCE = 'o';
  static final char ORDINAL = 'r';
  // staging
  static final char SCAN = 'H';
  static final char PROGRESS = 'h';
  static final char MARKS = 'B';
  static final char STAGED = 'O';
  // facts
  static final char ATOM = 'A';
  static final char CLAIM = 'C';
  static final char TEXT = 'T';
  static final char FINDING = 'F';
  static final char ITEM = 'I';
  static final char MEMBER = 'M';
  static final char SERIES = 'S';
  static final char LIVE = 'B';
  static final char HELD = 'U';
  static final char HELD_SCAN = 'u';
  static final char SHOWN = 'E';
  static final char LINE = 'L';
  static final char ASSET = 'P';
  static final char PROFILE = 'Q';
  static final char SPOT = 'N';
  static final char TALLY = 'W';
  // order
  static final char JOB = 'J';
  static final char DIRTY_ATOM = 'Y';
  static final char DIRTY_ITEM = 'W';
  static final char DIRTY_FILE = 'Z';
  static final char MOVING = 'E';
  static final char DUE = 'D';
  static final char VULNERABILITY = 'V';
  static final char PRODUCT = 'N';
  static final char KNOWLEDGE = 'K';
  static final char AWAITED = 'k';
  static final char FAILING = 'G';
  static final char SWEEP = 'X';
  static final char AGAIN = 'R';

  private Keys() {}

  static byte[] of(char type, long a) {
    return ByteBuffer.allocate(9).put((byte) type).putLong(a).array();
  }

  static byte[] of(char type, long a, int b) {
    return ByteBuffer.allocate(13).put((byte) type).putLong(a).putInt(b).array();
  }

  static byte[] of(char type, long a, long b) {
    return ByteBuffer.allocate(17).put((byte) type).putLong(a).putLong(b).array();
  }

  static byte[] of(char type, long a, byte[] b) {
    return ByteBuffer.allocate(9 + b.length).put((byte) type).putLong(a).put(b).array();
  }

  static byte[] of(char type, long a, byte[] b, long c, int d) {
    return ByteBuffer.allocate(21 + b.length)
        .put((byte) type)
        .putLong(a)
        .put(b)
        .putLong(c)
        .putInt(d)
        .array();
  }

  static byte[] of(char type, long a, String b) {
    return of(type, a, b.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] of(char type, long a, String b, String c) {
    // Ids have no zero byte, so it ends the first of them.
    return of(type, a, b + '\0' + c);
  }

  static byte[] of(char type) {
    return new byte[] {(byte) type};
  }

  static byte[] of(char type, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + bytes.length).put((byte) type).put(bytes).array();
  }

  /** Everything behind the first bytes of a key, as text. */
  static String textAfter(byte[] key, int skip) {
    return new String(key, skip, key.length - skip, StandardCharsets.UTF_8);
  }

  static boolean startsWith(byte[] key, byte[] prefix) {
    if (key.length < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (key[i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  /** Key of an asset within a partition. */
  static long asset(String name) {
    return Hashes.of8(name);
  }
}
