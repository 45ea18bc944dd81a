package dev.sluice.producers.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.producers.report.ReportHead;
import dev.sluice.producers.report.ScanReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every reader must survive. A reader's test extends this, names its samples, and inherits the
 * rest: whatever comes, the answer is observations or the one documented exception, soon, and
 * without a secret in any word of it.
 */
@Timeout(120)
public abstract class ScanReaderContractTest {
  /** The reader under test. */
  protected abstract ScanReader reader();

  /** Resource names of well-formed reports, relative to this package. */
  protected abstract List<String> samples();

  /** Secret values in the samples; none may come out. */
  protected abstract List<String> secrets();

  /** Whether an empty report means that nothing was found. */
  protected boolean emptyIsClean() {
    return false;
  }

  /**
   * Whether several JSON documents may follow each other, so that a cut between two goes unseen.
   */
  protected boolean manyDocuments() {
    return false;
  }

  private final Random random = new Random(20_260_301);

  final String text(String sample) {
    return new String(Outcome.sample(sample), StandardCharsets.UTF_8);
  }

  /** Reads and checks what holds for every outcome. */
  final Outcome read(byte[] bytes) {
    return checked(Outcome.of(reader(), bytes));
  }

  final Outcome read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private Outcome checked(Outcome outcome) {
    String everything = outcome.toString();
    for (String secret : secrets()) {
      assertTrue(!everything.contains(secret), "a secret came out");
    }
    if (outcome.refusal() != null) {
      assertThat(outcome.refusal()).startsWith("report.json: ").doesNotContain("Exception");
    }
    return outcome;
  }

  @Test
  void isRegisteredAndRecognisesItsSamples() {
    ScanReader registered =
        Formats.standard(Outcome.SETTINGS).byId(reader().format().id()).orElseThrow();
    assertEquals(reader().getClass(), registered.getClass());
    for (String sample : samples()) {
      assertTrue(reader().recognises(new ReportHead(text(sample), false)), sample);
    }
  }

  @Test
  void readsItsSamplesWithoutAnySecret() {
    for (String sample : samples()) {
      Outcome outcome = read(text(sample));
      assertTrue(outcome.read(), outcome.refusal());
      assertThat(outcome.observations()).isNotEmpty();
    }
  }

  @Test
  void refusesAnEmptyFile() {
    for (String blank : List.of("", " \n\t ")) {
      assertEquals(emptyIsClean(), read(blank).read());
    }
  }

  @Test
  void readsOrRefusesTheLiteralNull() {
    assertThat(read("null").observations()).isEmpty();
  }

  @Test
  void refusesWhatIsNoJson() {
    for (String junk :
        List.of("<xml/>", "}", "Traceback (most recent call last):", "\u0000\u0001")) {
      assertTrue(!read(junk).read(), junk);
    }
  }

  @Test
  void refusesEveryTruncation() {
    for (String sample : samples()) {
      byte[] bytes = Outcome.sample(sample);
      int end = new String(bytes, StandardCharsets.UTF_8).stripTrailing().length();
      for (int i = 0; i < 200; i++) {
        byte[] cut = new byte[random.nextInt(Math.min(end, bytes.length))];
        System.arraycopy(bytes, 0, cut, 0, cut.length);
        boolean read = read(cut).read();
        assertTrue(!read || manyDocuments(), sample + " cut at " + cut.length + " was complete");
      }
    }
  }

  @Test
  void survivesEveryFieldInEveryWrongType() {
    for (String sample : samples()) {
      for (String wrong :
          List.of(
              "null",
              "true",
              "\"x\"",
              "[]",
              "{}",
              "[{},null,7]",
              "1e999",
              "-123456789012345678901234567890")) {
        for (String copy : JsonMutations.each(text(sample), (name, value) -> name + ":" + wrong)) {
          Outcome unused = read(copy);
        }
      }
    }
  }

  @Test
  void survivesEveryMissingField() {
    for (String sample : samples()) {
      for (String copy : JsonMutations.each(text(sample), (name, value) -> "")) {
        Outcome unused = read(copy);
      }
    }
  }

