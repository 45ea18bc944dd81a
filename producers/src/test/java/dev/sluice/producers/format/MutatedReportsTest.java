package dev.sluice.producers.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.sluice.producers.report.DigestingReport;
import dev.sluice.producers.report.Reports;
import dev.sluice.producers.report.ScanReader;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Real reports and our own samples, changed at random: each ends in observations or in the one
 * documented exception. {@code -Dsluice.mutations=10000} tries so many a format; {@code
 * -Dsluice.mutations.seed=7} others than usual. Reports are read where the folder of {@code
 * sluice.samples} is present.
 */
final class MutatedReportsTest {
  private static final int USUAL = 30;

  /** A reader that has not ended by then hangs, however busy the machine is. */
  private static final Duration HANGS = Duration.ofSeconds(60);

  /** Larger reports show nothing that smaller ones do not, and take their time. */
  private static final long LARGEST = 400_000;

  private final Formats formats = Formats.standard(Outcome.SETTINGS);

  @TestFactory
  List<DynamicTest> everyChangeEndsInObservationsOrAnError() throws IOException {
    Path folder = Path.of(System.getProperty("sluice.samples", "samples-not-given"));
    Map<ScanReader, List<byte[]>> reports = new LinkedHashMap<>();
    byReader(own(), reports);
    byReader(folder, reports);
    List<DynamicTest> tests = new ArrayList<>();
    assertThat(reports).hasSameSizeAs(formats.ids());
    reports.forEach(
        (reader, bytes) ->
            tests.add(DynamicTest.dynamicTest(reader.format().id(), () -> change(reader, bytes))));
    return tests;
  }

  /** Our own samples: of some formats there is no real report. */
  private static Path own() {
    try {
      return Path.of(MutatedReportsTest.class.getResource("trivy/image.json").toURI())
          .getParent()
          .getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private void byReader(Path folder, Map<ScanReader, List<byte[]>> reports) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      if (Files.size(file) <= LARGEST) {
        try (DigestingReport report = Reports.ofFile(file)) {
          reports
              .computeIfAbsent(formats.recognise(report), r -> new ArrayList<>())
              .add(Files.readAllBytes(file));
        } catch (UnreadableReportException e) {
          // Not a report: a feed, a table, a text.
        }
      }
    }
  }

  private static void change(ScanReader reader, List<byte[]> reports) {
    long seed = Long.getLong("sluice.mutations.seed", 20_260_301);
    for (int i = 0; i < Integer.getInteger("sluice.mutations", USUAL); i++) {
      long own = seed * 1_000_003 + i;
      Random random = new Random(own);
      byte[] report = reports.get(random.nextInt(reports.size()));
      byte[] changed = new ByteMutation(random, reports).of(report);
      try {
        assertTimeoutPreemptively(
            HANGS, () -> Outcome.of(reader, new ByteArrayInputStream(changed)));
      } catch (RuntimeException | Error e) {
        // The report itself stays out of the message.
        throw new AssertionError(
            reader.format().id()
                + ", change "
                + i
                + " of seed "
                + seed
                + ", report of "
                + report.length
                + " bytes, changed to hash "
                + HexFormat.of().toHexDigits(java.util.Arrays.hashCode(changed)),
            e);
      }
    }
  }
}
