package dev.sluice.sinks.runner;

import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.alert.AlertContext;
import dev.sluice.sinks.alert.AlertSink;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Feeds a sink with alerts, each about the events of one group and time. */
final class AlertCarrier implements Carrier<Message> {
  private final RunnerParts parts;
  private final AlertSink sink;
  private final Books books;
  private final Judge judge;
  private final Groups groups;

  AlertCarrier(RunnerParts parts, AlertSink sink, Books books) {
    this.parts = parts;
    this.sink = sink;
    this.books = books;
    this.judge = Judge.of(parts, books);
    this.groups = new Groups(parts.topic(), parts.settings().grouping());
  }

  @Override
  public void accept(Work work, Consumer<Message> ready) {
    if (judge.test(work)) {
      groups.add(work, now());
    } else {
      work.finish();
    }
  }

  @Override
  public void release(Consumer<Message> ready) {
    groups.due(now()).forEach(ready);
  }

  @Override
  public long untilRelease() {
    return groups
        .next()
        .map(at -> Math.max(1, nanos(Duration.between(now(), at))))
        .orElse(Long.MAX_VALUE);
  }

  /** A pause of more than a day is looked at again, so that a clock that was set is noticed. */
  private static long nanos(Duration pause) {
    Duration limit = Duration.ofDays(1);
    return (pause.compareTo(limit) > 0 ? limit : pause).toNanos();
  }

  @Override
  public int held() {
    return groups.held();
  }

  @Override
  public boolean isFull() {
    return groups.isFull();
  }

  @Override
  public boolean isWanted(Message message) {
    return true;
  }

  @Override
  public Delivery attempt(Message message) throws InterruptedException {
    return sink.deliver(message.alert(), new AlertContext(message.tries() + 1));
  }

  @Override
  public List<CompletableFuture<Void>> delivered(
      Message message, Delivery.Receipt receipt, Instant now) {
    message.alert().to().ifPresent(at -> parts.metrics().delivered(Duration.between(at, now)));
    parts.metrics().alerted(message.alert().kind());
    return message.notes().stream()
        .map(note -> books.enter(note.claim(), note.said(), receipt, now))
        .toList();
  }

  @Override
  public void forget(Collection<Claim> claims) {
    groups.clear();
  }

  private Instant now() {
    return parts.timing().clock().instant();
  }
}
