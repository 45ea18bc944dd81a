package dev.sluice.producers.publish;

import dev.sluice.events.Observation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;

/**
 * Makes an observation small enough for one record. Readers cap what they read, so this is for what
 * is extreme: it is cut further and says so, and is never dropped.
 */
final class RecordCutter {
  /** How much is left in each step: characters of a text, entries of a list or map. */
  private record Step(int text, int entries) {}

  private static final List<Step> STEPS =
      List.of(new Step(4_000, 100), new Step(1_000, 20), new Step(300, 5), new Step(100, 2));

  /** Texts for people. Any other may be part of an identity: its digest stays where it is cut. */
  private static final Set<String> DISPLAY =
      Set.of(
          "title",
          "description",
          "stateReason",
          "references",
          "impact",
          "reproduction",
          "properties");

  private RecordCutter() {}

  /** How often an observation can be cut. */
  static int steps() {
    return STEPS.size();
  }

  /** A copy within the limits of a step, counted from 0, whose {@code cut} names what was cut. */
  static Observation cut(Observation observation, int step) {
    Observation copy = SpecificData.get().deepCopy(Observation.SCHEMA$, observation);
    Set<String> cut = new TreeSet<>(copy.getCut());
    for (Schema.Field field : copy.getSchema().getFields()) {
      Object before = copy.get(field.pos());
      if (!field.name().equals("cut")) {
        Object after = limited(before, STEPS.get(step), DISPLAY.contains(field.name()));
        copy.put(field.pos(), after);
        if (!java.util.Objects.equals(observation.get(field.pos()), after)) {
          cut.add(field.name());
        }
      }
    }
    copy.setCut(new ArrayList<>(cut));
    return copy;
  }

  private static Object limited(Object value, Step step, boolean display) {
    if (value instanceof String text) {
      return text.length() <= step.text() ? text : shortened(text, step.text(), display);
    }
    if (value instanceof List<?> list) {
      List<Object> kept = new ArrayList<>();
      for (Object entry : list.subList(0, Math.min(list.size(), step.entries()))) {
        kept.add(limited(entry, step, display));
      }
      return kept;
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> kept = new LinkedHashMap<>();
      map.entrySet().stream()
          .sorted(Map.Entry.comparingByKey((a, b) -> a.toString().compareTo(b.toString())))
          .limit(step.entries())
          .forEach(
              e ->
                  kept.put(
                      limited(e.getKey(), step, display), limited(e.getValue(), step, display)));
      return kept;
    }
    if (value instanceof IndexedRecord nested) {
      for (Schema.Field field : nested.getSchema().getFields()) {
        boolean text = display || DISPLAY.contains(field.name());
        nested.put(field.pos(), limited(nested.get(field.pos()), step, text));
      }
    }
    return value;
  }

  private static String shortened(String text, int limit, boolean display) {
    String end = display ? "…" : "…sha256:" + sha256(text);
    int keep = Math.max(0, limit - end.length());
    // Half a surrogate pair is no text.
    if (keep > 0 && Character.isHighSurrogate(text.charAt(keep - 1))) {
      keep--;
    }
    return text.substring(0, keep) + end;
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
