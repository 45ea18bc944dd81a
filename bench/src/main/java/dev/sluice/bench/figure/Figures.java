package dev.sluice.bench.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Figures of one part, collected over its rounds. */
public final class Figures {
  private final Map<String, List<Double>> rounds = new LinkedHashMap<>();

  /** Adds what one round found. */
  public void add(String name, double figure) {
    rounds.computeIfAbsent(name, n -> new ArrayList<>()).add(figure);
  }

  /** All that was found under a name, in order. */
  public List<Double> of(String name) {
    List<Double> found = rounds.get(name);
    if (found == null) {
      throw new IllegalStateException("nothing was measured of " + name);
    }
    return found;
  }

  /** Medians of all. */
  public Map<String, Double> medians() {
    Map<String, Double> medians = new LinkedHashMap<>();
    rounds.forEach((name, values) -> medians.put(name, Ratio.median(values)));
    return medians;
  }
}
