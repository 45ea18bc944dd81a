package dev.sluice.sinks.runner;

import dev.sluice.sinks.RetrySettings;
import dev.sluice.sinks.SinkDescriptor.Wants;
import dev.sluice.sinks.SinkSettings;
import java.util.random.RandomGenerator;

/**
 * The limits that a dispatcher keeps.
 *
 * @param rate deliveries a second, 0 for no limit
 * @param attempts attempts that count before an event is given up
 * @param longestHoldNanos longest Retry-After that is honoured
 */
record DispatchRules(
    Wants wants,
    int concurrency,
    double rate,
    int burst,
    int attempts,
    long longestHoldNanos,
    Backoff backoff,
    CircuitBreaker breaker) {

  static DispatchRules of(SinkSettings settings, Wants wants, RandomGenerator random) {
    RetrySettings retry = settings.retry();
    return new DispatchRules(
        wants,
        settings.concurrency(),
        settings.rate(),
        settings.burst(),
        retry.attempts(),
        retry.longestRetryAfter().toNanos(),
        new Backoff(retry.firstPause(), retry.longestPause(), random),
        new CircuitBreaker(
            retry.breakerFailures(), retry.breakerPause(), retry.breakerLongestPause()));
  }
}
