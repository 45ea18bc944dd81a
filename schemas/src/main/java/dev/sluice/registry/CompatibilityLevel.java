package dev.sluice.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityResult;

/** Which earlier versions a new one must get on with, by Confluent's names. */
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
   * Judges a schema by Avro's own rules of schema resolution.
   *
   * @param candidate the schema that would be the next version
   * @param released earlier versions, oldest first
   */
  public CompatibilityCheck check(Schema candidate, List<Schema> released) {
    SortedMap<Integer, Schema> numbered = new TreeMap<>();
    released.forEach(schema -> numbered.put(numbered.size() + 1, schema));
    return check(candidate, numbered);
  }

  /**
   * Judges a schema by Avro's own rules of schema resolution.
   *
   * @param candidate the schema that would be the next version
   * @param released earlier versions by number, which has gaps where versions were deleted
   */
  public CompatibilityCheck check(Schema candidate, SortedMap<Integer, Schema> released) {
    List<String> messages = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>(released.keySet());
    int first = transitive ? 0 : Math.max(0, numbers.size() - 1);
    for (int i = numbers.size() - 1; i >= first; i--) {
      int number = numbers.get(i);
      if (backward) {
        collect(messages, number, "cannot read what it wrote", candidate, released.get(number));
      }
      if (forward) {
        collect(messages, number, "could not read the new", released.get(number), candidate);
      }
    }
    return new CompatibilityCheck(messages.isEmpty(), messages);
  }

  private static void collect(
      List<String> messages, int version, String what, Schema reader, Schema writer) {
    SchemaCompatibilityResult result =
        SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
    for (Incompatibility found : result.getIncompatibilities()) {
      messages.add(
          "version "
              + version
              + " "
              + what
              + ": "
              + found.getType()
              + " at "
              + found.getLocation()
              + ": "
              + found.getMessage());
    }
  }
}
