package dev.sluice.streams.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LatestOffsetsTest {
  private static byte[] key(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }

  @Test
  void keepsTheLastOffsetOfEachKeyOverSeveralPasses() {
    int records = 20_000;
    Random random = new Random(7);
    int[] keys = random.ints(records, 0, 9_000).toArray();
    Map<Integer, Integer> expected = new HashMap<>();
    for (int offset = 0; offset < records; offset++) {
      expected.put(keys[offset], offset);
    }
    LatestOffsets latest = new LatestOffsets(1024, records);
    assertThat(latest.passes()).isGreaterThan(10);

    TreeSet<Integer> found = new TreeSet<>();
    for (int pass = 0; pass < latest.passes(); pass++) {
      latest.begin(pass);
      for (int offset = 0; offset < records; offset++) {
        latest.put(key(keys[offset]), offset);
      }
      for (int offset = 0; offset < records; offset++) {
        if (latest.isLatest(key(keys[offset]), offset)) {
          assertThat(found.add(offset)).as("offset %s once", offset).isTrue();
        }
      }
    }

    assertThat(found).isEqualTo(new TreeSet<>(expected.values()));
  }

  @Test
  void takesOnePassForFewKeys() {
    assertThat(new LatestOffsets(1 << 20, 0).passes()).isEqualTo(1);
    assertThat(new LatestOffsets(1 << 20, 500_000).passes()).isEqualTo(1);
    assertThat(new LatestOffsets(1 << 20, 5_000_000).passes()).isEqualTo(10);
  }

  @Test
  void keyThatWasNeverPutHasNoLatestOffset() {
    LatestOffsets latest = new LatestOffsets(1024, 10);
    latest.begin(0);
    latest.put(key(1), 0);

    assertThat(latest.isLatest(key(1), 0)).isTrue();
    assertThat(latest.isLatest(key(2), 0)).isFalse();
  }

  @Test
  void moreKeysThanAnnouncedAreAnErrorAndNotAnEndlessLoop() {
    LatestOffsets latest = new LatestOffsets(1024, 10);
    latest.begin(0);

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 2000; i++) {
                latest.put(key(i), i);
              }
            })
        .isInstanceOf(IllegalStateException.class);
  }
}
