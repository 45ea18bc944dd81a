package dev.sluice.sinks.feedback;

import dev.sluice.settings.Setting;
import dev.sluice.sinks.ticket.TicketSink.Deleted;
import java.time.Duration;

/** How tickets are compared with their items, at {@code sinks.NAME.reconcile}. */
public record ReconcileSettings(
    @Setting(
            value = "24h",
            doc =
                "How often each ticket is compared with its item, at least 1m; 0s is never. Tickets closed for 30 days are left alone.")
        Duration every,
    @Setting(
            value = "60",
            doc = "Requests a minute at most, 1 to 6000, for this and for feedback together.")
        int requestsAMinute,
    @Setting(
            value = "CREATE",
            doc =
                "What becomes of an open item whose ticket people deleted: CREATE another, or LEAVE.")
        Deleted deleted) {
  public ReconcileSettings {
    if (every.isNegative() || (!every.isZero() && every.compareTo(Duration.ofMinutes(1)) < 0)) {
      throw new IllegalArgumentException("every must be 0s or at least 1m, not " + every);
    }
    if (requestsAMinute < 1 || requestsAMinute > 6_000) {
      throw new IllegalArgumentException(
          "requests-a-minute must be 1 to 6000, not " + requestsAMinute);
    }
  }
}
