package dev.sluice.producers.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.producers.report.ReportHead;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a reader of JSON and XML must survive in XML, besides all that it must in JSON. */
public abstract class XmlScanReaderContractTest extends ScanReaderContractTest {
  private static final int HUGE = 20 << 20;

  /** Resource names of well-formed reports in XML, relative to this package. */
  protected abstract List<String> xmlSamples();

  private final Random random = new Random(20_260_301);

  /** The text of a sample behind its XML declaration, and where its root's start tag ends. */
  private static int inRoot(String xml) {
    int root = xml.indexOf('<', Math.max(0, xml.indexOf("?>")));
    return xml.indexOf('>', root) + 1;
  }

  private String inserted(String xml, String text) {
    int at = inRoot(xml);
    return xml.substring(0, at) + text + xml.substring(at);
  }

  @Test
  void recognisesItsXmlSamplesAndReadsThemWithoutAnySecret() {
    for (String sample : xmlSamples()) {
      assertTrue(reader().recognises(new ReportHead(text(sample), false)), sample);
      Outcome outcome = read(text(sample));
      assertTrue(outcome.read(), outcome.refusal());
      assertThat(outcome.observations()).isNotEmpty();
    }
  }

  @Test
  void refusesEveryTruncationOfXml() {
    for (String sample : xmlSamples()) {
      String whole = text(sample).strip();
      for (int i = 0; i < 200; i++) {
        int end = random.nextInt(whole.length());
        assertTrue(!read(whole.substring(0, end)).read(), sample + " cut at " + end);
      }
    }
  }

  @Test
  void survivesEveryElementMissingEmptyRepeatedAndOfWrongContent() {
    List<XmlMutations.Change> changes =
        List.of(
            (start, inside, end) -> "",
            (start, inside, end) -> start + end,
            (start, inside, end) -> start + inside + end + start + inside + end,
            (start, inside, end) -> start + "x" + end,
            (start, inside, end) -> start + "-123456789012345678901234567890" + end,
            (start, inside, end) -> start + "1e999" + end,
            (start, inside, end) -> start + "<a><b>x</b></a>" + end,
            (start, inside, end) -> start + inside + inside + end,
            (start, inside, end) -> start + "<![CDATA[<x>]]>" + inside + "<!-- c --><?p i?>" + end,
            (start, inside, end) -> start.replaceFirst("\\s[^>]*", "") + inside + end);
    for (String sample : xmlSamples()) {
      for (XmlMutations.Change change : changes) {
        for (String copy : XmlMutations.each(text(sample), change)) {
          Outcome unused = read(copy);
        }
      }
    }
  }

  @Test
  void refusesWrongNesting() {
    List<XmlMutations.Change> changes =
        List.of(
            (start, inside, end) -> start + inside,
            (start, inside, end) -> inside + end,
            (start, inside, end) -> start + "<a>" + inside + end + "</a>",
            (start, inside, end) -> start + inside + end.toUpperCase(java.util.Locale.ROOT) + "x");
    for (String sample : xmlSamples()) {
      for (XmlMutations.Change change : changes) {
        for (String copy : XmlMutations.each(text(sample), change)) {
          assertTrue(!read(copy).read(), copy);
        }
      }
    }
  }

  @Test
  void expandsAndFetchesNothing() {
    StringBuilder bomb = new StringBuilder("<!DOCTYPE r [<!ENTITY e0 \"ha\">");
    for (int i = 1; i < 30; i++) {
      bomb.append("<!ENTITY e" + i + " \"" + ("&e" + (i - 1) + ";").repeat(10) + "\">");
    }
    List<String> types =
        List.of(
            "<!DOCTYPE r>",
            "<!DOCTYPE r SYSTEM \"http://127.0.0.1:9/a.dtd\">",
            "<!DOCTYPE r [<!ENTITY e29 SYSTEM \"file:///etc/hostname\">]>",
            "<!DOCTYPE r [<!ENTITY % p SYSTEM \"file:///etc/hostname\"> %p;]>",
            bomb + "]>");
    for (String sample : xmlSamples()) {
      String body = text(sample).replaceFirst("^\\s*<\\?xml[^>]*\\?>", "");
      for (String type : types) {
        assertThat(read(type + body).refusal()).contains("document type");
        assertThat(read(type + inserted(body, "<a>&e29;</a>")).refusal()).isNotNull();
      }
      assertThat(read(inserted(body, "<a>&e29;</a>")).refusal()).isNotNull();
    }
  }

  @Test
  void refusesXmlNestedTenThousandLevels() {
    for (String sample : xmlSamples()) {
      for (String copy :
          XmlMutations.each(text(sample), (s, in, end) -> s + "<a>".repeat(10_000))) {
        assertThat(read(copy).refusal()).contains("levels of nesting");
      }
    }
  }

  @Test
  void refusesNamesAttributesAndCommentsWithoutEnd() {
    String huge = "a".repeat(HUGE);
    for (String part : List.of("<" + huge, "<a b=\"" + huge, "<!--" + huge, "<?" + huge)) {
      String refusal = read(inserted(text(xmlSamples().get(0)), part)).refusal();
      assertThat(refusal).isNotNull().hasSizeLessThan(1_000);
    }
  }

  @Test
  void passesOverAHugeTextThatNobodyReads() {
    for (String sample : xmlSamples()) {
      Outcome outcome = read(inserted(text(sample), "<unknown>" + "b".repeat(HUGE) + "</unknown>"));
      assertEquals(read(text(sample)).observations(), outcome.observations());
    }
  }

  @Test
  void survivesAHugeTextInEveryElement() {
    String huge = "b".repeat(1 << 20);
    for (String sample : xmlSamples()) {
      for (String copy : XmlMutations.each(text(sample), (s, in, end) -> s + huge + in + end)) {
        Outcome outcome = read(copy);
        assertTrue(outcome.read() || outcome.refusal().length() < 1_000);
      }
    }
  }

  @Test
  void readsXmlOfEveryEncodingAlike() {
    for (String sample : xmlSamples()) {
      String text = text(sample);
      List<byte[]> encodings = new ArrayList<>();
      for (String charset : List.of("UTF-8", "UTF-16LE", "UTF-16BE")) {
        encodings.add(("\ufeff" + text).getBytes(Charset.forName(charset)));
      }
      encodings.add(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
      for (byte[] encoded : encodings) {
        assertEquals(read(text).observations(), read(encoded).observations());
      }
    }
  }

  @Test
  void refusesXmlOfAnotherKindAndGarbageBehindTheEnd() {
    assertTrue(!read("<report/>").read());
    for (String sample : xmlSamples()) {
      assertTrue(!read(text(sample) + "more").read());
      assertTrue(!read(text(sample) + "<a/>").read());
      assertTrue(!read(text(sample) + text(sample)).read());
    }
  }
}
