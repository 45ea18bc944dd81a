package dev.sluice.app.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * What somebody did about a dead letter: a record without a value in the same partition of the same
 * topic, under the same key. So it is kept as long as the letter is, and longer.
 *
 * @param deed {@code replayed} or {@code dropped}
 * @param to where it was sent, as {@code TOPIC-PARTITION}; null if it was dropped
 */
public record Resolution(
    LetterId letter, String deed, String by, String reason, Instant at, String to) {
  static final String REPLAYED = "replayed";
  static final String DROPPED = "dropped";

  private static final String RESOLVES = "sluice-resolves";
  private static final String DEED = "sluice-resolution";
  private static final String BY = "sluice-resolution-by";
  private static final String REASON = "sluice-resolution-reason";
  private static final String AT = "sluice-resolution-time";
  private static final String TO = "sluice-resolution-to";

  void put(Headers headers) {
    add(headers, RESOLVES, letter.toString());
    add(headers, DEED, deed);
    add(headers, BY, by);
    add(headers, AT, at.toString());
    if (reason != null) {
      add(headers, REASON, reason);
    }
    if (to != null) {
      add(headers, TO, to);
    }
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  /** The resolution that a record is; empty if it is a dead letter. */
  static Optional<Resolution> of(Headers headers) {
    String resolves = text(headers, RESOLVES);
    if (resolves.isEmpty()) {
      return Optional.empty();
    }
    String reason = text(headers, REASON);
    String to = text(headers, TO);
    return Optional.of(
        new Resolution(
            LetterId.parse(resolves),
            text(headers, DEED),
            text(headers, BY),
            reason.isEmpty() ? null : reason,
            Instant.parse(text(headers, AT)),
            to.isEmpty() ? null : to));
  }

  /** A header as text; empty if there is none. */
  static String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
