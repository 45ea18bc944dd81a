package dev.sluice.app.command;

import dev.sluice.app.client.Verdict;
import java.util.List;
import java.util.Locale;

/** From which severity on a pipeline fails whatever the policy says; the worst first. */
enum FailOn {
  CRITICAL,
  HIGH,
  MEDIUM,
  LOW;

  /** Findings of the scan that are as bad, or worse. */
  long count(Verdict verdict) {
    return List.of(values()).subList(0, ordinal() + 1).stream()
        .mapToLong(s -> verdict.bySeverity().getOrDefault(s.name().toLowerCase(Locale.ROOT), 0L))
        .sum();
  }
}
