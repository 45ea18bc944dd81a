package dev.sluice.streams.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowLayoutTest {
  /** A kind that is missing there would stop every carry-over of an installation that has it. */
  @Test
  void everyKindOfKeyIsKnown() throws IllegalAccessException {
    List<String> unknown = new ArrayList<>();
    for (Field field : Keys.class.getDeclaredFields()) {
      if (field.getType() == char.class && !isKnown(field.getChar(null))) {
        unknown.add(field.getName());
      }
    }
    assertThat(unknown).as("kinds of keys that RowLayout does not know").isEmpty();
  }

  private static boolean isKnown(char kind) {
    for (String store : List.of("seen", "staging", "facts", "order")) {
      try {
        RowLayout.version(store, new byte[] {(byte) kind}, new byte[10]);
        return true;
      } catch (IllegalArgumentException e) {
        // Not in this store.
      }
    }
    return false;
  }
}
