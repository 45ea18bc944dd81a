package dev.sluice.sinks.runner;

import dev.sluice.events.TicketLink;
import dev.sluice.events.TicketState;
import dev.sluice.sinks.SinkDescriptor.Wants;
import dev.sluice.sinks.route.Route;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides whether work whose turn it is still has anything to say to the receiver. */
final class Judge implements Predicate<Work> {
  private static final Logger LOG = LoggerFactory.getLogger(Judge.class);

  private final String sink;
  private final Wants wants;
  private final boolean cleared;
  private final Route route;
  private final Ledger ledger;
  private final SinkMetrics metrics;

  Judge(
      String sink, Wants wants, boolean cleared, Route route, Ledger ledger, SinkMetrics metrics) {
    this.sink = sink;
    this.wants = wants;
    this.cleared = cleared;
    this.route = route;
    this.ledger = ledger;
    this.metrics = metrics;
  }

  static Judge of(RunnerParts parts, Books books) {
    boolean cleared = parts.settings().cleared() && parts.descriptor().carriesEmbargoed();
    Wants wants = parts.descriptor().wants();
    Route route = Route.of(parts.name(), parts.settings().when(), wants);
    return new Judge(parts.name(), wants, cleared, route, books.ledger(), parts.metrics());
  }

  @Override
  public boolean test(Work work) {
    if (work.item().getEmbargoed() && !cleared) {
      LOG.atWarn()
          .addKeyValue("sink", sink)
          .addKeyValue("item", work.itemId())
          .log("Withheld an embargoed item from a sink that is not cleared");
      metrics.skipped(SinkMetrics.Skip.EMBARGOED);
      return false;
    }
    if (isKnown(work)) {
      metrics.skipped(SinkMetrics.Skip.DELIVERED_BEFORE);
      return false;
    }
    if (!route.takes(work.item(), work.event(), isUnderWay(work))) {
      metrics.skipped(SinkMetrics.Skip.ROUTED_ELSEWHERE);
      return false;
    }
    if (wants == Wants.CURRENT_STATE && saysNothingNew(work)) {
      metrics.skipped(SinkMetrics.Skip.NOTHING_TO_SAY);
      return false;
    }
    return true;
  }

  /** Revisions count up over all episodes, so an older one was sent or has been overtaken. */
  private boolean isKnown(Work work) {
    Optional<TicketLink> newest = ledger.newest(work.partition(), work.itemId());
    if (newest.isEmpty()) {
      return false;
    }
    long sent = newest.get().getLastRevision();
    long revision = work.item().getRevision();
    return switch (work.origin()) {
      case REPLAY -> false;
      case REFRESH -> revision < sent;
      case STATE -> revision <= sent;
      case EVENT ->
          revision < sent
              || (revision == sent && newest.get().getEventIds().contains(work.newestId()));
    };
  }

  /** Whether the receiver knows the item as something that has not ended. */
  private boolean isUnderWay(Work work) {
    boolean thisEpisode = ledger.of(work.partition(), work.itemId(), work.episode()).isPresent();
    return thisEpisode
        || ledger
            .newest(work.partition(), work.itemId())
            .filter(link -> link.getState() != TicketState.CLOSED)
            .isPresent();
  }

  private boolean saysNothingNew(Work work) {
    Optional<TicketLink> link = ledger.of(work.partition(), work.itemId(), work.episode());
    if (link.isEmpty()) {
      return work.ends() && work.tries() == 0;
    }
    if (work.origin() == Work.Origin.REFRESH) {
      return false;
    }
    boolean same = work.item().getContentHash().equals(link.get().getLastHash());
    return same && !work.item().getContentHash().isEmpty() && work.isPlainChange();
  }
}
