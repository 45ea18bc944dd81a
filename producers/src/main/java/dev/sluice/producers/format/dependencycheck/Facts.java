package dev.sluice.producers.format.dependencycheck;

import dev.sluice.producers.format.Scanners;
import dev.sluice.producers.format.Times;
import dev.sluice.producers.report.ScanFacts;
import java.time.Instant;

/** What a report says of the scan. */
final class Facts {
  private String engineVersion;
  private String applicationVersion;
  private Instant time;
  private Instant databaseBuilt;

  void field(String name, String text) {
    switch (name) {
      case "engineVersion" -> engineVersion = text;
      case "applicationVersion" -> applicationVersion = text;
      case "reportDate" -> time = time(text);
      default -> {}
    }
  }

  /** Of all data sources, the one that tells when the vulnerability data last changed. */
  void dataSource(String name, String timestamp) {
    if (name != null && name.contains("NVD") && name.contains("Modified")) {
      databaseBuilt = time(timestamp);
    }
  }

  /** Versions before 4 write the offset without a colon. */
  private static Instant time(String text) {
    return text == null
        ? null
        : Times.parse(text.strip().replaceFirst("([+-]\\d{2})(\\d{2})$", "$1:$2"));
  }

  ScanFacts facts() {
    return new ScanFacts(
        Scanners.of("dependency-check", engineVersion, null, databaseBuilt),
        Scanners.everything(),
        null,
        applicationVersion == null || applicationVersion.isBlank() ? null : applicationVersion,
        null,
        null,
        null,
        time,
        false);
  }
}
