package dev.sluice.streams.rules.intel;

import dev.sluice.events.VulnerabilityIntel;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;

/**
 * FIRST's daily file of exploitation probabilities (https://www.first.org/epss/data_stats): some
 * 300,000 rows behind a remark with the model's version.
 */
final class EpssCsv implements IntelFormat {
  static final String SOURCE = "epss";

  @Override
  public String id() {
    return "epss-csv";
  }

  @Override
  public String source() {
    return SOURCE;
  }

  @Override
  public boolean isWhole() {
    return true;
  }

  @Override
  public boolean recognises(String head) {
    return head.startsWith("#model_version:") || head.startsWith("cve,epss,percentile");
  }

  @Override
  public void read(InputStream document, Consumer<VulnerabilityIntel> entries) throws IOException {
    IntelCsv.rows(
        document,
        List.of("cve", "epss", "percentile"),
        row ->
            entries.accept(
                VulnerabilityIntel.newBuilder()
                    .setSource(source())
                    .setVulnerability(row.required("cve"))
                    .setEpssScore(row.probability("epss"))
                    .setEpssPercentile(row.probability("percentile"))
                    .build()));
  }
}
