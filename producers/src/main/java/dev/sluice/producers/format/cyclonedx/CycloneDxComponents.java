package dev.sluice.producers.format.cyclonedx;

import dev.sluice.events.Scanner;
import dev.sluice.producers.format.ImageName;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.RepositoryPaths;
import dev.sluice.producers.format.Scanners;
import dev.sluice.producers.format.Times;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.format.json.JsonEntry;
import dev.sluice.producers.format.json.Warnings;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What the first reading keeps: the components by reference, and what was scanned. */
final class CycloneDxComponents {
  private static final int MOST_ROWS = 1_000_000;

  /** The fields of a component that are read. */
  static final Set<String> FIELDS =
      Set.of("bom-ref", "type", "group", "name", "version", "purl", "properties");

  private static final String TRIVY = "aquasecurity:trivy:";

  /** A component; everything but the name may be null. */
  record Part(
      String name,
      String version,
      String purl,
      String sourceName,
      String sourceVersion,
      String path) {}

  private final ReaderSettings settings;
  private final RepositoryPaths paths;
  private final Warnings warnings;
  private final String report;
  private final Map<String, Part> parts = new HashMap<>();
  private long count;
  private boolean listed;
  private String time;
  private String toolName;
  private String toolVersion;
  private JsonEntry subject = JsonEntry.absent();

  CycloneDxComponents(ReaderSettings settings, Warnings warnings, String report) {
    this.settings = settings;
    this.paths = new RepositoryPaths(settings.checkoutRoots());
    this.warnings = warnings;
    this.report = report;
  }

  void read(JsonCursor json, String name) throws IOException, UnreadableReportException {
    switch (name) {
      case "vulnerabilities" -> listed |= !json.isNull();
      case "components" -> json.objects(() -> component(json));
      case "metadata" -> json.object(field -> metadata(json, field));
      default -> {}
    }
  }

  private void metadata(JsonCursor json, String field)
      throws IOException, UnreadableReportException {
    switch (field) {
      case "timestamp" -> time = json.text();
      case "tools" -> tools(JsonEntry.read(json, warnings));
      case "component" -> subject(JsonEntry.read(json, warnings, FIELDS));
      default -> {}
    }
  }

  /** A list until 1.4; from 1.5 on also an object of components and services. The first counts. */
  private void tools(JsonEntry tools) {
    JsonEntry list = tools.isObject() ? tools.at("components") : tools;
    list.objects(this::tool);
  }

  void tool(JsonEntry tool) {
    if (toolName == null) {
      toolName = tool.text("name");
      toolVersion = tool.text("version");
    }
  }

  void time(String text) {
    time = text;
  }

  /** There is a list of vulnerabilities, be it empty. */
  void list() {
    listed = true;
  }

  /** What was scanned. */
  void subject(JsonEntry entry) throws UnreadableReportException {
    subject = entry;
    keep(entry);
  }

  void component(JsonEntry entry) throws UnreadableReportException {
    count++;
    keep(entry);
  }

  /** A component, and those inside it. */
  private void component(JsonCursor json) throws IOException, UnreadableReportException {
    count++;
    Map<String, JsonEntry> fields = new HashMap<>();
    json.object(
        name -> {
          if (name.equals("components")) {
            json.objects(() -> component(json));
          } else if (FIELDS.contains(name)) {
            fields.put(name, JsonEntry.read(json, warnings));
          }
        });
    keep(JsonEntry.of(fields));
  }

  private void keep(JsonEntry entry) throws UnreadableReportException {
    String ref = entry.text("bom-ref");
    if (ref == null || ref.isBlank()) {
      return;
    }
    if (parts.size() >= MOST_ROWS) {
      throw new UnreadableReportException(
          report + ": more than " + MOST_ROWS + " components; send them in parts");
    }
    String group = entry.text("group");
    String name = entry.text("name");
    String[] trivy = {null, null, null};
    entry
        .at("properties")
        .objects(
            each -> {
              switch (String.valueOf(each.text("name"))) {
                case TRIVY + "SrcName" -> trivy[0] = each.text("value");
                case TRIVY + "SrcVersion" -> trivy[1] = each.text("value");
                case TRIVY + "FilePath" -> trivy[2] = paths.of(each.text("value"));
                default -> {}
              }
            });
    boolean grouped = group != null && !group.isBlank();
    parts.put(
        ref,
        new Part(
            name == null ? "" : grouped ? group + "/" + name : name,
            entry.text("version"),
            entry.text("purl"),
            trivy[0],
            trivy[1],
            trivy[2]));
  }

  void check() throws UnreadableReportException {
    if (!listed) {
      throw new UnreadableReportException(
          report
              + ": is a CycloneDX SBOM without a list of vulnerabilities, which is no scan; scan it"
              + " (trivy sbom, grype sbom:FILE, osv-scanner) and send the scanner's report");
    }
  }

  Part part(String ref) {
    return parts.get(ref);
  }

  long size() {
    return count;
  }

  /** Whether Trivy wrote it, which puts the fix into its recommendation. */
  boolean isTrivy() {
    return "trivy".equalsIgnoreCase(toolName);
  }

  ScanFacts facts() {
    boolean tool = toolName != null && !toolName.isBlank();
    Scanner scanner = Scanners.of(tool ? toolName : "cyclonedx", toolVersion, null, null);
    String name = subject.text("name");
    String version = subject.text("version");
    String asset = null;
    String digest = null;
    boolean named = name != null && !name.isBlank();
    if (named && "container".equals(subject.text("type")) && !ImageName.isArchive(name)) {
      ImageName image = ImageName.parse(name);
      asset = image.repository();
      boolean hashed = version != null && version.startsWith("sha256:");
      digest = image.digest() != null ? image.digest() : hashed ? version : null;
      version = image.tag() != null ? image.tag() : hashed ? null : version;
    } else if (named && (name.contains("://") || name.startsWith("github.com/"))) {
      asset = settings.redactor().withoutLogin(name);
    }
    boolean blank = version == null || version.isBlank();
    return new ScanFacts(
        scanner,
        Scanners.everything(),
        asset,
        blank ? null : version,
        digest,
        null,
        null,
        Times.parse(time),
        false);
  }
}
