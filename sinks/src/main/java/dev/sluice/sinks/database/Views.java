package dev.sluice.sinks.database;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Set;

/** Rows of lists, made of the whole documents: what a person or a script asks for first. */
final class Views {
  static final ObjectMapper JSON = new ObjectMapper();

  private Views() {}

  static JsonNode parse(String document) {
    try {
      return JSON.readTree(document);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new UncheckedIOException("a document of the read model is damaged", e);
    }
  }

  static ObjectNode finding(JsonNode finding) {
    ObjectNode view = JSON.createObjectNode();
    copy(finding, view, "id", "asset", "unit", "kind", "vulnerability", "aliases");
    view.set("component", orNull(finding, "packageName"));
    copy(finding, view, "package");
    view.set("versions", versions(finding.path("lines"), "installedVersions"));
    copy(finding, view, "title", "scanners");
    view.set("releaseLines", lines(finding.path("lines")));
    copy(finding, view, "severity", "knownExploited");
    ObjectNode decision = view.putObject("decision");
    JsonNode decided = finding.path("decision");
    decision.put("actionable", decided.path("actionable").asBoolean());
    decision.put("rule", decided.path("rule").asText());
    decision.put("reason", decided.path("reason").asText());
    copy(finding, view, "status", "resolution", "revision", "item", "due", "firstSeen");
    if (finding.path("location").has("path")) {
      view.put("place", place(finding.path("location")));
    }
    view.set("fixedVersions", versions(finding.path("lines"), "fixedVersion"));
    return view;
  }

  static ObjectNode item(JsonNode item) {
    ObjectNode view = JSON.createObjectNode();
    copy(item, view, "id", "asset", "unit", "kind", "title", "summary", "status", "statusReason");
    copy(item, view, "episode", "severity", "knownExploited");
    view.set("deadline", orNull(item, "due"));
    view.set("deadlineReason", orNull(item, "dueReason"));
    view.set("owner", orNull(item, "owner"));
    copy(item, view, "package");
    view.set("component", orNull(item, "packageName"));
    copy(item, view, "place", "scanners");
    view.set("fixes", item.path("lines"));
    copy(item, view, "findings", "findingCount", "rule", "reason", "references");
    copy(item, view, "firstSeen", "openedAt", "resolvedAt", "revision", "updatedAt");
    return view;
  }

  private static String place(JsonNode location) {
    JsonNode line = location.path("startLine");
    return location.path("path").asText() + (line.isMissingNode() ? "" : ":" + line.asInt());
  }

  private static void copy(JsonNode from, ObjectNode to, String... names) {
    for (String name : names) {
      if (from.has(name)) {
        to.set(name, from.get(name));
      }
    }
  }

  private static JsonNode orNull(JsonNode from, String name) {
    return from.has(name) ? from.get(name) : JSON.nullNode();
  }

  private static ArrayNode versions(JsonNode lines, String field) {
    Set<String> versions = new LinkedHashSet<>();
    for (JsonNode line : lines) {
      JsonNode value = line.path(field);
      if (value.isArray()) {
        value.forEach(version -> versions.add(version.asText()));
      } else if (value.isTextual()) {
        versions.add(value.asText());
      }
    }
    ArrayNode array = JSON.createArrayNode();
    versions.forEach(array::add);
    return array;
  }

  /** Lines on which it is; all that it ever was on, once it is gone from all. */
  private static ArrayNode lines(JsonNode lines) {
    ArrayNode present = JSON.createArrayNode();
    ArrayNode all = JSON.createArrayNode();
    for (JsonNode line : lines) {
      all.add(line.path("line").asText());
      if (line.path("present").asBoolean()) {
        present.add(line.path("line").asText());
      }
    }
    return present.isEmpty() ? all : present;
  }
}
