package dev.sluice.producers.publish;

import dev.sluice.producers.report.DigestingReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A report of some bytes, whose end may fail as a cut connection does. */
record FakeReport(String name, String text, boolean cutOff) implements DigestingReport {
  static FakeReport of(String text) {
    return new FakeReport("report.json", text, false);
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void willReread() {}

  @Override
  public String digest() throws IOException {
    if (cutOff) {
      throw new IOException("connection reset");
    }
    return "sha256:" + "ab".repeat(32);
  }

  @Override
  public long bytes() {
    return text.length();
  }

  @Override
  public void close() {}
}
