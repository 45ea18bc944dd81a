package dev.sluice.app.backup;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Ids of schemas in front of values, in Confluent's wire format: a zero byte and four of the id.
 */
final class WireIds {
  private static final int HEAD = 5;

  private WireIds() {}

  /** The id; empty if the value is in another format. */
  static OptionalInt of(byte[] value) {
    return value == null || value.length < HEAD || value[0] != 0
        ? OptionalInt.empty()
        : OptionalInt.of(ByteBuffer.wrap(value).getInt(1));
  }

  /** The value with the id that its schema has in another registry. */
  static byte[] replace(byte[] value, Map<Integer, Integer> ids) {
    OptionalInt id = of(value);
    if (id.isEmpty() || !ids.containsKey(id.getAsInt())) {
      return value;
    }
    byte[] copy = value.clone();
    ByteBuffer.wrap(copy).putInt(1, ids.get(id.getAsInt()));
    return copy;
  }
}
