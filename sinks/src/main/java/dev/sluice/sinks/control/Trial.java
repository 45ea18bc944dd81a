package dev.sluice.sinks.control;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.ItemKind;
import dev.sluice.events.ItemStatus;
import dev.sluice.events.Severity;
import dev.sluice.events.TicketLink;
import dev.sluice.events.TicketState;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkContext;
import dev.sluice.sinks.SinkEnvironment;
import dev.sluice.sinks.SinkSettings;
import dev.sluice.sinks.SinkType;
import dev.sluice.sinks.Sinks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;

/**
 * Asks a receiver for an answer: sends one message that says that it is a test. A tracker is not
 * sent a ticket: it is asked for one that does not exist.
 */
public final class Trial {
  private final String name;
  private final SinkSettings settings;
  private final SinkEnvironment environment;

  public Trial(String name, SinkSettings settings, SinkEnvironment environment) {
    this.name = name;
    this.settings = settings;
    this.environment = environment;
  }

  /** Whether its receiver keeps tickets, of which none is made. */
  public boolean isOfTickets() {
    return type().descriptor().recordsIntent();
  }

  /**
   * Tries once.
   *
   * @throws IllegalArgumentException if the settings cannot work
   */
  public Delivery run() throws InterruptedException {
    Leap clock = new Leap(environment.clock());
    SinkEnvironment own =
        new SinkEnvironment(name, clock, environment.out(), environment.colours());
    Instant now = clock.instant();
    try (Sink sink = type().factory().open(settings, own)) {
      String id = "test-" + UUID.randomUUID();
      ActionItem item = item(id, now);
      if (!isOfTickets()) {
        ActionEvent event = event(item, ActionEventType.OPENED, now);
        return sink.deliver(item, event, context(event, Optional.empty()));
      }
      item.setStatus(ItemStatus.RESOLVED);
      ActionEvent event = event(item, ActionEventType.RESOLVED, now);
      SinkContext context = context(event, Optional.of(intent(item, now)));
      Delivery first = sink.deliver(item, event, context);
      if (!(first instanceof Delivery.Retry)) {
        return first;
      }
      // A tracker that shows no such ticket may show it later; a day later it would have.
      clock.leap();
      return sink.deliver(item, event, context);
    }
  }

  private SinkType type() {
    return Sinks.of(name, settings.type());
  }

  private ActionItem item(String id, Instant now) {
    return ActionItem.newBuilder()
        .setId(id)
        .setAsset("sluice.test/" + name)
        .setKind(ItemKind.UPGRADE)
        .setTitle("Test message of Sluice")
        .setSummary("Sent by \"sluice sinks test " + name + "\": there is nothing to do.")
        .setSeverity(Severity.NONE)
        .setReason("Somebody asks whether messages arrive.")
        .setStatus(ItemStatus.OPEN)
        .setEpisode(1)
        .setRevision(1)
        .setOpenedAt(now)
        .setUpdatedAt(now)
        .build();
  }

  private static ActionEvent event(ActionItem item, ActionEventType type, Instant now) {
    return ActionEvent.newBuilder()
        .setId(item.getId())
        .setItemId(item.getId())
        .setType(type)
        .setAt(now)
        .setItem(item)
        .setCause("person")
        .build();
  }

  private SinkContext context(ActionEvent event, Optional<TicketLink> link) {
    return new SinkContext(
        1,
        event.getId(),
        "sluice:" + name + ":" + event.getId(),
        link,
        Optional.empty(),
        link.isPresent());
  }

  private TicketLink intent(ActionItem item, Instant now) {
    return TicketLink.newBuilder()
        .setSink(name)
        .setItemId(item.getId())
        .setEpisode(1)
        .setState(TicketState.INTENT)
        .setAt(now)
        .build();
  }

  /** A clock that can be put forward by a day. */
  private static final class Leap extends Clock {
    private final Clock clock;
    private volatile Duration ahead = Duration.ZERO;

    Leap(Clock clock) {
      this.clock = clock;
    }

    void leap() {
      ahead = Duration.ofDays(1);
    }

    @Override
    public ZoneId getZone() {
      return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return new Leap(clock.withZone(zone));
    }

    @Override
    public Instant instant() {
      return clock.instant().plus(ahead);
    }
  }
}
