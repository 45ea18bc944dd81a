package dev.sluice.producers.report;

import java.util.List;

/**
 * A report format.
 *
 * @param id short stable name, for example {@code trivy-json}; users pass it to {@code --format}
 * @param title name for people
 * @param tools scanner names whose reports come in it, in lower case; empty for an open format
 */
public record ReportFormat(String id, String title, List<String> tools) {
  public ReportFormat {
    tools = List.copyOf(tools);
  }
}
