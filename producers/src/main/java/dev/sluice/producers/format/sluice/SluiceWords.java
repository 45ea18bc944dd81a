package dev.sluice.producers.format.sluice;

import dev.sluice.events.FindingKind;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.json.JsonCursor;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** Words of the format: an enum's constants in lower case, with a hyphen between their parts. */
final class SluiceWords {
  private static final Map<String, FindingKind> KINDS =
      Map.of(
          "package", FindingKind.VULNERABLE_PACKAGE,
          "code", FindingKind.CODE_WEAKNESS,
          "secret", FindingKind.SECRET,
          "misconfiguration", FindingKind.MISCONFIGURATION,
          "licence", FindingKind.LICENCE,
          "license", FindingKind.LICENCE,
          "end-of-life", FindingKind.END_OF_LIFE,
          "deployment", FindingKind.DEPLOYMENT);

  private SluiceWords() {}

  static FindingKind kind(JsonCursor json) throws IOException {
    String word = json.text();
    FindingKind kind = word == null ? null : KINDS.get(word.strip().toLowerCase(Locale.ROOT));
    if (kind == null) {
      json.warn("not a kind of finding that is known");
    }
    return kind == null ? FindingKind.UNKNOWN : kind;
  }

  /** The constant of a word; an unknown one is kept as a property and stands for unknown. */
  static <E extends Enum<E>> E word(
      JsonCursor json, Class<E> type, E unknown, String field, ObservationDraft draft)
      throws IOException {
    String word = json.text();
    if (word == null || word.isBlank()) {
      return unknown;
    }
    String constant = word.strip().toUpperCase(Locale.ROOT).replace('-', '_');
    for (E each : type.getEnumConstants()) {
      if (each.name().equals(constant)) {
        return each;
      }
    }
    json.warn("a word that is not known; it is kept as reported");
    draft.property(field, word);
    return unknown;
  }
}
