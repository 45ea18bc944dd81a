package dev.sluice.streams.rules.intel;

import dev.sluice.events.VulnerabilityIntel;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * Answers of FIRST's API for some vulnerabilities (https://www.first.org/epss/api), whole or only
 * their list. They list what was asked for, and so delist nothing.
 */
final class EpssJson implements IntelFormat {
  @Override
  public String id() {
    return "epss-json";
  }

  @Override
  public String source() {
    return EpssCsv.SOURCE;
  }

  @Override
  public boolean isWhole() {
    return false;
  }

  @Override
  public boolean recognises(String head) {
    return head.stripLeading().matches("(?s)[\\[{].*")
        && head.contains("\"cve\"")
        && head.contains("\"epss\"")
        && head.contains("\"percentile\"");
  }

  @Override
  public void read(InputStream document, Consumer<VulnerabilityIntel> entries) throws IOException {
    BufferedInputStream text = new BufferedInputStream(document);
    IntelJson.entries(
        text,
        startsWithList(text) ? "" : "data",
        entry ->
            entries.accept(
                VulnerabilityIntel.newBuilder()
                    .setSource(source())
                    .setVulnerability(entry.required("cve"))
                    .setEpssScore(probability(entry, "epss"))
                    .setEpssPercentile(probability(entry, "percentile"))
                    .build()));
  }

  private static boolean startsWithList(BufferedInputStream text) throws IOException {
    text.mark(IntelFormats.HEAD);
    int first = text.read();
    while (Character.isWhitespace(first) || first == 0xEF || first == 0xBB || first == 0xBF) {
      first = text.read();
    }
    text.reset();
    return first == '[';
  }

  /** The API writes numbers as texts. */
  private static double probability(IntelJson.Entry entry, String field) {
    double number = entry.node().path(field).asDouble(-1);
    if (number < 0 || number > 1) {
      throw entry.wrong("has no number from 0 to 1 as " + field);
    }
    return number;
  }
}
