package dev.sluice.sinks.runner;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a partition owes to its receiver beside the events that are read: the state of every item
 * that has changed since some time and was not sent since. Events that are not kept in memory are
 * owed, and so are tickets above the day's budget. It is committed with the offsets, so that
 * another instance pays. Not thread safe.
 */
final class Owed {
  /** How far the clocks of those who write items may differ. */
  private static final Duration CLOCKS = Duration.ofMinutes(10);

  private static final String PREFIX = "owed-since=";

  private Instant since;
  private Instant notBefore;
  private Instant payingSince;
  private boolean allRead;
  private int unpaid;

  /**
   * Something is owed from now on.
   *
   * @param changed when the item had changed; null if nobody knows
   * @param earliest before this there is no use in trying
   */
  void add(Instant changed, Instant earliest) {
    Instant from =
        changed == null || changed.isBefore(Instant.EPOCH.plus(CLOCKS))
            ? Instant.EPOCH
            : changed.minus(CLOCKS);
    notBefore = since == null || earliest.isBefore(notBefore) ? earliest : notBefore;
    since = since == null || from.isBefore(since) ? from : since;
  }

  /** Takes over what was committed with an offset. */
  void recall(String metadata) {
    if (metadata != null && metadata.startsWith(PREFIX)) {
      try {
        since = Instant.ofEpochMilli(Long.parseLong(metadata.substring(PREFIX.length())));
      } catch (NumberFormatException | DateTimeException e) {
        since = Instant.EPOCH;
      }
      notBefore = Instant.MIN;
    }
  }

  /** Whether it is time to pay. */
  boolean isDue(Instant now) {
    return since != null && !now.isBefore(notBefore);
  }

  /** Begins to pay; what is owed from now on is for the next time. */
  void begin() {
    payingSince = payingSince == null || since.isBefore(payingSince) ? since : payingSince;
    since = null;
    allRead = false;
  }

  /** Since when items are owed that are being paid. */
  Instant payingSince() {
    return payingSince;
  }

  /** One item is on its way. */
  void handOut() {
    unpaid++;
  }

  /** Items have arrived, or need not be sent. */
  void paid(int items) {
    unpaid -= items;
    settle();
  }

  /** Every item that was owed is on its way. */
  void allHandedOut() {
    allRead = true;
    settle();
  }

  /** Paying was broken off. */
  void breakOff() {
    if (payingSince != null && !allRead) {
      since = since == null || payingSince.isBefore(since) ? payingSince : since;
      notBefore = Instant.MIN;
    }
  }

  private void settle() {
    if (allRead && unpaid == 0) {
      payingSince = null;
    }
  }

  /** Since when anything is owed. */
  Optional<Instant> since() {
    if (since == null || payingSince == null) {
      return Optional.ofNullable(since == null ? payingSince : since);
    }
    return Optional.of(since.isBefore(payingSince) ? since : payingSince);
  }

  /** What is to be committed with an offset; empty if nothing is owed. */
  String metadata() {
    return since().map(at -> PREFIX + at.toEpochMilli()).orElse("");
  }
}
