package dev.sluice.producers.format.dependencycheck;

import dev.sluice.producers.format.xml.XmlCursor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;

/** Walks an XML report. */
final class XmlDependencies {
  private XmlDependencies() {}

  static void read(XmlCursor xml, String name, Facts facts, Dependencies into)
      throws IOException, UnreadableReportException {
    switch (name) {
      case "scanInfo", "projectInfo" ->
          xml.children(
              field -> {
                switch (field) {
                  case "engineVersion", "reportDate", "applicationVersion" ->
                      facts.field(field, xml.text());
                  case "dataSource" -> dataSource(xml, facts);
                  default -> {}
                }
              });
      case "dependencies" ->
          xml.children(
              each -> {
                if (each.equals("dependency")) {
                  dependency(xml, into);
                }
              });
      default -> {}
    }
  }

  private static void dataSource(XmlCursor xml, Facts facts)
      throws IOException, UnreadableReportException {
    String[] parts = {null, null};
    xml.children(
        field -> {
          switch (field) {
            case "name" -> parts[0] = xml.text();
            case "timestamp" -> parts[1] = xml.text();
            default -> {}
          }
        });
    facts.dataSource(parts[0], parts[1]);
  }

  private static void dependency(XmlCursor xml, Dependencies into)
      throws IOException, UnreadableReportException {
    into.begin();
    xml.children(
        field -> {
          switch (field) {
            case "fileName" -> into.fileName(xml.text());
            case "filePath" -> into.place(xml.text());
            case "identifiers" -> identifiers(xml, into);
            case "relatedDependencies" ->
                xml.children(
                    each ->
                        xml.children(
                            part -> {
                              if (part.equals("filePath")) {
                                into.place(xml.text());
                              }
                            }));
            case "vulnerabilities" -> xml.children(each -> vulnerability(xml, each, into));
            default -> {}
          }
        });
    into.end();
  }

  private static void identifiers(XmlCursor xml, Dependencies into)
      throws IOException, UnreadableReportException {
    xml.children(
        kind -> {
          switch (kind) {
            case "package" ->
                xml.children(
                    part -> {
                      if (part.equals("id")) {
                        into.identifier(xml.text());
                      }
                    });
            // Some versions wrap the list once more.
            case "identifiers" -> identifiers(xml, into);
            default -> {}
          }
        });
  }

  private static void vulnerability(XmlCursor xml, String element, Dependencies into)
      throws IOException, UnreadableReportException {
    boolean suppressed = element.equals("suppressedVulnerability");
    if (!suppressed && !element.equals("vulnerability")) {
      return;
    }
    Vulnerability each = suppressed ? into.vulnerability().suppressed() : into.vulnerability();
    each.field("source", xml.attribute("source"));
    xml.children(field -> field(xml, field, each));
    if (!into.add(each)) {
      xml.warn("the vulnerability has no name and cannot be told from others; it is left out");
    }
  }

  private static void field(XmlCursor xml, String field, Vulnerability each)
      throws IOException, UnreadableReportException {
    switch (field) {
      case "name", "severity", "description", "notes", "cwe", "cvssScore" ->
          each.field(field, xml.text());
      case "cwes" -> xml.children(one -> each.field("cwe", xml.text()));
      case "cvssV2" -> score(xml, "2", each);
      case "cvssV3" -> score(xml, "3", each);
      case "cvssV4" -> score(xml, "4", each);
      case "references" ->
          xml.children(
              one ->
                  xml.children(
                      part -> {
                        if (part.equals("url")) {
                          each.reference(xml.text());
                        }
                      }));
      case "knownExploitedVulnerability" -> each.exploited();
      default -> {}
    }
  }

  private static void score(XmlCursor xml, String version, Vulnerability each)
      throws IOException, UnreadableReportException {
    String[] parts = {null, null};
    xml.children(
        part -> {
          switch (part) {
            case "score", "baseScore" -> parts[0] = xml.text().strip();
            case "severity", "baseSeverity" -> parts[1] = xml.text();
            default -> {}
          }
        });
    each.score(version, parts[0], parts[1]);
  }
}
