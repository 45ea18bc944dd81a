package dev.sluice.streams.generation;

import dev.sluice.streams.state.RowLayout;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The steps that rows go through on their way into a new generation, in order. */
final class RowUpgrades {
  /** Every upgrade there is, oldest first. Rows below version 3 were never released. */
  static final List<RowUpgrade> CURRENT = List.of();

  /** Stores that have another name now, by the name they had. None has been renamed so far. */
  static final Map<String, String> RENAMED = Map.of();

  private final List<RowUpgrade> steps;

  RowUpgrades(List<RowUpgrade> steps) {
    this.steps = List.copyOf(steps);
  }

  List<String> names() {
    return steps.stream().map(RowUpgrade::name).toList();
  }

  /**
   * The value as this release reads it; null if a step drops the row.
   *
   * @throws GenerationException if the row is still of another version after all steps
   */
  byte[] apply(String store, byte[] key, byte[] value) {
    byte[] row = value;
    for (RowUpgrade step : steps) {
      row = step.upgrade(store, key, row);
      if (row == null) {
        return null;
      }
    }
    OptionalInt version;
    try {
      version = RowLayout.version(store, key, row);
    } catch (IllegalArgumentException e) {
      throw new GenerationException(
          "the state cannot be carried over: "
              + e.getMessage()
              + "; run the release that wrote it, or one that knows how to upgrade it",
          e);
    }
    if (version.isPresent() && version.getAsInt() != RowLayout.VERSION) {
      throw new GenerationException(
          "store "
              + store
              + " holds rows of version "
              + version.getAsInt()
              + ", this release reads version "
              + RowLayout.VERSION
              + " and has no upgrade between them; run a release that has one");
    }
    return row;
  }
}
