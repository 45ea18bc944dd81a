package dev.sluice.sinks.runner;

import dev.sluice.sinks.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Enters what became of one attempt, wherever that matters. Used under the desk's lock. */
final class Outcome<W extends Errand<W>> implements Delivery.Settlement {
  private static final Logger LOG = LoggerFactory.getLogger(Outcome.class);

  private final RunnerParts parts;
  private final Dispatcher<W> dispatcher;
  private final Carrier<W> carrier;
  private final Books books;
  private final Gate gate;
  private final W errand;

  Outcome(
      RunnerParts parts,
      Dispatcher<W> dispatcher,
      Carrier<W> carrier,
      Books books,
      Gate gate,
      W errand) {
    this.parts = parts;
    this.dispatcher = dispatcher;
    this.carrier = carrier;
    this.books = books;
    this.gate = gate;
    this.errand = errand;
  }

  @Override
  public void delivered(Delivery.Receipt receipt) {
    Instant now = parts.timing().clock().instant();
    if (!errand.isEnded()) {
      books.acknowledge(errand, carrier.delivered(errand, receipt, now));
    }
    dispatcher.delivered(errand, nanos());
  }

  @Override
  public void retry(Optional<Duration> after, String reason) {
    log(reason, "A delivery is to be tried again");
    gate.trouble(reason);
    if (dispatcher.failed(errand, after.map(Duration::toNanos), nanos())) {
      bury("gave up after " + (errand.tries() + 1) + " attempts: " + reason);
    }
  }

  @Override
  public void rejected(String reason) {
    log(reason, "A delivery was rejected");
    if (!errand.isEnded()) {
      bury(reason);
    }
    dispatcher.answered(errand, nanos());
  }

  @Override
  public void gone(String reason) {
    if (!gate.isGone()) {
      LOG.atError()
          .addKeyValue("sink", parts.name())
          .addKeyValue("reason", reason)
          .log(
              "The receiver is gone for good: this sink sends nothing more until it is set up"
                  + " anew and restarted; its events wait in the topic");
    }
    gate.trouble(reason);
    gate.gone();
    dispatcher.abandoned(errand, nanos());
  }

  private void bury(String reason) {
    books.acknowledge(errand, books.bury(errand.records(), reason));
  }

  private long nanos() {
    return parts.timing().nanos().getAsLong();
  }

  private void log(String reason, String message) {
    LOG.atInfo()
        .addKeyValue("sink", parts.name())
        .addKeyValue("item", errand.lane())
        .addKeyValue("attempt", errand.tries() + 1)
        .addKeyValue("reason", reason)
        .log(message);
  }
}
