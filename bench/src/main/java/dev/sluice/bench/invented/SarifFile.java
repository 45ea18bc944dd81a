package dev.sluice.bench.invented;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.bench.invented.Advisories.Advisory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A report of an image in Grype's SARIF: a rule for every vulnerability of a package, and a result
 * for every rule.
 */
public final class SarifFile {
  private final Advisories advisories;

  public SarifFile(Advisories advisories) {
    this.advisories = advisories;
  }

  /**
   * Writes a report.
   *
   * @param until when the list of rules is long enough; the results come to two thirds of it
   */
  public void write(Path file, Until until) throws IOException {
    JsonFile.write(
        file,
        true,
        json -> {
          json.writeStringField("version", "2.1.0");
          json.writeStringField("$schema", "https://json.schemastore.org/sarif-2.1.0-rtm.5.json");
          json.writeArrayFieldStart("runs");
          json.writeStartObject();
          json.writeObjectFieldStart("tool");
          json.writeObjectFieldStart("driver");
          json.writeStringField("name", "Grype");
          json.writeStringField("version", "0.63.0");
          int[] rules = {0};
          JsonFile.entries(
              json,
              "rules",
              until,
              (out, i) -> {
                sarifRule(out, i);
                rules[0] = i + 1;
              });
          json.writeEndObject();
          json.writeEndObject();
          json.writeArrayFieldStart("results");
          for (int i = 0; i < rules[0]; i++) {
            json.writeStartObject();
            sarifResult(json, i);
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
          json.writeEndArray();
        });
  }

  private void sarifRule(JsonGenerator json, int i) throws IOException {
    Advisory advisory = advisories.get(i);
    String id = advisory.id();
    json.writeStringField("id", id + "-" + Package.name(i));
    json.writeStringField("name", "DpkgMatcherExactIndirectMatch");
    text(json, "shortDescription", id + " low vulnerability for " + Package.name(i) + " package");
    text(json, "fullDescription", advisory.description());
    json.writeStringField("helpUri", "https://github.com/anchore/grype");
    String link = "[" + id + "](https://tracker.example/" + id + ")";
    json.writeObjectFieldStart("help");
    json.writeStringField(
        "text",
        "Vulnerability %s\nSeverity: low\nPackage: %s\nVersion: %s\nFix Version: \nType: deb\nLocation: /usr/share/doc/%s/copyright\nData Namespace: debian:distro:debian:12\nLink: %s"
            .formatted(id, Package.name(i), Package.version(i), Package.name(i), link));
    json.writeStringField(
        "markdown",
        "**Vulnerability %s**\n| Severity | Package | Version | Fix Version | Type | Location | Data Namespace | Link |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n| low  | %s  | %s  |   | deb  | /usr/share/doc/%s/copyright  | debian:distro:debian:12  | %s  |\n"
            .formatted(id, Package.name(i), Package.version(i), Package.name(i), link));
    json.writeEndObject();
    json.writePOJOField("properties", Map.of("security-severity", "7.5"));
  }

  private void sarifResult(JsonGenerator json, int i) throws IOException {
    String copyright = "/usr/share/doc/" + Package.name(i) + "/copyright";
    json.writeStringField("ruleId", advisories.get(i).id() + "-" + Package.name(i));
    text(
        json,
        "message",
        "The path "
            + copyright
            + " reports "
            + Package.name(i)
            + " at version "
            + Package.version(i)
            + "  which is a vulnerable (deb) package installed in the container");
    json.writeArrayFieldStart("locations");
    json.writeStartObject();
    json.writeObjectFieldStart("physicalLocation");
    json.writePOJOField("artifactLocation", Map.of("uri", "image/" + copyright));
    json.writePOJOField(
        "region", Map.of("startLine", 1, "startColumn", 1, "endLine", 1, "endColumn", 1));
    json.writeEndObject();
    json.writeArrayFieldStart("logicalLocations");
    for (String place : List.of(copyright, "/var/lib/dpkg/info/" + Package.name(i) + ".md5sums")) {
      json.writeStartObject();
      json.writeStringField("name", place);
      json.writeStringField(
          "fullyQualifiedName", "nginx@" + JsonFile.LAYER + "@" + JsonFile.LAYER + ":" + place);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
  }

  private static void text(JsonGenerator json, String field, String text) throws IOException {
    json.writePOJOField(field, Map.of("text", text));
  }
}
