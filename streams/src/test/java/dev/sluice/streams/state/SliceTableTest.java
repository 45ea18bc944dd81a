package dev.sluice.streams.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SliceTableTest {
  private final MemoryTable below = new MemoryTable();
  private final SliceTable slice = new SliceTable(below);

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static List<String> text(List<Table.Entry> page) {
    return page.stream()
        .map(row -> Arrays.toString(row.key()) + "=" + Arrays.toString(row.value()))
        .toList();
  }

  @Property(tries = 300)
  void readsAndLeavesBehindWhatATableWithoutItWould(@ForAll long seed) {
    Random random = new Random(seed);
    MemoryTable plain = new MemoryTable();
    MemoryTable under = new MemoryTable();
    SliceTable table = new SliceTable(under);
    for (int i = 0; i < 400; i++) {
      byte[] key = key(random, 3);
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> {
          byte[] value = random.nextInt(4) == 0 ? new byte[0] : bytes(random.nextInt(3));
          plain.put(key, value);
          table.put(key, value);
        }
        case 3 -> {
          plain.delete(key);
          table.delete(key);
        }
        case 4, 5 -> assertThat(table.get(key)).isEqualTo(plain.get(key));
        case 6 -> {
          byte[] prefix = key(random, 2);
          byte[] after =
              random.nextBoolean()
                  ? null
                  : ByteBuffer.allocate(prefix.length + 1)
                      .put(prefix)
                      .put((byte) random.nextInt(200))
                      .array();
          int limit = random.nextInt(3) == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(80);
          assertThat(text(table.page(prefix, after, limit)))
              .isEqualTo(text(plain.page(prefix, after, limit)));
        }
        default -> {
          if (random.nextInt(10) == 0) {
            table.flush();
            assertThat(text(under.page(new byte[0], null, 10_000)))
                .isEqualTo(text(plain.page(new byte[0], null, 10_000)));
          }
        }
      }
    }
  }

  /** Keys of two letters, few enough to meet and more than are read ahead. */
  private static byte[] key(Random random, int longest) {
    byte[] key = new byte[1 + random.nextInt(longest)];
    key[0] = (byte) random.nextInt(2);
    for (int i = 1; i < key.length; i++) {
      key[i] = (byte) random.nextInt(i == 1 ? 200 : 3);
    }
    return key;
  }

  @Test
  void whatCameAndWentIsNeverWritten() {
    slice.put(bytes(1, 1), bytes(7));
    slice.delete(bytes(1, 1));
    slice.flush();

    assertThat(below.writes()).isZero();
  }

  @Test
  void whatIsWrittenTwiceIsWrittenOnce() {
    slice.put(bytes(1, 1), bytes(7));
    slice.put(bytes(1, 1), bytes(8));
    slice.flush();

    assertThat(below.writes()).isEqualTo(1);
    assertThat(below.get(bytes(1, 1))).isEqualTo(bytes(8));
  }

  @Test
  void rowThatIsWhatItWasIsNotWritten() {
    below.put(bytes(1, 1), bytes(7));
    slice.get(bytes(1, 1));
    slice.put(bytes(1, 1), bytes(9));
    slice.put(bytes(1, 1), bytes(7));
    slice.flush();

    assertThat(below.writes()).isEqualTo(1);
  }

  @Test
  void whatIsKnownToBeThereOrNotIsNotAskedForAgain() {
    below.put(bytes(1, 2, 1), bytes(7));
    slice.page(bytes(1, 2), null, 1);
    long reads = below.reads();

    assertThat(slice.get(bytes(1, 2, 1))).isEqualTo(bytes(7));
    assertThat(slice.get(bytes(1, 2, 9))).isNull();
    assertThat(slice.page(bytes(1, 2, 9), null, 10)).isEmpty();
    slice.put(bytes(1, 2, 9), bytes(1));
    slice.delete(bytes(1, 2, 9));
    slice.flush();

    assertThat(below.reads()).isEqualTo(reads);
  }

  @Test
  void nothingIsKnownBehindTheEndOfASlice() {
    slice.get(bytes(1, 1));
    slice.flush();
    below.put(bytes(1, 1), bytes(7));

    assertThat(slice.get(bytes(1, 1))).isEqualTo(bytes(7));
  }
}
