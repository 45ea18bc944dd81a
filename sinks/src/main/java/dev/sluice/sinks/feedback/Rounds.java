package dev.sluice.sinks.feedback;

import dev.sluice.events.FeedbackKind;
import dev.sluice.events.TicketFeedback;
import dev.sluice.events.TicketLink;
import dev.sluice.events.TicketState;
import dev.sluice.sinks.ticket.Act;
import dev.sluice.sinks.ticket.Page;
import dev.sluice.sinks.ticket.Setback;
import dev.sluice.sinks.ticket.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at a sink's tickets: often at those that changed, and slowly at all of them. Belongs to one
 * thread.
 */
final class Rounds {
  /** How far back changes are asked for at the start; what is older is found by going round. */
  private static final Duration LOOK_BACK = Duration.ofDays(1);

  /** How far the tracker's clock may be apart from ours. */
  private static final Duration CLOCKS = Duration.ofMinutes(5);

  /** Closed tickets are left alone after this. */
  private static final Duration OVER = Duration.ofDays(30);

  private static final int MAX_PAGES = 200;
  private static final int SLICE = 100;

  private final RoundsParts parts;
  private final Clerk clerk;
  private final Deque<Owned> round = new ArrayDeque<>();
  private final Map<String, String> assignees = new HashMap<>();
  private Instant mark;
  private Instant nextPoll;
  private Instant nextRound;

  Rounds(RoundsParts parts) {
    this.parts = parts;
    this.clerk = new Clerk(parts);
    Instant now = parts.clock().instant();
    this.mark = now.minus(LOOK_BACK);
    this.nextPoll = now;
    this.nextRound = now;
  }

  private record Owned(int partition, TicketLink link) {}

  /** Does what is due, and says how long nothing will be; 0 if there is more to do. */
  Duration work() throws Setback, InterruptedException {
    Instant now = parts.clock().instant();
    boolean polls = !parts.feedback().every().isZero();
    boolean walks = !parts.reconcile().every().isZero();
    if (polls && !now.isBefore(nextPoll)) {
      poll(now);
      nextPoll = now.plus(parts.feedback().every());
    }
    if (walks && round.isEmpty() && !now.isBefore(nextRound)) {
      begin(now);
      nextRound = now.plus(parts.reconcile().every());
    }
    if (!round.isEmpty()) {
      walk();
      return Duration.ZERO;
    }
    Instant next = Instant.MAX;
    if (polls) {
      next = nextPoll;
    }
    if (walks && nextRound.isBefore(next)) {
      next = nextRound;
    }
    return next.equals(Instant.MAX)
        ? Duration.ofDays(1)
        : Duration.between(parts.clock().instant(), next);
  }

  /** Looks at the tickets that changed since the last time, and at those that wait. */
  private void poll(Instant now) throws Setback, InterruptedException {
    Map<String, Owned> known = new HashMap<>();
    owned().forEach(each -> known.put(each.link().getKey(), each));
    List<Seen> seen = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    for (int page = 0; page < MAX_PAGES && !known.isEmpty(); page++) {
      parts.pace().take();
      Instant at = parts.clock().instant();
      Page tickets = parts.tracker().list(mark, true, cursor);
      for (Standing standing : tickets.tickets()) {
        Owned owned = known.get(standing.key());
        if (owned != null) {
          noteAssignee(owned, standing);
          if (standing.open() == (owned.link().getState() == TicketState.CLOSED)) {
            seen.add(Seen.of(owned.partition(), owned.link(), Optional.of(standing), at));
          }
        }
      }
      cursor = tickets.next();
      if (cursor.isEmpty()) {
        break;
      }
    }
    clerk.settle(seen);
    mark = now.minus(CLOCKS);
  }

  private void noteAssignee(Owned owned, Standing standing) throws Setback, InterruptedException {
    String now = standing.assignee().orElse("");
    String before = assignees.put(standing.key(), now);
    if (now.isEmpty() || now.equals(before)) {
      return;
    }
    parts.pace().take();
    for (Act act : parts.tracker().acts(standing)) {
      if (act.kind() == Act.Kind.ASSIGNED && act.at().isAfter(mark)) {
        TicketLink link = owned.link();
        parts
            .world()
            .ask(
                owned.partition(),
                TicketFeedback.newBuilder()
                    .setSink(parts.sink())
                    .setItemId(link.getItemId())
                    .setEpisode(link.getEpisode())
                    .setAsset(link.getAsset())
                    .setKind(FeedbackKind.ASSIGNED)
                    .setActor(act.actor().orElse(null))
                    .setComment(String.join(", ", act.words()))
                    .setAt(act.at())
                    .build());
      }
    }
  }

  private void begin(Instant now) {
    owned().stream()
        .filter(
            each ->
                each.link().getState() != TicketState.CLOSED
                    || (each.link().getAt() != null && each.link().getAt().plus(OVER).isAfter(now)))
        .forEach(round::add);
  }

  private void walk() throws Setback, InterruptedException {
    List<Seen> seen = new ArrayList<>();
    while (seen.size() < SLICE && !round.isEmpty()) {
      Owned next = round.peek();
      Instant at = parts.clock().instant();
      Optional<Standing> standing = Optional.empty();
      if (next.link().getKey() != null) {
        parts.pace().take();
        standing = parts.tracker().read(next.link().getKey());
      }
      // Only now: a setback leaves it where it was.
      round.remove();
      parts.metrics().compared();
      seen.add(Seen.of(next.partition(), next.link(), standing, at));
    }
    clerk.settle(seen);
  }

  private List<Owned> owned() {
    List<Owned> owned = new ArrayList<>();
    parts
        .deliveries()
        .links()
        .forEach(
            (partition, links) -> links.forEach(link -> owned.add(new Owned(partition, link))));
    return owned;
  }

  /** Tickets that wait for a scan, or for an acceptance to take effect. */
  int waiting() {
    return clerk.waiting();
  }
}
