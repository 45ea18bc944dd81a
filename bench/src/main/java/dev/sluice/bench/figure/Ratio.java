package dev.sluice.bench.figure;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A figure that has a goal, over several rounds. Most are rates divided by rates, and more is
 * better; of seconds and bytes less is better.
 *
 * @param value median
 * @param goal what it should reach
 * @param low smallest of all rounds
 * @param high largest of all rounds
 * @param better {@code lower} where it should not exceed its goal; null for all others
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Ratio(double value, double goal, double low, double high, String better) {
  private static final String LOWER = "lower";

  /** More is better. */
  public static Ratio of(List<Double> rounds, double goal) {
    return of(rounds, goal, null);
  }

  /** Less is better. */
  public static Ratio atMost(List<Double> rounds, double goal) {
    return of(rounds, goal, LOWER);
  }

  private static Ratio of(List<Double> rounds, double goal, String better) {
    List<Double> sorted = rounds.stream().sorted().toList();
    return new Ratio(median(rounds), goal, sorted.get(0), sorted.get(sorted.size() - 1), better);
  }

  /** Whether the median reaches its goal. */
  @JsonIgnore
  public boolean isReached() {
    return better == null ? value >= goal : value <= goal;
  }

  /** How far it is, for comparing figures of different kinds: 1 at the goal, more is better. */
  @JsonIgnore
  public double share() {
    return better == null ? value / goal : goal / value;
  }

  public static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int n = sorted.size();
    return n % 2 == 1 ? sorted.get(n / 2) : (sorted.get(n / 2 - 1) + sorted.get(n / 2)) / 2;
  }
}
