package dev.sluice.streams.rules.suppression;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.events.Suppression;
import dev.sluice.events.VexStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * CSAF 2.0 documents (https://docs.oasis-open.org/csaf/csaf/v2.0), of the VEX profile or any other
 * that states product status. Products are told by their purl; one of which only a CPE or a name is
 * known matches an asset of exactly that name.
 */
final class CsafVex implements VexFormat {
  private static final Map<String, VexStatus> STATUS =
      Map.of(
          "known_not_affected", VexStatus.NOT_AFFECTED,
          "fixed", VexStatus.FIXED,
          "first_fixed", VexStatus.FIXED,
          "known_affected", VexStatus.AFFECTED,
          "first_affected", VexStatus.AFFECTED,
          "last_affected", VexStatus.AFFECTED,
          "under_investigation", VexStatus.UNDER_INVESTIGATION);

  /** A product, and the part of it that is meant; null for the whole of it. */
  private record Named(String product, String part) {}

  @Override
  public String id() {
    return "CSAF";
  }

  @Override
  public boolean recognises(JsonNode document) {
    return document.path("document").path("csaf_version").isTextual();
  }

  @Override
  public List<Suppression> read(String source, JsonNode document) {
    Map<String, Named> products = products(document.path("product_tree"));
    JsonNode head = document.path("document");
    Instant at =
        Statements.time(head.path("tracking"), "current_release_date", "initial_release_date");
    String author = Statements.text(head.path("publisher"), "name");
    List<Suppression> made = new ArrayList<>();
    for (JsonNode vulnerability : document.path("vulnerabilities")) {
      Map<String, String> flags = labels(vulnerability.path("flags"), "label");
      Map<String, String> threats = labels(vulnerability.path("threats"), "details");
      STATUS.forEach(
          (field, status) -> {
            for (JsonNode id : vulnerability.path("product_status").path(field)) {
              Named named = products.get(id.asText());
              if (named != null) {
                made.addAll(
                    draft(vulnerability)
                        .author(author)
                        .at(at)
                        .status(status)
                        .product(named.product())
                        .subcomponent(named.part())
                        .justification(flags.get(id.asText()))
                        .reason(threats.get(id.asText()))
                        .build(source));
              }
            }
          });
    }
    return made;
  }

  private static Statements.Draft draft(JsonNode vulnerability) {
    Statements.Draft draft =
        new Statements.Draft().vulnerability(Statements.text(vulnerability, "cve"));
    for (JsonNode id : vulnerability.path("ids")) {
      String text = Statements.text(id, "text");
      // Numbers of bug trackers are listed there too, and name no vulnerability.
      draft.vulnerability(text != null && text.matches("[A-Za-z]+-\\S+") ? text : null);
    }
    return draft;
  }

  private static Map<String, String> labels(JsonNode list, String field) {
    Map<String, String> labels = new HashMap<>();
    for (JsonNode entry : list) {
      String text = Statements.text(entry, field);
      for (JsonNode id : entry.path("product_ids")) {
        labels.putIfAbsent(id.asText(), text);
      }
    }
    return labels;
  }

  private static Map<String, Named> products(JsonNode tree) {
    Map<String, Named> products = new HashMap<>();
    branches(tree.path("branches"), "", products);
    tree.path("full_product_names").forEach(each -> product(each, "", products));
    for (JsonNode relation : tree.path("relationships")) {
      Named part = products.get(Statements.text(relation, "product_reference"));
      Named whole = products.get(Statements.text(relation, "relates_to_product_reference"));
      String id = Statements.text(relation.path("full_product_name"), "product_id");
      if (part != null && whole != null && id != null) {
        joined(part, whole).ifPresent(named -> products.put(id, named));
      }
    }
    return products;
  }

  /**
   * A part of a product. Where the whole is a platform of which no purl is known, the part is what
   * can be told, as long as it has a version: a package of one release of a distribution, in every
   * version, would be taken for that package of all releases. Empty if nothing can be told.
   */
  private static Optional<Named> joined(Named part, Named whole) {
    if (whole.product().startsWith("pkg:")) {
      return Optional.of(new Named(whole.product(), part.product()));
    }
    boolean named = !part.product().startsWith("pkg:");
    boolean versioned = part.product().indexOf('@') > 0 || part.product().contains(Product.RANGE);
    return named || versioned ? Optional.of(new Named(part.product(), null)) : Optional.empty();
  }

  private static void branches(JsonNode branches, String range, Map<String, Named> products) {
    for (JsonNode branch : branches) {
      String own =
          Statements.text(branch, "category") != null
                  && branch.path("category").asText().equals("product_version_range")
                  && branch.path("name").asText("").startsWith("vers:")
              ? branch.path("name").asText()
              : range;
      product(branch.path("product"), own, products);
      branches(branch.path("branches"), own, products);
    }
  }

  private static void product(JsonNode product, String range, Map<String, Named> products) {
    String id = Statements.text(product, "product_id");
    if (id == null) {
      return;
    }
    String purl = Statements.text(product.path("product_identification_helper"), "purl");
    String name = purl == null ? Statements.text(product, "name") : purl;
    if (name != null) {
      products.put(id, new Named(range.isEmpty() ? name : name + "#" + range, null));
    }
  }
}
