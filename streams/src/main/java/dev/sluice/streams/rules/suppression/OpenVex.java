package dev.sluice.streams.rules.suppression;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.events.Suppression;
import dev.sluice.events.VexStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** OpenVEX, 0.0 to 0.2 (https://github.com/openvex/spec). */
final class OpenVex implements VexFormat {
  @Override
  public String id() {
    return "OpenVEX";
  }

  @Override
  public boolean recognises(JsonNode document) {
    return document.path("statements").isArray()
        && document.path("@context").asText("").contains("openvex");
  }

  @Override
  public List<Suppression> read(String source, JsonNode document) {
    List<Suppression> made = new ArrayList<>();
    String author = Statements.text(document, "author");
    Instant written = Statements.time(document, "last_updated", "timestamp");
    for (JsonNode statement : document.path("statements")) {
      Statements.Draft draft =
          new Statements.Draft()
              .author(author)
              .status(status(statement.path("status").asText("")))
              .justification(Statements.text(statement, "justification"))
              .reason(reason(statement));
      Instant own = Statements.time(statement, "last_updated", "timestamp");
      draft.at(own == null ? written : own);
      vulnerability(statement.path("vulnerability"), draft);
      subcomponents(statement, draft);
      for (JsonNode product : statement.path("products")) {
        product(product, draft);
        subcomponents(product, draft);
      }
      made.addAll(draft.build(source));
    }
    return made;
  }

  private static void vulnerability(JsonNode written, Statements.Draft draft) {
    if (written.isTextual()) {
      draft.vulnerability(written.asText());
      return;
    }
    draft.vulnerability(Statements.text(written, "name"));
    for (JsonNode alias : written.path("aliases")) {
      draft.vulnerability(alias.asText());
    }
  }

  private static void product(JsonNode product, Statements.Draft draft) {
    if (product.isTextual()) {
      draft.product(product.asText());
      return;
    }
    String purl = Statements.text(product.path("identifiers"), "purl");
    draft.product(purl == null ? Statements.text(product, "@id") : purl);
  }

  private static void subcomponents(JsonNode parent, Statements.Draft draft) {
    for (JsonNode part : parent.path("subcomponents")) {
      if (part.isTextual()) {
        draft.subcomponent(part.asText());
      } else {
        String purl = Statements.text(part.path("identifiers"), "purl");
        draft.subcomponent(purl == null ? Statements.text(part, "@id") : purl);
      }
    }
  }

  private static String reason(JsonNode statement) {
    for (String field : List.of("impact_statement", "action_statement", "status_notes")) {
      String text = Statements.text(statement, field);
      if (text != null && !text.isBlank()) {
        return text;
      }
    }
    return null;
  }

  private static VexStatus status(String word) {
    return switch (word) {
      case "not_affected" -> VexStatus.NOT_AFFECTED;
      case "affected" -> VexStatus.AFFECTED;
      case "fixed" -> VexStatus.FIXED;
      case "under_investigation" -> VexStatus.UNDER_INVESTIGATION;
      default -> VexStatus.UNKNOWN;
    };
  }
}
