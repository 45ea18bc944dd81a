package dev.sluice.producers.format.sluice;

import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;

/**
 * The documents behind the first: a finding each, and a last one that says how many they are. A cut
 * between two lines goes unseen in JSON lines, and a report that is cut off must not look like one
 * with fewer findings.
 */
final class SluiceLines {
  private static final String END = "end";

  private long findings;
  private long stated = -1;
  private long at;

  /** The first reading: counts, and looks for the end. */
  void look(JsonCursor json) throws IOException, UnreadableReportException {
    if (stated >= 0) {
      throw json.unreadable("more text after the line that ends the report");
    }
    json.structure(
        name -> {
          if (name.equals(END)) {
            Integer number = json.integer();
            if (number == null || number < 0) {
              throw json.unreadable("the line that ends the report has to state a number");
            }
            stated = number;
          }
        });
    findings += stated < 0 ? 1 : 0;
  }

  /** Whether the next document of the second reading is a finding. */
  boolean isFinding() {
    return ++at <= findings;
  }

  void check(String report) throws UnreadableReportException {
    if (findings == 0 && stated < 0) {
      throw new UnreadableReportException(
          report + ": has no list of findings; an empty one says that nothing was found");
    }
    if (stated != findings) {
      throw new UnreadableReportException(
          report
              + (stated < 0
                  ? ": has no last line {\"end\": …} with the number of findings: it is cut off"
                  : ": has " + findings + " findings, and its last line states " + stated)
              + "; check that the scanner ran to its end");
    }
  }
}
