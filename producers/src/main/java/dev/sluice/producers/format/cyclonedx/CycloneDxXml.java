package dev.sluice.producers.format.cyclonedx;

import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.json.JsonEntry;
import dev.sluice.producers.format.json.Warnings;
import dev.sluice.producers.format.xml.XmlCursor;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One reading of a document in XML: the first keeps its components, the second reports its
 * vulnerabilities. Until 1.4 these stand inside their component, by an extension
 * (cyclonedx.org/schema/ext/vulnerability/1.0). A component without a reference goes by its number.
 */
final class CycloneDxXml {
  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "source",
          "references",
          "ratings",
          "cwes",
          "description",
          "detail",
          "recommendation",
          "recommendations",
          "advisories",
          "published",
          "analysis",
          "affects");

  private final CycloneDxComponents components;
  private final ReaderSettings settings;
  private final Warnings warnings;
  private final ReportHandler handler;
  private int number;

  /**
   * @param handler where vulnerabilities go; null in the first reading
   */
  CycloneDxXml(
      CycloneDxComponents components,
      ReaderSettings settings,
      Warnings warnings,
      ReportHandler handler) {
    this.components = components;
    this.settings = settings;
    this.warnings = warnings;
    this.handler = handler;
  }

  void read(XmlCursor xml, String root) throws IOException, UnreadableReportException {
    if (!root.equals("bom")) {
      throw xml.unreadable("expected the element bom");
    }
    xml.children(
        name -> {
          switch (name) {
            case "metadata" -> xml.children(field -> metadata(xml, field));
            case "components" -> xml.children(each -> component(xml, false));
            case "vulnerabilities" -> vulnerabilities(xml, null);
            default -> {}
          }
        });
  }

  private void metadata(XmlCursor xml, String field) throws IOException, UnreadableReportException {
    switch (field) {
      case "timestamp" -> components.time(xml.text().strip());
      case "tools" -> xml.children(each -> tool(xml, each));
      case "component" -> component(xml, true);
      default -> {}
    }
  }

  private void tool(XmlCursor xml, String name) throws IOException, UnreadableReportException {
    if (name.equals("components")) {
      xml.children(each -> tool(xml, "tool"));
    } else if (name.equals("tool")) {
      components.tool(entry(xml, Set.of("name", "version")));
    }
  }

  private void component(XmlCursor xml, boolean subject)
      throws IOException, UnreadableReportException {
    number++;
    String stated = xml.attribute("bom-ref");
    String ref = stated == null || stated.isBlank() ? "component " + number : stated;
    String path = xml.path();
    XmlValues values = new XmlValues();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("bom-ref", ref);
    values.attribute(xml, "type", fields);
    xml.children(
        name -> {
          if (name.equals("components")) {
            xml.children(each -> component(xml, false));
          } else if (name.equals("vulnerabilities")) {
            vulnerabilities(xml, ref);
          } else if (handler == null && CycloneDxComponents.FIELDS.contains(name)) {
            values.field(xml, name, fields);
          }
        });
    if (handler == null) {
      JsonEntry entry = JsonEntry.ofValues(warnings, fields, path);
      if (subject) {
        components.subject(entry);
      } else {
        components.component(entry);
      }
    }
  }

  /**
   * @param ref the component inside which they stand, or null
   */
  private void vulnerabilities(XmlCursor xml, String ref)
      throws IOException, UnreadableReportException {
    components.list();
    if (handler == null) {
      return;
    }
    xml.children(
        name -> {
          if (name.equals("vulnerability")) {
            String stated = xml.attribute("ref");
            String affected = ref == null ? stated : ref;
            JsonEntry entry = vulnerability(xml, affected);
            new CycloneDxVulnerability(entry, components, settings).report(handler);
          }
        });
  }

  private JsonEntry vulnerability(XmlCursor xml, String affected)
      throws IOException, UnreadableReportException {
    String path = xml.path();
    XmlValues values = new XmlValues();
    Map<String, Object> fields = new LinkedHashMap<>();
    if (affected != null && !affected.isBlank()) {
      fields.put("affects", List.of(Map.of("ref", affected)));
    }
    xml.children(
        name -> {
          if (FIELDS.contains(name)) {
            values.field(xml, name, fields);
          }
        });
    if (fields.remove("recommendations") instanceof List<?> several && !several.isEmpty()) {
      fields.putIfAbsent("recommendation", several.get(0));
    }
    return JsonEntry.ofValues(warnings, fields, path);
  }

  private JsonEntry entry(XmlCursor xml, Set<String> wanted)
      throws IOException, UnreadableReportException {
    String path = xml.path();
    XmlValues values = new XmlValues();
    Map<String, Object> fields = new LinkedHashMap<>();
    xml.children(
        name -> {
          if (wanted.contains(name)) {
            values.field(xml, name, fields);
          }
        });
    return JsonEntry.ofValues(warnings, fields, path);
  }
}
