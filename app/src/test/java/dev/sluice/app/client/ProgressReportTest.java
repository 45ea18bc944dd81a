package dev.sluice.app.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.producers.report.Reports;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressReportTest {
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final AtomicLong clock = new AtomicLong();

  /** Reads two million bytes, a kilobyte in each tick. */
  private String read(long tickNanos) throws IOException {
    byte[] bytes = new byte[2_000_000];
    java.util.Arrays.fill(bytes, (byte) ' ');
    try (ProgressReport report =
            new ProgressReport(
                Reports.ofStream("big.json", new ByteArrayInputStream(bytes)),
                new PrintStream(shown, true, StandardCharsets.UTF_8),
                () -> clock.addAndGet(tickNanos));
        InputStream in = report.open()) {
      byte[] buffer = new byte[1_000];
      while (in.read(buffer) >= 0) {
        continue;
      }
    }
    return shown.toString(StandardCharsets.UTF_8);
  }

  @Test
  void tellsSomeTimesASecondAndWipesTheLine() throws IOException {
    String text = read(1_000_000); // two seconds for all of it

    assertThat(text).contains("big.json: 1.").endsWith("\r\u001b[K").doesNotContain("\n");
    assertThat(text.split("MB", -1)).hasSizeBetween(8, 14);
  }

  @Test
  void aReportThatIsReadAtOnceTellsNothing() throws IOException {
    assertThat(read(1_000)).isEmpty();
  }
}
