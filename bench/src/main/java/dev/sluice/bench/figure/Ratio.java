package dev.sluice.bench;

import java.util.List;

/**
 * A ratio over several rounds.
 *
 * @param value median
 * @param goal what it should reach
 * @param low smallest of all rounds
 * @param high largest of all rounds
 */
record Ratio(double value, double goal, double low, double high) {
  static Ratio of(List<Double> rounds, double goal) {
    List<Double> sorted = rounds.stream().sorted().toList();
    return new Ratio(median(rounds), goal, sorted.get(0), sorted.get(sorted.size() - 1));
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int n = sorted.size();
    return n % 2 == 1 ? sorted.get(n / 2) : (sorted.get(n / 2 - 1) + sorted.get(n / 2)) / 2;
  }
}
