package dev.sluice.producers.format.sarif;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Numbers and texts one behind the other in an array: written once, then read in that order. */
final class RuleBytes {
  private static final int ABSENT = -1;

  private byte[] bytes;
  private int at;

  private RuleBytes(byte[] bytes, int at) {
    this.bytes = bytes;
    this.at = at;
  }

  /** To write into; it grows. */
  static RuleBytes empty() {
    return new RuleBytes(new byte[4096], 0);
  }

  /** To read what was written, from a position on; the array is not copied. */
  static RuleBytes of(byte[] bytes, int offset) {
    return new RuleBytes(bytes, offset);
  }

  /** Begins anew and keeps the array. */
  void clear() {
    at = 0;
  }

  /** Bytes written so far. */
  int length() {
    return at;
  }

  void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, at);
  }

  void write(int number) {
    room(4);
    bytes[at++] = (byte) (number >> 24);
    bytes[at++] = (byte) (number >> 16);
    bytes[at++] = (byte) (number >> 8);
    bytes[at++] = (byte) number;
  }

  int number() {
    return bytes[at++] << 24
        | (bytes[at++] & 0xff) << 16
        | (bytes[at++] & 0xff) << 8
        | (bytes[at++] & 0xff);
  }

  /** Writes a text, or null. */
  void write(String text) {
    if (text == null) {
      write(ABSENT);
      return;
    }
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    write(encoded.length);
    room(encoded.length);
    System.arraycopy(encoded, 0, bytes, at, encoded.length);
    at += encoded.length;
  }

  /** A text, or null. */
  String text() {
    int length = number();
    if (length == ABSENT) {
      return null;
    }
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  private void room(int more) {
    if (bytes.length - at < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, at + more));
    }
  }
}
