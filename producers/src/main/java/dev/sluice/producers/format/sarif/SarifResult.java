package dev.sluice.producers.format.sarif;

import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One result as read, before it is joined with its rule. Code flows and fixes are not read. */
final class SarifResult {
  private static final int MAX_LOCATIONS = 100;
  private static final int MAX_SNIPPET = 64 * 1024;

  /** One place: a file and region, or a logical location. */
  static final class Place {
    String uri;
    String uriBase;
    Integer artifactIndex;
    Integer startLine;
    Integer endLine;
    Integer startColumn;
    Integer endColumn;
    String snippet;
    String symbol;
    Integer symbolIndex;
    String message;
  }

  String ruleId;
  String ruleReferenceId;
  Integer ruleIndex;
  Integer ruleReferenceIndex;
  Integer componentIndex;
  String componentName;
  String level;
  String kind;
  String messageText;
  String messageId;
  String baselineState;
  String securitySeverity;
  String severity;
  String secret;
  String commit;
  String packageName;
  String packageVersion;
  String packageOrigin;
  String confidence;
  String suppressionReason;
  boolean suppressed;
  int locationCount;
  final List<String> arguments = new ArrayList<>(0);
  final List<Place> places = new ArrayList<>(1);
  final Map<String, String> fingerprints = new LinkedHashMap<>(2);
  final List<String> cwes = new ArrayList<>(0);
  final List<String> tags = new ArrayList<>(0);

  static SarifResult read(JsonCursor json) throws IOException, UnreadableReportException {
    SarifResult result = new SarifResult();
    json.object(name -> result.field(json, name));
    return result;
  }

  /** Checks that passed or did not apply are no findings (SARIF 3.27.9). */
  boolean isNoFinding() {
    return "pass".equals(kind) || "notApplicable".equals(kind);
  }

  String ruleId() {
    return ruleId != null && !ruleId.isBlank()
        ? ruleId
        : ruleReferenceId != null && !ruleReferenceId.isBlank() ? ruleReferenceId : null;
  }

  boolean hasRule() {
    return ruleId() != null || ruleIndex != null || ruleReferenceIndex != null;
  }

  private void field(JsonCursor json, String name) throws IOException, UnreadableReportException {
    switch (name) {
      case "ruleId" -> ruleId = json.text();
      case "ruleIndex" -> ruleIndex = index(json);
      case "rule" -> json.object(part -> rule(json, part));
      case "level" -> level = json.text();
      case "kind" -> kind = json.text();
      case "message" -> {
        if (json.isText()) {
          messageText = json.text();
        } else {
          json.object(part -> message(json, part));
        }
      }
      case "locations" ->
          json.objects(
              () -> {
                locationCount++;
                if (places.size() < MAX_LOCATIONS) {
                  places.add(place(json));
                }
              });
      case "fingerprints", "partialFingerprints" -> json.object(key -> fingerprint(json, key));
      case "suppressions" -> json.objects(() -> suppression(json));
      case "baselineState" -> baselineState = json.text();
      case "taxa" ->
          json.objects(
              () -> {
                String cwe = SarifRule.weakness(json);
                if (cwe != null && cwes.size() < 50) {
                  cwes.add(cwe);
                }
              });
      case "properties" -> json.object(part -> property(json, part));
      default -> {}
    }
  }

  private static Integer index(JsonCursor json) throws IOException {
    Integer index = json.integer();
    return index == null || index < 0 ? null : index;
  }

  private void rule(JsonCursor json, String part) throws IOException, UnreadableReportException {
    switch (part) {
      case "id" -> ruleReferenceId = json.text();
      case "index" -> ruleReferenceIndex = index(json);
      case "toolComponent" ->
          json.object(
              inner -> {
                switch (inner) {
                  case "index" -> componentIndex = index(json);
                  case "name", "guid" -> {
                    String text = json.text();
                    componentName = componentName == null ? text : componentName;
                  }
                  default -> {}
                }
              });
      default -> {}
    }
  }

  private void message(JsonCursor json, String part) throws IOException, UnreadableReportException {
    switch (part) {
      case "text" -> messageText = json.text();
      case "markdown" -> {
        String markdown = json.text();
        messageText = messageText == null ? markdown : messageText;
      }
      case "id" -> messageId = json.text();
      case "arguments" ->
          json.array(
              () -> {
                String argument = json.scalar();
                if (arguments.size() < 20) {
                  arguments.add(argument == null ? "" : argument);
                }
              });
      default -> {}
    }
  }

