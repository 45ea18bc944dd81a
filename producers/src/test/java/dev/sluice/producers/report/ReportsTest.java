package dev.sluice.producers.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportsTest {
  private static final String TEXT = "{\"name\": \"Größe ≤ 3 𝛑\"}";

  @TempDir Path directory;

  private DigestingReport stream(byte[] bytes) {
    return stream(bytes, InputLimits.DEFAULT);
  }

  private DigestingReport stream(byte[] bytes, InputLimits limits) {
    return Reports.ofStream("s", new ByteArrayInputStream(bytes), limits, directory);
  }

  private static byte[] all(Report report) throws IOException {
    try (InputStream in = report.open()) {
      return in.readAllBytes();
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  /** Bytes that do not compress and of which no two places are alike. */
  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(5).nextBytes(bytes);
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (' ' + (bytes[i] & 0x3f));
    }
    return bytes;
  }

  private static String sha256(byte[] bytes) throws Exception {
    return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void decodesEveryUnicodeEncodingWithAndWithoutAMark() throws IOException {
    for (String charset : new String[] {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"}) {
      for (String mark : new String[] {"", "\ufeff"}) {
        byte[] bytes = (mark + TEXT).getBytes(Charset.forName(charset));
        assertEquals(TEXT, new String(all(stream(bytes)), StandardCharsets.UTF_8), charset);
        assertEquals(TEXT, new String(all(stream(gzip(bytes))), StandardCharsets.UTF_8), charset);
      }
    }
  }

  @Test
  void refusesHalfACharacterOfUtf16() {
    byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_16LE);
    byte[] odd = Arrays.copyOf(bytes, bytes.length - 1);
    assertThat(assertThrows(BadInputException.class, () -> all(stream(odd))).getMessage())
        .contains("UTF-16LE");
  }

  @Test
  void digestsTheOriginalBytes() throws Exception {
    byte[] bytes = gzip(noise(900_000));
    DigestingReport stream = stream(bytes);
    all(stream);
    assertEquals(sha256(bytes), stream.digest());
    assertEquals(bytes.length, stream.bytes());
    Path file = Files.write(directory.resolve("f.json"), bytes);
    DigestingReport ofFile = Reports.ofFile(file);
    all(ofFile);
    assertEquals(sha256(bytes), ofFile.digest());
    assertEquals(bytes.length, ofFile.bytes());
  }

  @Test
  void digestsLaterWhatWasReadWithoutADigest() throws Exception {
    byte[] bytes = gzip(noise(100_000));
    Path path = Files.write(directory.resolve("late.json.gz"), bytes);
    try (DigestingReport late = Reports.ofFileWithoutDigest(path)) {
      assertEquals(100_000, all(late).length);
      assertEquals(sha256(bytes), late.digest());
    }
  }

  @Test
  void digestsEverythingEvenIfTheReaderStoppedEarly() throws Exception {
    byte[] bytes = noise(2_000_000);
    DigestingReport stream = stream(bytes);
    try (InputStream in = stream.open()) {
      assertEquals(10, in.readNBytes(10).length);
    }
    assertEquals(sha256(bytes), stream.digest());
    DigestingReport file = Reports.ofFile(Files.write(directory.resolve("early.json"), bytes));
    try (InputStream in = file.open()) {
      assertEquals(10, in.readNBytes(10).length);
    }
    assertEquals(sha256(bytes), file.digest());
  }

  @Test
  void spoolsAStreamThatIsReadAgainToAFileWithoutAName() throws IOException {
    byte[] bytes = noise(3_000_000);
    try (DigestingReport report = stream(bytes)) {
      report.willReread();
      assertArrayEquals(bytes, all(report));
      try (var names = Files.list(directory)) {
        assertThat(names.filter(f -> f.toString().endsWith(".spool"))).isEmpty();
      }
      assertArrayEquals(bytes, all(report));
    }
  }

  @Test
  void readsOnBehindWhatWasSpooled() throws IOException {
    byte[] bytes = noise(3_000_000);
    try (DigestingReport report = stream(bytes)) {
      report.willReread();
      try (InputStream in = report.open()) {
        assertEquals(1_000_000, in.readNBytes(1_000_000).length);
      }
      assertArrayEquals(bytes, all(report));
      assertArrayEquals(bytes, all(report));
    }
  }

  @Test
  void canAlwaysBeOpenedAgainAfterItsHead() throws Exception {
    byte[] bytes = noise(3_000_000);
    DigestingReport report = stream(bytes);
    assertEquals(ReportHead.LIMIT, ReportHead.of(report).text().length());
    assertArrayEquals(bytes, all(report));
    assertThrows(IOException.class, report::open);
  }

  @Test
  void spoolFilesBelongToTheirOwnerAlone() throws IOException {
    // The name is gone once the file is open, so this looks at the descriptor where it can.
    Path fds = Path.of("/proc/self/fd");
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Files.isDirectory(fds), "needs a /proc file system to see a file without a name");
    try (var spool = SpoolFile.open(directory);
        var open = Files.list(fds)) {
      assertThat(spool.isOpen()).isTrue();
      Path found =
          open.filter(
                  fd -> {
                    try {
                      return Files.readSymbolicLink(fd).toString().startsWith(directory.toString());
                    } catch (IOException e) {
                      return false;
                    }
                  })
              .findFirst()
              .orElseThrow();
      assertEquals(
          "rw-------",
          java.nio.file.attribute.PosixFilePermissions.toString(
              Files.getPosixFilePermissions(found)));
      assertThat(Files.readSymbolicLink(found).toString()).endsWith("(deleted)");
    }
  }

  @Test
  void refusesADecompressionBomb() throws IOException {
    byte[] bomb = gzip(new byte[8 << 20]);
    InputLimits limits = new InputLimits(1L << 40, 100, 1 << 20);
    BadInputException refused =
        assertThrows(BadInputException.class, () -> all(stream(bomb, limits)));
    assertThat(refused).hasMessageContaining("decompression bomb");
    assertThat(refused.reason()).isEqualTo(BadInputException.Reason.TOO_LARGE);
  }

  @Test
  void refusesAReportThatIsTooLarge() {
    InputLimits limits = new InputLimits(1000, 100, 1 << 20);
    BadInputException refused =
        assertThrows(BadInputException.class, () -> all(stream(noise(1001), limits)));
    assertThat(refused).hasMessageContaining("larger than 1000 bytes");
    assertThat(refused.reason()).isEqualTo(BadInputException.Reason.TOO_LARGE);
  }

  @Test
  void saysThatGzipDataIsCutOffOrDamaged() throws IOException {
    byte[] whole = gzip(noise(100_000));
    byte[] cut = Arrays.copyOf(whole, whole.length / 2);
    BadInputException refused = assertThrows(BadInputException.class, () -> all(stream(cut)));
    assertThat(refused).hasMessageContaining("cut off");
    assertThat(refused.reason()).isEqualTo(BadInputException.Reason.BROKEN);
    byte[] damaged = whole.clone();
    damaged[whole.length - 6] ^= 1;
    assertThat(assertThrows(BadInputException.class, () -> all(stream(damaged))).getMessage())
        .contains("damaged");
  }

  @Test
  void refusesAFileThatChangesBetweenTwoReadings() throws IOException {
    Path file = Files.write(directory.resolve("c.json"), noise(10));
    DigestingReport report = Reports.ofFile(file);
    all(report);
    Files.write(file, noise(20));
    assertThrows(BadInputException.class, report::open);
  }

  @Test
  void saysWhichFileIsMissingOrADirectory() {
    assertThrows(
        NoSuchFileException.class, () -> Reports.ofFile(directory.resolve("missing.json")));
    assertThat(assertThrows(IOException.class, () -> Reports.ofFile(directory)).getMessage())
        .contains("directory");
  }
}
