package dev.sluice.streams.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.streams.state.RowLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowUpgradesTest {
  private static final byte NOW = (byte) RowLayout.VERSION;

  private static byte[] key(char kind) {
    return new byte[] {(byte) kind, 1, 2, 3};
  }

  /** A step that is about rows of one version, and makes them rows of the next. */
  private record Raise(String name, int from, int to) implements RowUpgrade {
    @Override
    public byte[] upgrade(String store, byte[] key, byte[] value) {
      if (store.equals("facts") && value.length > 0 && value[0] == from) {
        byte[] raised = value.clone();
        raised[0] = (byte) to;
        return raised;
      }
      return value;
    }
  }

  @Test
  void rowOfThisVersionStaysAsItIs() {
    byte[] row = {NOW, 5, 6};

    assertThat(new RowUpgrades(RowUpgrades.CURRENT).apply("facts", key('A'), row)).isSameAs(row);
  }

  @Test
  void stepsRunInTheirOrder() {
    RowUpgrades upgrades =
        new RowUpgrades(List.of(new Raise("a", 120, 121), new Raise("b", 121, NOW)));

    assertThat(upgrades.names()).containsExactly("a", "b");
    assertThat(upgrades.apply("facts", key('A'), new byte[] {120, 5}))
        .isEqualTo(new byte[] {NOW, 5});
  }

  @Test
  void rowThatNoStepRaisesIsRefused() {
    RowUpgrades upgrades = new RowUpgrades(RowUpgrades.CURRENT);

    assertThatThrownBy(() -> upgrades.apply("facts", key('A'), new byte[] {120, 5}))
        .isInstanceOf(GenerationException.class)
        .hasMessageContaining("facts")
        .hasMessageContaining("version 120");
  }

  @Test
  void versionOfASweepStandsBehindItsPlace() {
    byte[] sweep = {0, 0, 0, 0, 0, 0, 0, 0, 0, 120};

    assertThatThrownBy(() -> new RowUpgrades(RowUpgrades.CURRENT).apply("order", key('X'), sweep))
        .hasMessageContaining("version 120");
  }

  @Test
  void setsAndFlagsHaveNoVersion() {
    RowUpgrades upgrades = new RowUpgrades(RowUpgrades.CURRENT);

    assertThat(upgrades.apply("facts", key('M'), new byte[0])).isEmpty();
    assertThat(upgrades.apply("facts", key('B'), new byte[] {120})).hasSize(1);
    assertThat(upgrades.apply("seen", key('o'), new byte[12])).hasSize(12);
  }

  @Test
  void kindOfRowThatNobodyKnowsIsRefused() {
    assertThatThrownBy(
            () -> new RowUpgrades(RowUpgrades.CURRENT).apply("facts", key('z'), new byte[] {NOW}))
        .isInstanceOf(GenerationException.class)
        .hasMessageContaining("kind 'z'");
  }
}
