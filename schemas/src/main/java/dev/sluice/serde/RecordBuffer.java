package dev.sluice.serde;

import java.io.OutputStream;
import java.util.Arrays;

/** A growing array. The JDK's own takes a lock for each byte. */
final class RecordBuffer extends OutputStream {
  private byte[] bytes = new byte[1024];
  private int size;

  /** Starts a record with its header. */
  void start(int schemaId) {
    bytes[0] = WireFormat.MAGIC;
    bytes[1] = (byte) (schemaId >>> 24);
    bytes[2] = (byte) (schemaId >>> 16);
    bytes[3] = (byte) (schemaId >>> 8);
    bytes[4] = (byte) schemaId;
    size = WireFormat.HEADER;
  }

  @Override
  public void write(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    ensure(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  int capacity() {
    return bytes.length;
  }

  private void ensure(int more) {
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length << 1));
    }
  }
}
