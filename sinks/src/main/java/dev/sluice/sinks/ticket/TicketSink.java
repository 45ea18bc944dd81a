package dev.sluice.sinks.ticket;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionItem;
import dev.sluice.events.TicketLink;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkContext;
import dev.sluice.sinks.text.Text;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps one ticket per item and episode at a tracker. The same attempt may come twice at any point:
 * a ticket whose key is known is only ever written to, and where a create may have happened unseen
 * the ticket is looked for first, until the tracker must have shown it.
 */
public final class TicketSink implements Sink {
  /** How far the tracker's clock may be behind ours. */
  private static final Duration CLOCKS = Duration.ofMinutes(5);

  private final Tracker tracker;
  private final TicketText words;
  private final Unseen unseen;
  private final Clock clock;
  private final Deleted deleted;

  /** What becomes of an item whose ticket people deleted. */
  public enum Deleted {
    CREATE,
    LEAVE
  }

  /**
   * @param settle how long after a create the tracker may not yet show the ticket when asked for it
   */
  public TicketSink(Tracker tracker, Duration settle, Deleted deleted, Clock clock) {
    this.tracker = tracker;
    this.deleted = deleted;
    this.words = new TicketText();
    this.unseen = new Unseen(settle);
    this.clock = clock;
  }

  @Override
  public Delivery deliver(ActionItem item, ActionEvent event, SinkContext context)
      throws InterruptedException {
    Draft draft = words.draft(item, context.marker());
    try {
      if (item.getEmbargoed() && !tracker.isPrivate()) {
        return Delivery.rejected(
            "embargoed, and everybody can read the tickets at " + tracker.where());
      }
      Optional<String> known = context.link().map(TicketLink::getKey);
      if (known.isPresent()) {
        Optional<Standing> standing = tracker.read(known.get());
        if (standing.isPresent()) {
          return write(standing.get(), draft, item, event);
        }
        return deleted == Deleted.LEAVE
            ? Delivery.delivered()
            : lookAndCreate(draft, item, event, since(context));
      }
      Optional<Standing> earlier = earlier(context);
      if (earlier.isPresent()) {
        return write(earlier.get(), draft, item, event);
      }
      if (context.lookFirst()) {
        return lookAndCreate(draft, item, event, since(context));
      }
      return draft.open() ? create(draft) : Delivery.delivered();
    } catch (Setback e) {
      return e.delivery();
    }
  }

  /** The ticket of the episode before lives on, so that a new episode cannot double it. */
  private Optional<Standing> earlier(SinkContext context) throws Setback, InterruptedException {
    Optional<String> key = context.earlier().map(TicketLink::getKey);
    return key.isPresent() ? tracker.read(key.get()) : Optional.empty();
  }

  /**
   * Nobody knows a ticket that stands: a create was not answered, or people deleted the ticket.
   * While there is work to do there is one; and one that comes to light late is closed too.
   */
  private Delivery lookAndCreate(Draft draft, ActionItem item, ActionEvent event, Instant since)
      throws Setback, InterruptedException {
    Optional<Standing> found = find(draft, since);
    if (found.isPresent()) {
      return write(found.get(), draft, item, event);
    }
    if (!unseen.isSettled(draft.mark(), clock.instant())) {
      return Delivery.retry(
          "a ticket may have been created that " + tracker.where() + " does not show yet");
    }
    unseen.refused(draft.mark());
    return draft.open() ? create(draft) : Delivery.delivered();
  }

  private Optional<Standing> find(Draft draft, Instant since) throws Setback, InterruptedException {
    Optional<Ticket> ticket = tracker.find(draft.mark(), since);
    if (ticket.isEmpty()) {
      return Optional.empty();
    }
    return tracker.read(ticket.get().key().orElseThrow());
  }

  private Delivery create(Draft draft) throws Setback, InterruptedException {
    unseen.creating(draft.mark(), clock.instant());
    try {
      Ticket ticket = tracker.create(draft);
      unseen.forget(draft.mark());
      return delivered(ticket);
    } catch (Setback e) {
      if (!e.mayHaveActed()) {
        unseen.refused(draft.mark());
      }
      throw e;
    }
  }

  private Delivery write(Standing standing, Draft draft, ActionItem item, ActionEvent event)
      throws Setback, InterruptedException {
    unseen.forget(draft.mark());
    if (!standing.isOurs()) {
      tracker.comment(standing.key(), words.adopted(standing));
    }
    tracker.write(standing, draft);
    Optional<Text> comment = words.comment(draft, item, event, standing.open());
    if (comment.isPresent()) {
      tracker.comment(standing.key(), comment.get());
    }
    return delivered(standing.ticket());
  }

  private static Delivery delivered(Ticket ticket) {
    return Delivery.delivered(ticket.key().orElse(null), ticket.url().orElse(null));
  }

  /** Nothing of this episode was created before its intent was written. */
  private static Instant since(SinkContext context) {
    return context.link().map(TicketLink::getAt).map(at -> at.minus(CLOCKS)).orElse(Instant.EPOCH);
  }

  @Override
  public Optional<Tracker> tracker() {
    return Optional.of(tracker);
  }

  @Override
  public void close() {
    tracker.close();
  }
}
