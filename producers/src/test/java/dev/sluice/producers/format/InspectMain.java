package dev.sluice.producers.format;

import dev.sluice.producers.inspect.Inspector;
import dev.sluice.producers.inspect.ReportSummary;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.DigestingReport;
import dev.sluice.producers.report.Reports;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads one report in a JVM of its own, once as a file and once as a stream. */
public final class InspectMain {
  private InspectMain() {}

  /** Takes the report's file; prints two times {@code observations|error}. */
  public static void main(String[] args) throws IOException {
    Inspector inspector =
        new Inspector(
            Formats.standard(
                new ReaderSettings(
                    new Redactor("0123456789abcdef".getBytes(StandardCharsets.UTF_8), "test"))));
    Path file = Path.of(args[0]);
    long start = System.nanoTime();
    print(inspector.inspect(file, null));
    long middle = System.nanoTime();
    try (DigestingReport stream = Reports.ofStream("stream", new FileInputStream(file.toFile()))) {
      print(inspector.inspect(stream, null));
    }
    System.err.printf(
        "file %d ms, stream %d ms%n",
        (middle - start) / 1_000_000, (System.nanoTime() - middle) / 1_000_000);
  }

  private static void print(ReportSummary summary) {
    System.out.println(summary.observations() + "|" + summary.error());
  }
}
