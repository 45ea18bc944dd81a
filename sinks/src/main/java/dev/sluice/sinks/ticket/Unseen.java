package dev.sluice.sinks.ticket;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tickets that may have been created without an answer, and since when. A tracker shows them some
 * time later. What this process knows nothing of may have been created by another one just now.
 */
final class Unseen {
  private static final int MAX = 10_000;

  private final Duration settle;
  private final Map<String, Instant> since =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          // A forgotten one counts as created just now: it costs time, and no second ticket.
          return size() > MAX;
        }
      };

  Unseen(Duration settle) {
    this.settle = settle;
  }

  synchronized void creating(String mark, Instant now) {
    since.put(mark, now);
  }

  /** The tracker said that it did not create it. */
  synchronized void refused(String mark) {
    since.put(mark, Instant.EPOCH);
  }

  synchronized void forget(String mark) {
    since.remove(mark);
  }

  /** Whether a ticket that was created would be shown by now. */
  synchronized boolean isSettled(String mark, Instant now) {
    Instant seen = since.putIfAbsent(mark, now);
    return !now.isBefore((seen == null ? now : seen).plus(settle));
  }
}
