package dev.sluice.sinks.http;

import dev.sluice.sinks.Delivery;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * What an answer over HTTP means for a delivery, decided once for all sinks. Status codes and
 * {@code Retry-After} as in RFC 9110; 410 as in the Standard Webhooks specification: the receiver
 * wants nothing more.
 */
public final class RetryTable {
  private final Clock clock;

  public RetryTable(Clock clock) {
    this.clock = clock;
  }

  /**
   * Classifies a status.
   *
   * @param where the receiver without path and query
   */
  public Delivery classify(HttpReply reply, Destination where) {
    int status = reply.status();
    String reason = "HTTP " + status + " from " + where;
    if (status >= 200 && status < 300) {
      return Delivery.delivered();
    }
    if (status == 410) {
      return Delivery.gone(reason);
    }
    if (status == 408 || status == 425 || status == 429 || status >= 500) {
      return pause(reply)
          .map(after -> Delivery.retry(after, reason))
          .orElseGet(() -> Delivery.retry(reason));
    }
    if (status >= 300 && status < 400) {
      return Delivery.rejected(
          reason + ": redirects to other places are not followed; set the URL itself");
    }
    return Delivery.rejected(reason);
  }

  /** Classifies a request that got no whole answer: it may have been taken, so it is repeated. */
  public Delivery classify(IOException problem, Destination where) {
    String detail =
        problem instanceof RefusedAddressException
            ? "refused: " + problem.getMessage()
            : problem.getClass().getSimpleName();
    return Delivery.retry("no answer from " + where + ": " + detail);
  }

  private Optional<Duration> pause(HttpReply reply) {
    return reply.retryAfter().flatMap(this::parse).filter(after -> !after.isZero());
  }

  private Optional<Duration> parse(String value) {
    String text = value.trim();
    try {
      if (text.matches("\\d{1,9}")) {
        return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
      }
      ZonedDateTime date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
      Duration until = Duration.between(clock.instant(), date.toInstant());
      return Optional.of(until.isNegative() ? Duration.ZERO : until);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
