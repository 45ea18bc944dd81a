package dev.sluice.streams.rules.support;

import dev.sluice.events.Support;
import java.time.LocalDate;

/**
 * Whether a version or a line gets fixes.
 *
 * @param support the answer
 * @param reason why, for people, with source and line where a row decided
 * @param sourceLine line of the source that decided, counted from 1; 0 if none did
 * @param changesOn first day on which the clock alone changes the answer; null if no date is known
 */
public record SupportAnswer(Support support, String reason, int sourceLine, LocalDate changesOn) {

  static SupportAnswer of(Support support, String reason) {
    return new SupportAnswer(support, reason, 0, null);
  }
}
