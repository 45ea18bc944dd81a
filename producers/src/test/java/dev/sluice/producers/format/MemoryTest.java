package dev.sluice.producers.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads reports in a JVM whose heap is smaller than they are, as a file and as a stream. */
final class MemoryTest {
  private static final long BYTES = 60L << 20;

  @TempDir Path directory;

  @Test
  void readsALargeTrivyReportInASmallHeap() throws Exception {
    Path file = directory.resolve("trivy.json");
    readInSmallHeap(file, LargeReports.trivy(file, BYTES));
  }

  @Test
  void readsSarifWithARuleForEveryResultInASmallHeap() throws Exception {
    Path file = directory.resolve("grype.sarif");
    readInSmallHeap(file, LargeReports.sarif(file, BYTES));
  }

  private static void readInSmallHeap(Path file, long entries)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx40m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                InspectMain.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output;
    try (InputStream in = process.getInputStream()) {
      output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertTrue(process.waitFor(120, TimeUnit.SECONDS), output);
    List<String> lines = output.lines().filter(l -> l.contains("|")).toList();
    assertEquals(List.of(entries + "|null", entries + "|null"), lines, output);
  }
}