  private static Place place(JsonCursor json) throws IOException, UnreadableReportException {
    Place place = new Place();
    json.object(
        name -> {
          switch (name) {
            case "physicalLocation" -> json.object(part -> physical(json, part, place));
            case "logicalLocations" ->
                json.objects(() -> json.object(part -> logical(json, part, place)));
            case "message" -> place.message = SarifRule.messageText(json);
            default -> {}
          }
        });
    return place;
  }

  private static void physical(JsonCursor json, String part, Place place)
      throws IOException, UnreadableReportException {
    switch (part) {
      case "artifactLocation" ->
          json.object(
              name -> {
                switch (name) {
                  case "uri" -> place.uri = json.text();
                  case "uriBaseId" -> place.uriBase = json.text();
                  case "index" -> place.artifactIndex = index(json);
                  default -> {}
                }
              });
      case "region" -> json.object(name -> region(json, name, place));
      default -> {}
    }
  }

  private static void region(JsonCursor json, String name, Place place)
      throws IOException, UnreadableReportException {
    switch (name) {
      case "startLine" -> place.startLine = positive(json);
      case "endLine" -> place.endLine = positive(json);
      case "startColumn" -> place.startColumn = positive(json);
      case "endColumn" -> place.endColumn = positive(json);
      case "snippet" -> {
        String text = SarifRule.messageText(json);
        place.snippet =
            text != null && text.length() > MAX_SNIPPET ? text.substring(0, MAX_SNIPPET) : text;
      }
      default -> {}
    }
  }

  private static Integer positive(JsonCursor json) throws IOException {
    Integer number = json.integer();
    return number == null || number < 1 ? null : number;
  }

  private static void logical(JsonCursor json, String part, Place place) throws IOException {
    switch (part) {
      case "fullyQualifiedName" -> {
        String name = json.text();
        place.symbol = place.symbol == null ? name : place.symbol;
      }
      case "index" -> {
        Integer index = index(json);
        place.symbolIndex = place.symbolIndex == null ? index : place.symbolIndex;
      }
      default -> {}
    }
  }

  /** Values are strings by the standard; some tools write objects. People are no fingerprint. */
  private void fingerprint(JsonCursor json, String key)
      throws IOException, UnreadableReportException {
    switch (key) {
      case "email", "author", "date", "commitMessage" -> {}
      case "commitSha" -> commit = json.text();
      default -> {
        if (json.isObject()) {
          json.object(inner -> fingerprints.put(key + "." + inner, json.scalar()));
        } else {
          fingerprints.put(key, json.scalar());
        }
      }
    }
  }

  /** Only an accepted suppression suppresses (SARIF 3.35.3); without a state it is accepted. */
  private void suppression(JsonCursor json) throws IOException, UnreadableReportException {
    String[] parts = {null, null, null};
    json.object(
        part -> {
          switch (part) {
            case "kind" -> parts[0] = json.text();
            case "state", "status" -> parts[1] = json.text();
            case "justification" -> parts[2] = json.text();
            default -> {}
          }
        });
    if (parts[1] == null || parts[1].equals("accepted")) {
      suppressed = true;
      boolean said = parts[2] != null && !parts[2].isBlank();
      suppressionReason =
          said ? parts[2] : suppressionReason == null ? parts[0] : suppressionReason;
    }
  }

  private void property(JsonCursor json, String name)
      throws IOException, UnreadableReportException {
    switch (name) {
      case "security-severity" -> securitySeverity = json.scalar();
      case "severity", "securityRisk", "issue_severity" -> severity = json.scalar();
      case "confidence", "issue_confidence" -> confidence = json.scalar();
      case "offender", "secret", "Secret" -> secret = json.scalar();
      case "commit" -> commit = json.scalar();
      case "component" -> packageName = json.scalar();
      case "componentVersion" -> packageVersion = json.scalar();
      case "componentOrigin" -> packageOrigin = json.scalar();
      case "tags" ->
          json.array(
              () -> {
                String tag = json.scalar();
                if (tag != null && tags.size() < 50) {
                  tags.add(tag);
                }
              });
      default -> {}
    }
  }
}
