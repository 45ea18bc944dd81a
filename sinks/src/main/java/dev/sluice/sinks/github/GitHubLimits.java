package dev.sluice.sinks.github;

import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.http.Destination;
import dev.sluice.sinks.http.HttpReply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * GitHub's rate limits, which answer 403 as often as 429: "Rate limits for the REST API" in
 * GitHub's documentation says to wait for {@code Retry-After}, else until {@code x-ratelimit-reset}
 * where nothing remains, else a minute.
 */
final class GitHubLimits implements Function<HttpReply, Optional<Delivery>> {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Clock clock;
  private final Destination where;

  GitHubLimits(Clock clock, Destination where) {
    this.clock = clock;
    this.where = where;
  }

  @Override
  public Optional<Delivery> apply(HttpReply reply) {
    if (reply.status() != 403) {
      return reply.status() == 429 && reply.retryAfter().isEmpty() && spent(reply)
          ? Optional.of(wait(untilReset(reply)))
          : Optional.empty();
    }
    Optional<String> after = reply.retryAfter().filter(value -> value.matches("\\d{1,6}"));
    if (after.isPresent()) {
      return Optional.of(wait(Duration.ofSeconds(Long.parseLong(after.get()))));
    }
    if (spent(reply)) {
      return Optional.of(wait(untilReset(reply)));
    }
    boolean secondary = reply.text().toLowerCase(Locale.ROOT).contains("rate limit");
    return secondary ? Optional.of(wait(MINUTE)) : Optional.empty();
  }

  private static boolean spent(HttpReply reply) {
    return "0".equals(reply.headers().get("x-ratelimit-remaining"));
  }

  private Duration untilReset(HttpReply reply) {
    String reset = reply.headers().getOrDefault("x-ratelimit-reset", "");
    if (!reset.matches("\\d{1,12}")) {
      return MINUTE;
    }
    Instant at = Instant.ofEpochSecond(Long.parseLong(reset));
    Duration until = Duration.between(clock.instant(), at);
    return until.isNegative() || until.isZero() ? Duration.ofSeconds(1) : until;
  }

  private Delivery wait(Duration pause) {
    return Delivery.retry(pause, "rate limit of " + where);
  }
}
