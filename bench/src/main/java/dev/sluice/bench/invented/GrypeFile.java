package dev.sluice.bench.invented;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.bench.invented.Advisories.Advisory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A report of an image as Grype 0.110 writes it. */
public final class GrypeFile {
  private final Advisories advisories;

  public GrypeFile(Advisories advisories) {
    this.advisories = advisories;
  }

  /**
   * Writes a report.
   *
   * @param until when it has enough
   */
  public void write(Path file, Until until) throws IOException {
    JsonFile.write(
        file,
        false,
        json -> {
          JsonFile.entries(json, "matches", until, this::grypeMatch);
          json.writeObjectFieldStart("source");
          json.writeStringField("type", "image");
          json.writeObjectFieldStart("target");
          json.writeStringField("userInput", "registry.example/shop:1.19");
          json.writeStringField("imageID", JsonFile.LAYER + "400526b2c4b33");
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
    json.writePOJOField(
        "versions", advisory.fixed() ? List.of(Package.version(i) + "+1") : List.of());
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
            "package", Map.of("name", Package.name(i), "version", Package.version(i)),
            "namespace", "debian:distro:debian:12"));
    json.writePOJOField("found", Map.of("vulnerabilityID", id, "versionConstraint", "none (deb)"));
    json.writeEndObject();
    json.writeEndArray();
    json.writeObjectFieldStart("artifact");
    json.writeStringField("id", "bcc78aeb924eb6b8");
    json.writeStringField("name", Package.name(i));
    json.writeStringField("version", Package.version(i));
    json.writeStringField("type", "deb");
    json.writeArrayFieldStart("locations");
    for (String place :
        List.of("status", "info/" + Package.name(i) + ":amd64.md5sums", "copyright")) {
      json.writeStartObject();
      json.writeStringField("path", "/var/lib/dpkg/" + place);
      json.writeStringField("layerID", JsonFile.LAYER + "400526b2c4b33");
      json.writeStringField("accessPath", "/var/lib/dpkg/" + place);
      json.writePOJOField("annotations", Map.of("evidence", "supporting"));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("language", "");
    json.writePOJOField("licenses", List.of("GPL-2.0-only", "MIT"));
    json.writePOJOField(
        "cpes", List.of("cpe:2.3:a:" + Package.name(i) + ":" + Package.name(i) + ":1.0:*:*:*:*"));
    json.writeStringField("purl", Package.purl(i));
    json.writePOJOField("upstreams", List.of(Map.of("name", Package.name(i).substring(3))));
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
}