  @Test
  void readsDuplicateFieldsAndWarns() {
    for (String sample : samples()) {
      int warned = 0;
      List<String> copies =
          JsonMutations.each(
              text(sample), (name, value) -> name + ":" + value + "," + name + ":" + value);
      for (String copy : copies) {
        Outcome outcome = read(copy);
        assertTrue(outcome.read(), outcome.refusal());
        boolean said =
            outcome.warnings().stream().anyMatch(w -> w.reason().contains("more than once"));
        warned += said ? 1 : 0;
      }
      assertThat(warned).isGreaterThan(copies.size() / 4);
    }
  }

  @Test
  void refusesNumbersOfAMillionDigits() {
    String digits = "9".repeat(1_000_000);
    for (String copy : JsonMutations.each(text(samples().get(0)), (n, v) -> n + ":" + digits)) {
      Outcome unused = read(copy);
    }
  }

  @Test
  void readsEveryEncodingAlike() throws IOException {
    for (String sample : samples()) {
      String text = text(sample);
      List<byte[]> encodings = new ArrayList<>();
      encodings.add(("\ufeff" + text).getBytes(StandardCharsets.UTF_8));
      for (String charset : List.of("UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")) {
        encodings.add(text.getBytes(Charset.forName(charset)));
        encodings.add(("\ufeff" + text).getBytes(Charset.forName(charset)));
      }
      ByteArrayOutputStream compressed = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
        gzip.write(encodings.get(1));
      }
      encodings.add(compressed.toByteArray());
      Outcome plain = read(text);
      for (byte[] encoded : encodings) {
        assertEquals(plain.observations(), read(encoded).observations());
      }
    }
  }

  @Test
  void refusesBytesOfAnotherEncoding() {
    for (String sample : samples()) {
      byte[] bytes =
          text(sample)
              .replaceFirst("\"[^\"]{3}", "\"\u00e4\u00f6\u00fc")
              .getBytes(StandardCharsets.ISO_8859_1);
      assertThat(read(bytes).refusal()).contains("UTF-8");
    }
  }

  @Test
  void refusesNestingOfTenThousandLevels() {
    for (String open : List.of("[", "{\"a\":")) {
      String deep = open.repeat(10_000);
      for (String copy : JsonMutations.each(text(samples().get(0)), (n, v) -> n + ":" + deep)) {
        assertTrue(!read(copy).read());
      }
      assertTrue(!read(deep).read());
    }
  }

  @Test
  void refusesGarbageBehindTheReport() {
    for (String sample : samples()) {
      for (String garbage : List.of("}", "x", "\u001b[0m done", "]")) {
        assertTrue(!read(text(sample) + garbage).read(), sample + garbage);
      }
      assertTrue(manyDocuments() || !read(text(sample) + text(sample)).read());
    }
  }

  @Test
  void passesOverAStringOfAHundredMebibytesThatNobodyReads() {
    String text = text(samples().get(0)).strip();
    int brace = text.indexOf('{') + 1;
    String before = text.substring(0, brace) + "\"unknown_to_all\":\"";
    String after = "\"," + text.substring(brace);
    Outcome outcome = checked(Outcome.of(reader(), around(before, after)));
    assertTrue(outcome.read(), outcome.refusal());
    assertEquals(read(text).observations(), outcome.observations());
  }

  @Test
  void survivesAStringOfAHundredMebibytesInAnyFirstField() {
    List<String> copies =
        JsonMutations.each(text(samples().get(0)), (n, v) -> n + ":\"@HUGE@\"").stream()
            .filter(copy -> copy.indexOf("@HUGE@") < 900)
            .limit(2)
            .toList();
    for (String copy : copies) {
      String[] parts = copy.split("@HUGE@", -1);
      Outcome outcome = checked(Outcome.of(reader(), around(parts[0], parts[1])));
      assertTrue(outcome.read() || outcome.refusal().length() < 1_000);
    }
  }

  private static InputStream around(String before, String after) {
    InputStream huge =
        new InputStream() {
          private long left = 100L << 20;

          @Override
          public int read() {
            return left-- > 0 ? 'a' : -1;
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            int n = (int) Math.min(left, length);
            for (int i = 0; i < n; i++) {
              buffer[offset + i] = 'a';
            }
            left -= n;
            return n == 0 ? -1 : n;
          }
        };
    return new SequenceInputStream(
        Collections.enumeration(
            List.of(
                new ByteArrayInputStream(before.getBytes(StandardCharsets.UTF_8)),
                huge,
                new ByteArrayInputStream(after.getBytes(StandardCharsets.UTF_8)))));
  }
}
