package dev.sluice.bench;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine;

/** What can be measured alone; most are called as the figure they find. */
enum Part {
  READERS,
  SERDE,
  DISPATCH,
  START_AND_IDLE,
  LATENCY,
  POST_TO_DECISION_10K,
  STEADY_STATE,
  FIRST_SIGHT,
  OPEN_FINDINGS_SCALE,
  FLINK;

  /** Name of the figure, and of the option's value. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Minutes and not seconds: not part of {@code --quick}. */
  boolean isLong() {
    return this == OPEN_FINDINGS_SCALE || this == FLINK;
  }

  static Stream<Part> all() {
    return Arrays.stream(values());
  }

  /** For the option's value. */
  static final class Names implements Iterable<String>, CommandLine.ITypeConverter<Part> {
    @Override
    public Iterator<String> iterator() {
      return all().map(Part::label).iterator();
    }

    @Override
    public Part convert(String value) {
      return all()
          .filter(part -> part.label().equals(value))
          .findFirst()
          .orElseThrow(
              () ->
                  new CommandLine.TypeConversionException(
                      "\"" + value + "\" is none of " + String.join(", ", this)));
    }
  }
}
