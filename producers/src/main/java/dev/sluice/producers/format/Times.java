package dev.sluice.producers.format;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Times as reports write them. */
public final class Times {
  private Times() {}

  /**
   * An RFC 3339 time; one without an offset is taken as UTC. Null where it is none, or is the zero
   * time that Go writes for "not set".
   */
  public static Instant parse(String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    String time = text.strip().replace(' ', 'T');
    Instant parsed;
    try {
      parsed = OffsetDateTime.parse(time).toInstant();
    } catch (DateTimeException e) {
      try {
        parsed = LocalDateTime.parse(time).toInstant(ZoneOffset.UTC);
      } catch (DateTimeException e2) {
        return null;
      }
    }
    return parsed.getEpochSecond() <= 0 ? null : parsed;
  }
}
