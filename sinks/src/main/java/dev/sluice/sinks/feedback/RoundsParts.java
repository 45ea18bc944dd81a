package dev.sluice.sinks.feedback;

import dev.sluice.sinks.ticket.Tracker;
import java.time.Clock;

/** What looking at one sink's tickets is made of. */
record RoundsParts(
    String sink,
    FeedbackSettings feedback,
    ReconcileSettings reconcile,
    Tracker tracker,
    Deliveries deliveries,
    World world,
    Acceptances acceptances,
    TicketMetrics metrics,
    Clock clock,
    Pace pace) {}
