package dev.sluice.producers.format.xml;

import dev.sluice.producers.format.json.Warnings;
import dev.sluice.producers.report.BadInputException;
import dev.sluice.producers.report.Report;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads one XML document element by element, as {@code JsonCursor} does with JSON: every method
 * stands on an element, and what nobody asks for is skipped. A document type is refused, so there
 * are no entities but the five of XML itself, and nothing is fetched.
 */
public final class XmlCursor {
  /** Deepest nesting. Real reports stay below 30. */
  public static final int MAX_DEPTH = 200;

  /** Longest text of an element that is kept, in characters; the rest is left out. */
  public static final int MAX_TEXT = 256 * 1024;

  private final XMLStreamReader reader;
  private final Warnings warnings;
  private final String reportName;
  private final GuardedReader guard;
  private final Deque<String> path = new ArrayDeque<>();

  private XmlCursor(
      XMLStreamReader reader, GuardedReader guard, Warnings warnings, String reportName) {
    this.reader = reader;
    this.guard = guard;
    this.warnings = warnings;
    this.reportName = reportName;
  }

  /** Takes an element, or leaves it to be skipped. */
  public interface Child {
    void read(String name) throws IOException, UnreadableReportException;
  }

  /** Takes the root element. */
  public interface Root {
    void read(XmlCursor xml, String name) throws IOException, UnreadableReportException;
  }

  /** Reads the one document of a report from its first to its last byte. */
  public static void document(Report report, Warnings warnings, Root root)
      throws IOException, UnreadableReportException {
    try (InputStream in = report.open();
        GuardedReader text = new GuardedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      try {
        XMLStreamReader reader = factory().createXMLStreamReader(text);
        XmlCursor cursor = new XmlCursor(reader, text, warnings, report.name());
        cursor.read(root);
      } catch (XMLStreamException e) {
        throw describe(report.name(), e);
      }
    } catch (BadInputException e) {
      throw new UnreadableReportException(report.name() + ": " + e.getMessage(), e);
    }
  }

  /** The platform's own parser, whatever else is on the class path. */
  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("external entities are not read");
        });
    return factory;
  }

  /** The parser's message may quote the report, so only the place of the error is told. */
  private static UnreadableReportException describe(String name, XMLStreamException e)
      throws IOException {
    Throwable nested = e.getNestedException() == null ? e.getCause() : e.getNestedException();
    if (nested instanceof BadInputException bad) {
      throw bad;
    }
    String place =
        e.getLocation() == null
            ? ""
            : "line "
                + e.getLocation().getLineNumber()
                + ", column "
                + e.getLocation().getColumnNumber()
                + ": ";
    return new UnreadableReportException(
        name + ": " + place + "is cut off or is not well-formed XML; check that the scanner ended");
  }

  private void read(Root root) throws IOException, UnreadableReportException, XMLStreamException {
    while (reader.hasNext()) {
      int event = advance();
      if (event == XMLStreamConstants.START_ELEMENT) {
        int depth = path.size();
        try {
          root.read(this, path.peekLast());
        } catch (WrappedXmlException e) {
          throw e.problem;
        }
        skipTo(depth);
      }
    }
  }

  /** Carries the parser's error through code that knows of reports only. */
  private static final class WrappedXmlException extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient XMLStreamException problem;

    WrappedXmlException(XMLStreamException problem) {
      super(problem);
      this.problem = problem;
    }
  }

  private int advance() throws XMLStreamException, UnreadableReportException {
    guard.reset();
    int event = reader.next();
    switch (event) {
      case XMLStreamConstants.START_ELEMENT -> {
        path.addLast(reader.getLocalName());
        if (path.size() > MAX_DEPTH) {
          throw unreadable("more than " + MAX_DEPTH + " levels of nesting");
        }
      }
      case XMLStreamConstants.END_ELEMENT -> path.removeLast();
      case XMLStreamConstants.DTD -> throw unreadable("has a document type, which is not read");
      case XMLStreamConstants.ENTITY_REFERENCE ->
          throw unreadable("has an entity of its own, which is not read");
      default -> {}
    }
    return event;
  }

  /** Goes behind the end of the element that began at a depth. */
  private void skipTo(int depth) throws XMLStreamException, UnreadableReportException {
    while (path.size() >= depth) {
      advance();
    }
  }

  /** Reads the elements inside this one, each skipped where it is not read. */
  public void children(Child child) throws IOException, UnreadableReportException {
    int depth = path.size();
    try {
      while (path.size() >= depth) {
        if (advance() == XMLStreamConstants.START_ELEMENT) {
          int inner = path.size();
          child.read(path.peekLast());
          skipTo(inner);
        }
      }
    } catch (XMLStreamException e) {
      throw new WrappedXmlException(e);
    }
  }

  /** The text of this element without that of the elements inside it, up to the longest. */
  public String text() throws IOException, UnreadableReportException {
    return contents(child -> {});
  }

  /** Reads the elements inside this one, as {@link #children}, and gives its own text. */
  public String contents(Child child) throws IOException, UnreadableReportException {
    int depth = path.size();
    StringBuilder text = new StringBuilder();
    try {
      while (path.size() >= depth) {
        int event = advance();
        boolean characters =
            event == XMLStreamConstants.CHARACTERS
                || event == XMLStreamConstants.CDATA
                || event == XMLStreamConstants.SPACE;
        if (event == XMLStreamConstants.START_ELEMENT) {
          int inner = path.size();
          child.read(path.peekLast());
          skipTo(inner);
        } else if (characters && path.size() == depth && text.length() < MAX_TEXT) {
          int length = Math.min(reader.getTextLength(), MAX_TEXT - text.length());
          text.append(reader.getTextCharacters(), reader.getTextStart(), length);
        }
      }
    } catch (XMLStreamException e) {
      throw new WrappedXmlException(e);
    }
    return text.toString();
  }

  /** An attribute of the element that has just begun; null where it has none of the name. */
  public String attribute(String name) {
    return reader.getAttributeValue(null, name);
  }

  /** Warns about the element the cursor stands on. */
  public void warn(String reason) {
    warnings.add(path(), reason);
  }

  /** Path of the element the cursor stands on. */
  public String path() {
    StringBuilder text = new StringBuilder();
    for (Iterator<String> each = path.iterator(); each.hasNext(); ) {
      text.append('/').append(each.next());
    }
    return text.length() > 300 ? text.substring(0, 300) : text.toString();
  }

  /** The report cannot be used because of what the cursor stands on. */
  public UnreadableReportException unreadable(String reason) {
    return new UnreadableReportException(
        reportName + ": line " + reader.getLocation().getLineNumber() + ": " + reason);
  }
}
