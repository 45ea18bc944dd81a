package dev.sluice.streams.rules.suppression;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.events.Suppression;
import dev.sluice.events.VexStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** VEX in CycloneDX JSON, 1.4 to 1.6 (https://cyclonedx.org/capabilities/vex). */
final class CycloneDxVex implements VexFormat {
  /** Punctuation that a BOM-Link encodes once more; see RFC 3986, section 2.1. */
  private static final Pattern ENCODED = Pattern.compile("%([2-7][0-9A-Fa-f])");

  @Override
  public String id() {
    return "CycloneDX VEX";
  }

  @Override
  public boolean recognises(JsonNode document) {
    return document.path("bomFormat").asText("").equals("CycloneDX")
        && document.path("vulnerabilities").isArray();
  }

  @Override
  public List<Suppression> read(String source, JsonNode document) {
    Map<String, JsonNode> components = new HashMap<>();
    collect(document.path("metadata").path("component"), components);
    document.path("components").forEach(each -> collect(each, components));
    JsonNode metadata = document.path("metadata");
    Instant written = Statements.time(metadata, "timestamp");
    List<Suppression> made = new ArrayList<>();
    for (JsonNode vulnerability : document.path("vulnerabilities")) {
      JsonNode analysis = vulnerability.path("analysis");
      if (!analysis.isObject()) {
        continue;
      }
      Instant own = Statements.time(vulnerability, "updated", "published", "created");
      Instant judged = Statements.time(analysis, "lastUpdated", "firstIssued");
      Instant at = judged != null ? judged : own != null ? own : written;
      for (JsonNode affected : vulnerability.path("affects")) {
        made.addAll(statements(source, vulnerability, analysis, affected, components, at));
      }
    }
    return made;
  }

  private static void collect(JsonNode component, Map<String, JsonNode> components) {
    String reference = Statements.text(component, "bom-ref");
    if (reference != null) {
      components.put(reference, component);
    }
    component.path("components").forEach(each -> collect(each, components));
  }

  /** A product without versions, or one statement for each status of its versions. */
  private static List<Suppression> statements(
      String source,
      JsonNode vulnerability,
      JsonNode analysis,
      JsonNode affected,
      Map<String, JsonNode> components,
      Instant at) {
    String product = product(Statements.text(affected, "ref"), components);
    if (product == null) {
      return List.of();
    }
    VexStatus overall = status(analysis.path("state").asText(""));
    if (affected.path("versions").isEmpty()) {
      return draft(vulnerability, analysis, at).status(overall).product(product).build(source);
    }
    List<Suppression> made = new ArrayList<>();
    String bare = withoutVersion(product);
    for (JsonNode version : affected.path("versions")) {
      VexStatus own =
          switch (version.path("status").asText("affected")) {
            case "unaffected" -> overall == VexStatus.FIXED ? overall : VexStatus.NOT_AFFECTED;
            case "affected" -> overall == VexStatus.NOT_AFFECTED ? overall : VexStatus.AFFECTED;
            default -> VexStatus.UNDER_INVESTIGATION;
          };
      String one = Statements.text(version, "version");
      String range = Statements.text(version, "range");
      boolean readable = range != null && range.startsWith("vers:");
      String named = one != null ? bare + "@" + one : readable ? bare + "#" + range : null;
      made.addAll(draft(vulnerability, analysis, at).status(own).product(named).build(source));
    }
    return made;
  }

  private static Statements.Draft draft(JsonNode vulnerability, JsonNode analysis, Instant at) {
    Statements.Draft draft =
        new Statements.Draft()
            .vulnerability(Statements.text(vulnerability, "id"))
            .justification(Statements.text(analysis, "justification"))
            .reason(Statements.text(analysis, "detail"))
            .at(at);
    for (JsonNode reference : vulnerability.path("references")) {
      draft.vulnerability(Statements.text(reference, "id"));
    }
    return draft;
  }

  /**
   * The purl of a component of this document; of a component of another document (BOM-Link, {@code
   * urn:cdx:…#ref}) its reference, where that is a purl.
   */
  private static String product(String reference, Map<String, JsonNode> components) {
    if (reference == null) {
      return null;
    }
    JsonNode component = components.get(reference);
    if (component != null) {
      String purl = Statements.text(component, "purl");
      return purl != null ? purl : named(component);
    }
    int sign = reference.startsWith("urn:cdx:") ? reference.indexOf('#') : -1;
    String local = sign < 0 ? reference : reference.substring(sign + 1);
    boolean encoded = local.regionMatches(true, 0, "pkg%3A", 0, 6);
    return encoded
        ? ENCODED
            .matcher(local)
            .replaceAll(
                hex ->
                    Matcher.quoteReplacement(
                        Character.toString(Integer.parseInt(hex.group(1), 16))))
        : local;
  }

  private static String named(JsonNode component) {
    String name = Statements.text(component, "name");
    String version = Statements.text(component, "version");
    return version == null ? name : name + "@" + version;
  }

  private static String withoutVersion(String product) {
    int at = product.lastIndexOf('@');
    return at > product.lastIndexOf('/') ? product.substring(0, at) : product;
  }

  private static VexStatus status(String state) {
    return switch (state) {
      case "not_affected", "false_positive" -> VexStatus.NOT_AFFECTED;
      case "resolved", "resolved_with_pedigree" -> VexStatus.FIXED;
      case "exploitable" -> VexStatus.AFFECTED;
      case "in_triage" -> VexStatus.UNDER_INVESTIGATION;
      default -> VexStatus.UNKNOWN;
    };
  }
}
