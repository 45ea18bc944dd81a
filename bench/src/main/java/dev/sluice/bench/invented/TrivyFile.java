package dev.sluice.bench.invented;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.bench.invented.Advisories.Advisory;
import dev.sluice.events.Rating;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A report of an image as Trivy 0.69 writes it. */
public final class TrivyFile {
  private final Advisories advisories;
  private final int packages;

  /** Of an image with as many packages as there can be. */
  public TrivyFile(Advisories advisories) {
    this(advisories, Package.COUNT);
  }

  /**
   * @param packages packages that are listed before the vulnerabilities, those without one too
   */
  public TrivyFile(Advisories advisories, int packages) {
    this.advisories = advisories;
    this.packages = packages;
  }

  /**
   * Writes a report.
   *
   * @param until when it has enough
   */
  public void write(Path file, Until until) throws IOException {
    JsonFile.write(
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
          for (int i = 0; i < packages; i++) {
            trivyPackage(json, i);
          }
          json.writeEndArray();
          JsonFile.entries(json, "Vulnerabilities", until, this::trivyVulnerability);
          json.writeEndObject();
          json.writeEndArray();
        });
  }

  private static void trivyPackage(JsonGenerator json, int i) throws IOException {
    json.writeStartObject();
    json.writeStringField("ID", Package.name(i) + "@" + Package.version(i));
    json.writeStringField("Name", Package.name(i));
    trivyIdentifier(json, i);
    json.writeStringField("Version", Package.version(i));
    json.writeStringField("Arch", "amd64");
    json.writeStringField("SrcName", Package.name(i).substring(3));
    json.writeStringField("SrcVersion", Package.version(i));
    json.writePOJOField("Licenses", List.of("GPL-2.0-only", "MIT"));
    json.writePOJOField("Layer", Map.of("DiffID", JsonFile.LAYER));
    json.writeEndObject();
  }

  private static void trivyIdentifier(JsonGenerator json, int i) throws IOException {
    json.writeObjectFieldStart("PkgIdentifier");
    json.writeStringField("PURL", Package.purl(i));
    json.writeStringField("UID", "bc387084df03f5d4");
    json.writeEndObject();
  }

  private void trivyVulnerability(JsonGenerator json, int i) throws IOException {
    Advisory advisory = advisories.get(i);
    json.writeStringField("VulnerabilityID", advisory.id());
    json.writePOJOField("VendorIDs", List.of("DLA-" + i + "-1"));
    json.writeStringField("PkgID", Package.name(i) + "@" + Package.version(i));
    json.writeStringField("PkgName", Package.name(i));
    trivyIdentifier(json, i);
    json.writeStringField("InstalledVersion", Package.version(i));
    json.writeStringField("FixedVersion", advisory.fixed() ? Package.version(i) + "+deb12u2" : "");
    json.writeStringField("Status", advisory.fixed() ? "fixed" : "affected");
    json.writePOJOField("Layer", Map.of("DiffID", JsonFile.LAYER));
    json.writeStringField("SeveritySource", "nvd");
    json.writeStringField("PrimaryURL", "https://avd.example/nvd/" + advisory.id());
    json.writeObjectFieldStart("DataSource");
    json.writeStringField("ID", "debian");
    json.writeStringField("Name", "Debian Security Tracker");
    json.writeStringField("URL", "https://salsa.example/security-tracker-team/security-tracker");
    json.writeEndObject();
    json.writeStringField("Fingerprint", JsonFile.LAYER + "96d8e" + i);
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
}
