package dev.sluice.embedded.registry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/** What a new version of a subject must be able to read, or be read by. Confluent's levels. */
public enum CompatibilityLevel {
  NONE(false, false, false),
  BACKWARD(true, false, false),
  BACKWARD_TRANSITIVE(true, false, true),
  FORWARD(false, true, false),
  FORWARD_TRANSITIVE(false, true, true),
  FULL(true, true, false),
  FULL_TRANSITIVE(true, true, true);

  private final boolean backward;
  private final boolean forward;
  private final boolean transitive;

  CompatibilityLevel(boolean backward, boolean forward, boolean transitive) {
    this.backward = backward;
    this.forward = forward;
    this.transitive = transitive;
  }

  /**
   * @throws Refusal 42203 if there is no such level
   */
  static CompatibilityLevel parse(String name) {
    return Arrays.stream(values())
        .filter(level -> level.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.of(
                    42203,
                    "Invalid compatibility level '"
                        + name
                        + "'. Valid values are none, backward, forward, full, backward_transitive,"
                        + " forward_transitive, and full_transitive"));
  }

  /**
   * Compares a candidate with what is there.
   *
   * @param earlier earlier versions, oldest first
   * @return why the candidate does not fit; empty if it does
   */
  List<String> check(Schema candidate, List<Version> earlier) {
    List<String> problems = new ArrayList<>();
    List<Version> compared =
        transitive || earlier.isEmpty() ? earlier : List.of(earlier.get(earlier.size() - 1));
    for (Version version : compared) {
      Schema old = AvroText.stored(version.schema()).schema();
      if (backward) {
        describe(
            problems,
            candidate,
            old,
            "new schema cannot read data of version " + version.version());
      }
      if (forward) {
        describe(
            problems,
            old,
            candidate,
            "version " + version.version() + " cannot read data of new schema");
      }
    }
    if (!problems.isEmpty()) {
      problems.add("compatibility: " + name());
    }
    return problems;
  }

  private static void describe(List<String> problems, Schema reader, Schema writer, String who) {
    for (Incompatibility problem :
        SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
            .getResult()
            .getIncompatibilities()) {
      problems.add(
          who
              + ": "
              + problem.getType()
              + " at "
              + problem.getLocation()
              + ": "
              + problem.getMessage());
    }
  }
}
