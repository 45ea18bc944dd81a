package dev.sluice.producers.format.zap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.events.Observation;
import dev.sluice.events.ScannerState;
import dev.sluice.events.Severity;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.XmlScanReaderContractTest;
import dev.sluice.producers.report.ReportHead;
import dev.sluice.producers.report.ScanReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ZapReaderTest extends XmlScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new ZapReader(Outcome.SETTINGS);
  }

  @Override
  protected List<String> samples() {
    return List.of("zap/report.json");
  }

  @Override
  protected List<String> xmlSamples() {
    return List.of("zap/report.xml");
  }

  @Override
  protected List<String> secrets() {
    return List.of("planted-");
  }

  private static String xml() {
    return new String(Outcome.sample("zap/report.xml"), StandardCharsets.UTF_8);
  }

  private Outcome json() {
    return Outcome.of(reader(), Outcome.sample("zap/report.json"));
  }

  @Test
  void readsAnAlertAndItsPlaces() {
    Observation xss = json().only("40012-1");
    assertEquals(Severity.HIGH, xss.getRatings().get(0).getSeverity());
    assertEquals("Cross Site Scripting (Reflected)", xss.getTitle());
    assertEquals("Text comes back as code.", xss.getDescription());
    assertEquals(List.of(79), xss.getCwes());
    assertEquals("2", xss.getProperties().get("instances"));
    assertEquals("GET https://pay.example.org/search (q)", xss.getProperties().get("place.1"));
    assertEquals("https://pay.example.org", xss.getPlace());
    assertEquals(List.of("https://owasp.org/www-community/attacks/xss/"), xss.getReferences());
    assertEquals(Instant.parse("2026-02-11T09:15:00Z"), json().scans().get(0).time());
    assertEquals(List.of(1L), json().componentsSeen());
  }

  @Test
  void aFalsePositiveIsSuppressed() {
    Observation header = json().only("10021");
    assertEquals(ScannerState.SUPPRESSED, header.getScannerState());
    assertThat(header.getCwes()).isEmpty();
  }

  @Test
  void readsXmlAlike() {
    assertTrue(reader().recognises(new ReportHead(xml(), false)));
    Outcome outcome = Outcome.of(reader(), xml());
    assertEquals(json().observations(), outcome.observations());
    assertEquals(json().scans(), outcome.scans());
    assertEquals(json().componentsSeen(), outcome.componentsSeen());
    assertThat(outcome.toString()).doesNotContain("planted-");
  }

  @Test
  void refusesEveryTruncationOfXml() {
    String whole = xml().strip();
    Random random = new Random(20_260_301);
    for (int i = 0; i < 200; i++) {
      Outcome outcome = Outcome.of(reader(), whole.substring(0, random.nextInt(whole.length())));
      assertTrue(!outcome.read());
      assertThat(outcome.toString()).doesNotContain("planted-");
    }
  }

  @Test
  void refusesDocumentTypesAndEntities() {
    String external =
        "<!DOCTYPE OWASPZAPReport [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>"
            + "<OWASPZAPReport><site name=\"&e;\"/></OWASPZAPReport>";
    assertThat(Outcome.of(reader(), external).refusal()).contains("document type");
    String entity = "<OWASPZAPReport><site>&made-up;</site></OWASPZAPReport>";
    assertTrue(!Outcome.of(reader(), entity).read());
  }

  @Test
  void refusesNestingWithoutEndAndNamesWithoutEnd() {
    String deep = "<OWASPZAPReport>" + "<a>".repeat(10_000);
    assertThat(Outcome.of(reader(), deep).refusal()).contains("levels of nesting");
    String attribute = "<OWASPZAPReport version=\"" + "a".repeat(20 << 20) + "\"/>";
    assertThat(Outcome.of(reader(), attribute).refusal()).contains("8 Mi");
  }

  @Test
  void passesOverALongTextThatNobodyReads() {
    String long1 = xml().replace("planted-other-text", "b".repeat(20 << 20));
    assertEquals(json().observations(), Outcome.of(reader(), long1).observations());
  }

  @Test
  void refusesXmlOfAnotherKindAndGarbageBehindTheEnd() {
    assertTrue(!Outcome.of(reader(), "<report/>").read());
    assertTrue(!Outcome.of(reader(), xml() + "more").read());
    assertTrue(!Outcome.of(reader(), xml() + xml()).read());
  }
}
