package dev.sluice.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** What a run of the benchmark found. */
record Results(
    Map<String, Object> machine, Map<String, Ratio> ratios, Map<String, Double> absolutes) {

  void writeTo(Path file) throws IOException {
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), this);
  }

  /** For people. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append(String.format("%-22s %8s %8s %17s%n", "ratio", "median", "goal", "low - high"));
    ratios.forEach(
        (name, r) ->
            text.append(
                String.format(
                    "%-22s %8.2f %8.2f %8.2f - %6.2f  %s%n",
                    name,
                    r.value(),
                    r.goal(),
                    r.low(),
                    r.high(),
                    r.value() >= r.goal() ? "" : "(below its goal)")));
    text.append(String.format("%n%-42s %14s%n", "absolute, median", ""));
    absolutes.forEach((name, value) -> text.append(String.format("%-42s %,14.1f%n", name, value)));
    text.append(String.format("%nmachine%n"));
    machine.forEach((name, value) -> text.append(String.format("  %-14s %s%n", name, value)));
    return text.toString();
  }
}
