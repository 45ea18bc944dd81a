package dev.sluice.producers.webhook;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Times in webhooks: ISO 8601, and GitLab's older {@code 2026-01-31 12:00:00 UTC}. */
final class WebhookTimes {
  private static final DateTimeFormatter GITLAB =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss zzz", Locale.ROOT);

  private WebhookTimes() {}

  /** The time, unless it cannot be read or is later than now. */
  static Instant or(String text, Instant now) {
    if (text == null) {
      return now;
    }
    for (DateTimeFormatter format : List.of(DateTimeFormatter.ISO_OFFSET_DATE_TIME, GITLAB)) {
      try {
        Instant time = format.parse(text, ZonedDateTime::from).toInstant();
        return time.isAfter(now) ? now : time;
      } catch (DateTimeException e) {
        // The other spelling may fit.
      }
    }
    return now;
  }
}
