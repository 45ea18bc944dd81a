package dev.sluice.producers.format.sarif;

import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** First pass: what the runs say of themselves, and their rules. */
final class SarifRuns implements Closeable {
  private static final int MAX_RUNS = 10_000;

  private final RuleStore rules = new RuleStore();
  private final List<SarifRun> runs = new ArrayList<>();

  void read(JsonCursor json) throws IOException, UnreadableReportException {
    boolean[] listed = {false};
    json.structure(
        name -> {
          switch (name) {
            case "version" -> {
              String version = json.text();
              if (version != null && !version.startsWith("2.1")) {
                throw json.unreadable(
                    "only SARIF 2.1.0 is read; convert the report or update the scanner");
              }
            }
            case "runs" -> {
              listed[0] = true;
              json.records(() -> run(json));
            }
            default -> {}
          }
        });
    if (!listed[0]) {
      throw json.unreadable("there is no list of runs; check that the scanner ran to its end");
    }
  }

  private void run(JsonCursor json) throws IOException, UnreadableReportException {
    if (runs.size() >= MAX_RUNS) {
      throw json.unreadable("more than " + MAX_RUNS + " runs; split the report");
    }
    SarifRun run = new SarifRun(rules);
    runs.add(run);
    new SarifRunFacts(run).read(json);
  }

  SarifRun get(int index) {
    return runs.get(index);
  }

  @Override
  public void close() throws IOException {
    rules.close();
  }
}
