package dev.sluice.app.gate;

import dev.sluice.app.text.TextTable;
import dev.sluice.producers.gate.GateAnswer;
import dev.sluice.producers.gate.GateFinding;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * JUnit XML as Jenkins and GitLab read it: a test case for each scan, each finding that fails the
 * gate (a failure) and each reason why it cannot be known (an error).
 */
final class GateJunit implements GateFormat.Writer {
  /** One test case; kind is the element inside it, or null for one that passes. */
  private record Case(String name, String kind, String message, String text) {}

  @Override
  public String text(List<GateResult> results, boolean verbose) {
    StringWriter out = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuites");
      attribute(xml, "name", "sluice gate");
      for (GateResult result : results) {
        suite(xml, result, verbose);
      }
      xml.writeCharacters("\n");
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("memory cannot fail", e);
    }
    return out + "\n";
  }

  private static void suite(XMLStreamWriter xml, GateResult result, boolean verbose)
      throws XMLStreamException {
    List<Case> cases = cases(result, verbose);
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testsuite");
    attribute(xml, "name", result.subject());
    attribute(xml, "tests", Integer.toString(cases.size()));
    attribute(xml, "failures", count(cases, "failure"));
    attribute(xml, "errors", count(cases, "error"));
    attribute(xml, "skipped", count(cases, "skipped"));
    attribute(xml, "time", "0");
    for (Case each : cases) {
      xml.writeCharacters("\n    ");
      xml.writeStartElement("testcase");
      attribute(xml, "classname", result.answer().asset());
      attribute(xml, "name", each.name());
      attribute(xml, "time", "0");
      if (each.kind() != null) {
        xml.writeStartElement(each.kind());
        attribute(xml, "message", each.message());
        xml.writeCharacters(allowed(each.text()));
        xml.writeEndElement();
      }
      xml.writeEndElement();
    }
    xml.writeCharacters("\n  ");
    xml.writeEndElement();
  }

  private static String count(List<Case> cases, String kind) {
    return Long.toString(cases.stream().filter(each -> kind.equals(each.kind())).count());
  }

  private static List<Case> cases(GateResult result, boolean verbose) {
    GateAnswer answer = result.answer();
    // What a person or an option lets pass must not fail the job by its report.
    boolean letPass = result.exit() == dev.sluice.app.ExitCode.OK;
    String fails = letPass ? "skipped" : "failure";
    List<Case> cases = new ArrayList<>();
    for (GateAnswer.Scan scan : answer.scans()) {
      cases.add(new Case(scan.scanner() + " scan " + scan.scanId(), null, "", ""));
    }
    for (GateFinding each : answer.failing()) {
      cases.add(
          new Case(
              each.subject() + at(each),
              fails,
              Sections.word(each.severity()) + ": " + each.title(),
              details(each)));
    }
    long more = answer.failingCount() - answer.failing().size();
    if (more > 0) {
      String text = more + " more findings fail the gate";
      cases.add(new Case(text, fails, text, answer.reason()));
    }
    if (answer.failOn() != null) {
      answer
          .failOn()
          .byScanner()
          .forEach(
              (scanner, count) -> {
                String worse = Sections.word(answer.failOn().severity()) + " or worse";
                cases.add(
                    new Case(
                        "fail-on " + scanner,
                        fails,
                        scanner + ": " + count + " findings are " + worse,
                        ""));
              });
    }
    for (String doubt : answer.unknown()) {
      cases.add(new Case("cannot know: " + doubt, letPass ? "skipped" : "error", doubt, ""));
    }
    if (verbose) {
      Sections.withheld(answer)
          .forEach(
              each ->
                  cases.add(
                      new Case(
                          each.subject() + at(each), "skipped", "withheld: " + each.reason(), "")));
    }
    return cases;
  }

  private static String at(GateFinding finding) {
    return finding.where().isEmpty() ? "" : " at " + finding.where();
  }

  private static String details(GateFinding finding) {
    return "finding "
        + finding.id()
        + (finding.installedVersions().isEmpty()
            ? ""
            : "\ninstalled " + String.join(", ", finding.installedVersions()))
        + (finding.fixedVersion() == null ? "" : "\nfixed in " + finding.fixedVersion())
        + "\nseen by "
        + String.join(", ", finding.scanners())
        + "\nwhy "
        + finding.reason();
  }

  private static void attribute(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    xml.writeAttribute(name, TextTable.plain(allowed(value)));
  }

  /** XML 1.0 has no way to write most control characters, nor halves of characters. */
  static String allowed(String text) {
    if (text == null) {
      return "";
    }
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .filter(
            c ->
                c == '\n'
                    || c == '\t'
                    || c >= 0x20 && c < 0x7f
                    || c >= 0xa0 && c < 0xd800
                    || c >= 0xe000 && c < 0xfffe
                    || c >= 0x10000)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
