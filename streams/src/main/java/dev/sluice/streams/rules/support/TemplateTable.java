package dev.sluice.streams.rules.support;

import dev.sluice.events.Support;
import dev.sluice.events.SupportedLine;
import java.util.List;

/** GitHub's template for a security policy, which many projects leave as it is. */
final class TemplateTable {

  private static final List<String> ROWS =
      List.of("5.1.x SUPPORTED", "5.0.x UNSUPPORTED", "4.0.x SUPPORTED", "< 4.0 UNSUPPORTED");

  private TemplateTable() {}

  static boolean isUntouched(List<SupportedLine> lines) {
    return lines.stream().map(TemplateTable::row).toList().equals(ROWS);
  }

  private static String row(SupportedLine line) {
    Support support = line.getSupport();
    return line.getRange().replaceAll("\\s+", " ") + " " + support;
  }
}
