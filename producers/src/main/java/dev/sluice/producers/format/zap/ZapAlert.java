package dev.sluice.producers.format.zap;

import dev.sluice.events.FindingKind;
import dev.sluice.events.Rating;
import dev.sluice.events.ScannerState;
import dev.sluice.events.Severity;
import dev.sluice.producers.format.Locations;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.redact.Redactor;
import java.util.LinkedHashSet;
import java.util.Set;

/** One alert of one site, from JSON or XML: the fields have the same names in both. */
final class ZapAlert {
  private static final int MOST_PLACES = 15;
  private static final String FALSE_POSITIVE = "0";

  private final Redactor redactor;
  private final ObservationDraft draft;
  private final Set<String> places = new LinkedHashSet<>();
  private String plugin;
  private String reference;
  private String name;
  private String description;
  private String risk;
  private String confidence;
  private long instances;

  ZapAlert(Redactor redactor) {
    this.redactor = redactor;
    this.draft = new ObservationDraft(redactor);
  }

  /** Whether {@link #field} wants the text of a field. */
  static boolean wants(String field) {
    return switch (field) {
      case "pluginid",
          "alertRef",
          "alert",
          "name",
          "riskcode",
          "confidence",
          "desc",
          "solution",
          "reference",
          "cweid",
          "wascid" ->
          true;
      default -> false;
    };
  }

  void field(String field, String text) {
    if (text == null) {
      return;
    }
    switch (field) {
      case "pluginid" -> plugin = text.strip();
      case "alertRef" -> reference = text.strip();
      case "alert" -> name = name == null ? plain(text) : name;
      case "name" -> name = plain(text);
      case "riskcode" -> risk = text.strip();
      case "confidence" -> confidence = text.strip();
      case "desc" -> description = plain(text);
      case "solution" -> draft.property("solution", plain(text));
      case "reference" -> plain(text).lines().forEach(draft::reference);
      case "cweid" -> draft.cwe(text);
      case "wascid" -> draft.property("wasc", text);
      default -> {}
    }
  }

  /** A place, without the values in its query: sessions and tokens are there. */
  void instance(String method, String uri, String parameter) {
    instances++;
    if (uri == null || uri.isBlank() || places.size() >= MOST_PLACES) {
      return;
    }
    String address = redactor.withoutLogin(uri.strip()).replaceFirst("[?#;].*", "");
    String verb = method == null || method.isBlank() ? "" : method.strip() + " ";
    String of = parameter == null || parameter.isBlank() ? "" : " (" + parameter.strip() + ")";
    places.add(verb + address + of);
  }

  /** The claim; without an id it is not identified. */
  ObservationDraft draft(String site) {
    draft.kind(FindingKind.CODE_WEAKNESS);
    draft.nativeId(reference == null || reference.isEmpty() ? plugin : reference);
    draft.title(name).description(description);
    draft.firstRating(new Rating("zap", severity(), risk, null, null, null));
    draft.property("confidence", confidence);
    draft.property("instances", Long.toString(instances));
    int number = 1;
    for (String place : places) {
      draft.property("place." + number++, place);
    }
    if (FALSE_POSITIVE.equals(confidence)) {
      draft.state(ScannerState.SUPPRESSED, "false positive");
    }
    String where = redactor.withoutLogin(site);
    draft.place(where);
    return draft.location(where == null || where.isBlank() ? null : Locations.file(where.strip()));
  }

  private Severity severity() {
    return switch (risk == null ? "" : risk) {
      case "0" -> Severity.NEGLIGIBLE;
      case "1" -> Severity.LOW;
      case "2" -> Severity.MEDIUM;
      case "3" -> Severity.HIGH;
      default -> Severity.UNKNOWN;
    };
  }

  /** Texts are paragraphs of HTML. */
  private static String plain(String text) {
    return text.replace("</p>", "\n").replaceAll("</?[a-z]{1,6} ?/?>", "").strip();
  }
}
