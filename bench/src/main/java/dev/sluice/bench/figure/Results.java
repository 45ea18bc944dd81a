package dev.sluice.bench.figure;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a run of the benchmark found. */
public record Results(
    Map<String, Object> machine, Map<String, Ratio> ratios, Map<String, Double> absolutes) {

  /** Nothing yet, on this machine. */
  public static Results ofThisMachine() {
    return new Results(Machine.describe(), new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  public void writeTo(Path file) throws IOException {
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), this);
  }

  /** For people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(String.format("%-30s %8s %9s %19s%n", "ratio", "median", "goal", "low - high"));
    ratios.forEach((name, ratio) -> text.append(line(name, ratio)));
    text.append(String.format("%n%-42s %14s%n", "absolute, median", ""));
    absolutes.forEach((name, value) -> text.append(String.format("%-42s %,14.1f%n", name, value)));
    text.append(String.format("%nmachine%n"));
    machine.forEach((name, value) -> text.append(String.format("  %-14s %s%n", name, value)));
    return text.toString();
  }

  private static String line(String name, Ratio ratio) {
    boolean more = ratio.better() == null;
    String missed = more ? "(below its goal)" : "(above its goal)";
    return String.format(
        "%-30s %8.2f %s %6.2f %8.2f - %8.2f  %s%n",
        name,
        ratio.value(),
        more ? ">=" : "<=",
        ratio.goal(),
        ratio.low(),
        ratio.high(),
        ratio.isReached() ? "" : missed);
  }
}
