package dev.sluice.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.bench.Advisories.Advisory;
import dev.sluice.events.Rating;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Report files of any size as scanners write them: the fields, their order, the indentation and the
 * lengths of texts are those of reports of Trivy 0.69, Grype 0.110 and Grype's SARIF for the image
 * {@code nginx}; names and texts are invented.
 */
final class ReportFiles {
  private static final String LAYER = "sha256:02c055ef67f5904019f43a41ea5f099996d8e7633749b6e606c";
  private static final int ADVISORIES = 3_000;
  private static final int PACKAGES = 600;

  private final Advisories advisories = new Advisories(ADVISORIES);
  private final JsonFactory factory = new ObjectMapper().getFactory();

  /** Writes one entry. */
  private interface Entry {
    void write(JsonGenerator json, int number) throws IOException;
  }

  /** Writes a whole report. */
  private interface Document {
    void write(JsonGenerator json) throws IOException;
  }

  void trivy(Path file, long bytes) throws IOException {
    write(
        file,
        true,
        json -> {
          json.writeNumberField("SchemaVersion", 2);
          json.writePOJOField("Trivy", Map.of("Version", "0.69.3"));
          json.writeStringField("CreatedAt", "2026-03-31T06:29:23.895727226+01:00");
          json.writeStringField("ArtifactName", "registry.example/shop:1.19");
          json.writeStringField("ArtifactType", "container_image");
          json.writeObjectFieldStart("Metadata");
          json.writePOJOField("OS", Map.of("Family", "debian", "Name", "12.5"));
          json.writeEndObject();
          json.writeArrayFieldStart("Results");
          json.writeStartObject();
          json.writeStringField("Target", "registry.example/shop:1.19 (debian 12.5)");
          json.writeStringField("Class", "os-pkgs");
          json.writeStringField("Type", "debian");
          json.writeArrayFieldStart("Packages");
          for (int i = 0; i < PACKAGES; i++) {
            trivyPackage(json, i);
          }
          json.writeEndArray();
          entries(json, "Vulnerabilities", bytes, this::trivyVulnerability);
          json.writeEndObject();
          json.writeEndArray();
        });
  }

  private static void trivyPackage(JsonGenerator json, int i) throws IOException {
    json.writeStartObject();
    json.writeStringField("ID", name(i) + "@" + version(i));
    json.writeStringField("Name", name(i));
    trivyIdentifier(json, i);
    json.writeStringField("Version", version(i));
    json.writeStringField("Arch", "amd64");
    json.writeStringField("SrcName", name(i).substring(3));
    json.writeStringField("SrcVersion", version(i));
    json.writePOJOField("Licenses", List.of("GPL-2.0-only", "MIT"));
    json.writePOJOField("Layer", Map.of("DiffID", LAYER));
    json.writeEndObject();
  }

  private static void trivyIdentifier(JsonGenerator json, int i) throws IOException {
    json.writeObjectFieldStart("PkgIdentifier");
    json.writeStringField("PURL", purl(i));
    json.writeStringField("UID", "bc387084df03f5d4");
    json.writeEndObject();
  }

  private void trivyVulnerability(JsonGenerator json, int i) throws IOException {
    Advisory advisory = advisories.get(i);
    json.writeStringField("VulnerabilityID", advisory.id());
    json.writePOJOField("VendorIDs", List.of("DLA-" + i + "-1"));
    json.writeStringField("PkgID", name(i) + "@" + version(i));
    json.writeStringField("PkgName", name(i));
    trivyIdentifier(json, i);
    json.writeStringField("InstalledVersion", version(i));
    json.writeStringField("FixedVersion", advisory.fixed() ? version(i) + "+deb12u2" : "");
    json.writeStringField("Status", advisory.fixed() ? "fixed" : "affected");
    json.writePOJOField("Layer", Map.of("DiffID", LAYER));
    json.writeStringField("SeveritySource", "nvd");
    json.writeStringField("PrimaryURL", "https://avd.example/nvd/" + advisory.id());
    json.writeObjectFieldStart("DataSource");
    json.writeStringField("ID", "debian");
    json.writeStringField("Name", "Debian Security Tracker");
    json.writeStringField("URL", "https://salsa.example/security-tracker-team/security-tracker");
    json.writeEndObject();
    json.writeStringField("Fingerprint", LAYER + "96d8e" + i);
    json.writeStringField("Title", advisory.title());
    json.writeStringField("Description", advisory.description());
    json.writeStringField("Severity", advisory.ratings().get(0).getSeverity().name());
    json.writePOJOField("CweIDs", List.of("CWE-" + advisory.cwe()));
    json.writeObjectFieldStart("VendorSeverity");
    // The first one is the scanner's own choice; its source may come again.
    for (Rating rating : advisory.ratings().subList(1, advisory.ratings().size())) {
      if (rating.getVector() == null) {
        json.writeNumberField(rating.getSource(), rating.getSeverity().ordinal() % 5);
      }
    }
    json.writeEndObject();
    json.writeObjectFieldStart("CVSS");
    for (Rating rating : advisory.ratings()) {
      if (rating.getVector() != null) {
        json.writeObjectFieldStart(rating.getSource());
        json.writeStringField("V3Vector", rating.getVector());
        json.writeNumberField("V3Score", rating.getScore());
        json.writeEndObject();
      }
    }
    json.writeEndObject();
    json.writePOJOField("References", advisory.references());
    json.writeStringField("PublishedDate", "2021-07-30T14:15:18.737Z");
    json.writeStringField("LastModifiedDate", "2024-11-21T06:15:30.107Z");
  }

