package dev.sluice.streams.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.roaringbitmap.RoaringBitmap;

/** Sets of ordinals: which occurrences of a series a scan showed, in the smallest form. */
final class Marks {
  private Marks() {}

  static byte[] bytes(RoaringBitmap marks) {
    marks.runOptimize();
    ByteBuffer buffer = ByteBuffer.allocate(marks.serializedSizeInBytes());
    marks.serialize(buffer);
    return buffer.array();
  }

  static RoaringBitmap of(byte[] bytes) {
    RoaringBitmap marks = new RoaringBitmap();
    if (bytes != null) {
      try {
        marks.deserialize(ByteBuffer.wrap(bytes));
      } catch (IOException e) {
        throw new UncheckedIOException("state holds a broken set of ordinals", e);
      }
    }
    return marks;
  }
}
