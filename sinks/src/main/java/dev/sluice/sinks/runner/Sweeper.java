package dev.sluice.sinks.runner;

import dev.sluice.events.ActionItem;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Sends the states of items: those that are owed, and, where the sink asks for it, now and then
 * those that are open. Runs on the reading thread, one walk at a time, and only while the receiver
 * takes what it is sent.
 */
final class Sweeper {
  private final RunnerParts parts;
  private final Desk<?> desk;
  private final Duration refresh;
  private final Duration unsaid;
  private Instant refreshAt;
  private Sweep sweep;
  private Work.Origin origin;

  Sweeper(RunnerParts parts, Desk<?> desk) {
    this.parts = parts;
    this.desk = desk;
    Duration repeat = parts.settings().grouping().repeat();
    boolean repeats = parts.alerts().isPresent() && !repeat.isZero();
    // What was said a day ago is looked for often enough to be said again soon after the day.
    this.refresh = repeats ? repeat.dividedBy(24) : parts.sink().refreshInterval();
    this.unsaid = repeats ? repeat : Duration.ZERO;
    this.refreshAt = now().plus(refresh);
  }

  /** Goes on, or begins, if there is anything to send and room for it. */
  void cycle(Collection<Claim> claims) {
    if (!desk.isFlowing()) {
      return;
    }
    if (sweep == null) {
      begin(claims);
    }
    if (sweep != null && sweep.step(this::take)) {
      end();
    }
  }

  /** Whether there is more to send at once. */
  boolean isUnderWay() {
    return sweep != null;
  }

  /** Some partition is given away: what was not handed out stays owed. */
  void breakOff() {
    if (sweep != null) {
      sweep.close();
      if (origin == Work.Origin.STATE) {
        desk.locked(() -> sweep.claims().forEach(claim -> claim.owed().breakOff()));
      }
      sweep = null;
    }
  }

  private void begin(Collection<Claim> claims) {
    Instant now = now();
    List<Claim> due =
        desk.look(books -> claims.stream().filter(claim -> claim.owed().isDue(now)).toList());
    if (!due.isEmpty()) {
      origin = Work.Origin.STATE;
      desk.locked(() -> due.forEach(claim -> claim.owed().begin()));
      sweep =
          new Sweep(
              due, parts.items(), (claim, item) -> desk.look(books -> books.isOwed(claim, item)));
    } else if (!refresh.isZero() && !now.isBefore(refreshAt) && !claims.isEmpty()) {
      refreshAt = now.plus(refresh);
      origin = Work.Origin.REFRESH;
      Instant before = now.minus(unsaid);
      if (desk.look(books -> books.anyUnmentioned(claims, before))) {
        sweep =
            new Sweep(
                claims,
                parts.items(),
                (claim, item) -> desk.look(books -> books.isUnmentioned(claim, item, before)));
      }
    }
  }

  private void take(Claim claim, ConsumerRecord<byte[], byte[]> raw, ActionItem item) {
    boolean known = desk.look(books -> books.knows(claim, item));
    if (origin == Work.Origin.STATE) {
      desk.locked(() -> claim.owed().handOut());
    }
    desk.accept(Work.ofState(claim, raw, StateEvent.of(item, known, now()), origin));
  }

  private void end() {
    if (origin == Work.Origin.STATE) {
      desk.locked(() -> sweep.claims().forEach(claim -> claim.owed().allHandedOut()));
    }
    sweep.close();
    sweep = null;
  }

  private Instant now() {
    return parts.timing().clock().instant();
  }
}