  void grype(Path file, long bytes) throws IOException {
    write(
        file,
        false,
        json -> {
          entries(json, "matches", bytes, this::grypeMatch);
          json.writeObjectFieldStart("source");
          json.writeStringField("type", "image");
          json.writeObjectFieldStart("target");
          json.writeStringField("userInput", "registry.example/shop:1.19");
          json.writeStringField("imageID", LAYER + "400526b2c4b33");
          json.writeEndObject();
          json.writeEndObject();
          json.writePOJOField("distro", Map.of("name", "debian", "version", "12"));
          json.writeObjectFieldStart("descriptor");
          json.writeStringField("name", "grype");
          json.writeStringField("version", "0.110.0");
          json.writeObjectFieldStart("db");
          json.writePOJOField("status", Map.of("built", "2026-03-30T06:50:11Z"));
          json.writeEndObject();
          json.writeStringField("timestamp", "2026-03-31T06:29:26.830028536+01:00");
          json.writeEndObject();
        });
  }

  private void grypeMatch(JsonGenerator json, int i) throws IOException {
    Advisory advisory = advisories.get(i);
    String id = advisory.id();
    json.writeObjectFieldStart("vulnerability");
    grypeHead(json, advisory, "https://tracker.example/" + id, "debian:distro:debian:12");
    json.writePOJOField("urls", List.of());
    grypeTail(json, advisory, 1);
    json.writeObjectFieldStart("fix");
    json.writePOJOField("versions", advisory.fixed() ? List.of(version(i) + "+1") : List.of());
    json.writeStringField("state", advisory.fixed() ? "fixed" : "not-fixed");
    json.writeEndObject();
    json.writePOJOField("advisories", List.of());
    json.writeNumberField("risk", 6.99136);
    json.writeEndObject();
    json.writeArrayFieldStart("relatedVulnerabilities");
    json.writeStartObject();
    grypeHead(json, advisory, "https://nvd.example/vuln/detail/" + id, "nvd:cpe");
    json.writePOJOField("urls", advisory.references());
    grypeTail(json, advisory, 2);
    json.writeEndObject();
    json.writeEndArray();
    json.writeArrayFieldStart("matchDetails");
    json.writeStartObject();
    json.writeStringField("type", "exact-indirect-match");
    json.writeStringField("matcher", "dpkg-matcher");
    json.writePOJOField(
        "searchedBy",
        Map.of(
            "distro", Map.of("type", "debian", "version", "12"),
            "package", Map.of("name", name(i), "version", version(i)),
            "namespace", "debian:distro:debian:12"));
    json.writePOJOField("found", Map.of("vulnerabilityID", id, "versionConstraint", "none (deb)"));
    json.writeEndObject();
    json.writeEndArray();
    json.writeObjectFieldStart("artifact");
    json.writeStringField("id", "bcc78aeb924eb6b8");
    json.writeStringField("name", name(i));
    json.writeStringField("version", version(i));
    json.writeStringField("type", "deb");
    json.writeArrayFieldStart("locations");
    for (String place : List.of("status", "info/" + name(i) + ":amd64.md5sums", "copyright")) {
      json.writeStartObject();
      json.writeStringField("path", "/var/lib/dpkg/" + place);
      json.writeStringField("layerID", LAYER + "400526b2c4b33");
      json.writeStringField("accessPath", "/var/lib/dpkg/" + place);
      json.writePOJOField("annotations", Map.of("evidence", "supporting"));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("language", "");
    json.writePOJOField("licenses", List.of("GPL-2.0-only", "MIT"));
    json.writePOJOField("cpes", List.of("cpe:2.3:a:" + name(i) + ":" + name(i) + ":1.0:*:*:*:*"));
    json.writeStringField("purl", purl(i));
    json.writePOJOField("upstreams", List.of(Map.of("name", name(i).substring(3))));
    json.writeEndObject();
  }

  private static void grypeHead(JsonGenerator json, Advisory advisory, String link, String space)
      throws IOException {
    json.writeStringField("id", advisory.id());
    json.writeStringField("dataSource", link);
    json.writeStringField("namespace", space);
    json.writeStringField("severity", advisory.ratings().get(0).getSeverity().name());
  }

  private static void grypeTail(JsonGenerator json, Advisory advisory, int ratings)
      throws IOException {
    json.writeStringField("description", advisory.description());
    json.writeArrayFieldStart("cvss");
    for (int i = 0; i < ratings; i++) {
      json.writeStartObject();
      json.writeStringField("source", "nvd@nist.gov");
      json.writeStringField("type", "Primary");
      json.writeStringField("version", "3.1");
      json.writeStringField("vector", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H");
      json.writePOJOField("metrics", Map.of("baseScore", 9.8, "impactScore", 5.9));
      json.writePOJOField("vendorMetadata", Map.of());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("epss");
    json.writeStartObject();
    json.writeStringField("cve", advisory.id());
    json.writeNumberField("epss", 0.02544);
    json.writeNumberField("percentile", 0.79735);
    json.writeStringField("date", "2026-03-29");
    json.writeEndObject();
    json.writeEndArray();
    json.writePOJOField(
        "cwes", List.of(Map.of("cve", advisory.id(), "cwe", "CWE-" + advisory.cwe())));
  }

  /** Grype's SARIF: a rule for every vulnerability of a package, and a result for every rule. */
  void sarif(Path file, long bytes) throws IOException {
    write(
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
          entries(
              json,
              "rules",
              bytes * 3 / 5,
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
    json.writeStringField("id", id + "-" + name(i));
    json.writeStringField("name", "DpkgMatcherExactIndirectMatch");
    text(json, "shortDescription", id + " low vulnerability for " + name(i) + " package");
    text(json, "fullDescription", advisory.description());
    json.writeStringField("helpUri", "https://github.com/anchore/grype");
    String link = "[" + id + "](https://tracker.example/" + id + ")";
    json.writeObjectFieldStart("help");
    json.writeStringField(
        "text",
        "Vulnerability %s\nSeverity: low\nPackage: %s\nVersion: %s\nFix Version: \nType: deb\nLocation: /usr/share/doc/%s/copyright\nData Namespace: debian:distro:debian:12\nLink: %s"
            .formatted(id, name(i), version(i), name(i), link));
    json.writeStringField(
        "markdown",
        "**Vulnerability %s**\n| Severity | Package | Version | Fix Version | Type | Location | Data Namespace | Link |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n| low  | %s  | %s  |   | deb  | /usr/share/doc/%s/copyright  | debian:distro:debian:12  | %s  |\n"
            .formatted(id, name(i), version(i), name(i), link));
    json.writeEndObject();
    json.writePOJOField("properties", Map.of("security-severity", "7.5"));
  }

  private void sarifResult(JsonGenerator json, int i) throws IOException {
    String copyright = "/usr/share/doc/" + name(i) + "/copyright";
    json.writeStringField("ruleId", advisories.get(i).id() + "-" + name(i));
    text(
        json,
        "message",
        "The path "
            + copyright
            + " reports "
            + name(i)
            + " at version "
            + version(i)
            + "  which is a vulnerable (deb) package installed in the container");
    json.writeArrayFieldStart("locations");
    json.writeStartObject();
    json.writeObjectFieldStart("physicalLocation");
    json.writePOJOField("artifactLocation", Map.of("uri", "image/" + copyright));
    json.writePOJOField(
        "region", Map.of("startLine", 1, "startColumn", 1, "endLine", 1, "endColumn", 1));
    json.writeEndObject();
    json.writeArrayFieldStart("logicalLocations");
    for (String place : List.of(copyright, "/var/lib/dpkg/info/" + name(i) + ".md5sums")) {
      json.writeStartObject();
      json.writeStringField("name", place);
      json.writeStringField("fullyQualifiedName", "nginx@" + LAYER + "@" + LAYER + ":" + place);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
  }

  private static void text(JsonGenerator json, String field, String text) throws IOException {
    json.writePOJOField(field, Map.of("text", text));
  }

  /** Writes a list until the document has so many bytes. */
  private static void entries(JsonGenerator json, String field, long bytes, Entry entry)
      throws IOException {
    json.writeArrayFieldStart(field);
    Counted out = (Counted) json.getOutputTarget();
    for (int i = 0; out.count < bytes; i++) {
      json.writeStartObject();
      entry.write(json, i);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void write(Path file, boolean indented, Document document) throws IOException {
    try (Counted out = new Counted(Files.newOutputStream(file));
        JsonGenerator json = factory.createGenerator(out)) {
      if (indented) {
        json.setPrettyPrinter(new DefaultPrettyPrinter());
      }
      json.writeStartObject();
      document.write(json);
      json.writeEndObject();
    }
  }

  private static String name(int i) {
    return "libpackage" + i % PACKAGES;
  }

  private static String version(int i) {
    return "1." + i % PACKAGES % 30 + ".2-3+deb12u" + i % PACKAGES % 7;
  }

  private static String purl(int i) {
    return "pkg:deb/debian/"
        + name(i)
        + "@"
        + version(i).replace("+", "%2B")
        + "?arch=amd64&distro=debian-12.5&upstream="
        + name(i).substring(3);
  }

  /** Knows how far it is. */
  private static final class Counted extends BufferedOutputStream {
    private long count;

    Counted(OutputStream out) {
      super(out, 1 << 16);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
      count += length;
      super.write(bytes, offset, length);
    }
  }
}
