package dev.sluice.sinks.runner;

import dev.sluice.events.TicketLink;
import dev.sluice.events.TicketState;
import dev.sluice.sinks.Delivery.Receipt;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes what a sink is about to do and what it did as ticket links. */
final class TicketLinks {
  private static final int MAX_EVENT_IDS = 8;

  private TicketLinks() {}

  /** Key of a link in {@code tickets.v1}. */
  static String key(String sink, String itemId, int episode) {
    return sink + "/" + itemId + "/" + episode;
  }

  /** Deterministic mark by which a receiver's ticket is found again. */
  static String marker(String sink, String itemId, int episode) {
    return "sluice:" + sink + ":" + itemId + ":" + episode;
  }

  /** Before the first delivery of an episode: something may be at the receiver from now on. */
  static TicketLink intent(String sink, Work work, Instant at) {
    return base(sink, work, at).setState(TicketState.INTENT).build();
  }

  /** After a delivery. What an earlier delivery of the episode learnt is kept. */
  static TicketLink sent(
      String sink, Work work, Optional<TicketLink> before, Receipt receipt, Instant at) {
    long revision = work.item().getRevision();
    long known = before.map(TicketLink::getLastRevision).orElse(0L);
    TicketLink.Builder link =
        base(sink, work, at)
            .setState(work.ends() ? TicketState.CLOSED : TicketState.LINKED)
            .setKey(receipt.key().or(() -> before.map(TicketLink::getKey)).orElse(null))
            .setUrl(receipt.url().or(() -> before.map(TicketLink::getUrl)).orElse(null));
    if (revision < known) {
      // A replay of something older: what was sent last stays what was sent last.
      return link.setState(before.get().getState())
          .setLastHash(before.get().getLastHash())
          .setLastRevision(known)
          .setLastEventId(before.get().getLastEventId())
          .setEventIds(before.get().getEventIds())
          .build();
    }
    Set<String> ids = new LinkedHashSet<>();
    ids.add(work.newestId());
    ids.add(work.event().getId());
    if (revision == known) {
      before.ifPresent(link0 -> ids.addAll(link0.getEventIds()));
    }
    return link.setLastHash(work.item().getContentHash())
        .setLastRevision(revision)
        .setLastEventId(work.newestId())
        .setEventIds(List.copyOf(ids).subList(0, Math.min(ids.size(), MAX_EVENT_IDS)))
        .build();
  }

  private static TicketLink.Builder base(String sink, Work work, Instant at) {
    return TicketLink.newBuilder()
        .setSink(sink)
        .setItemId(work.itemId())
        .setEpisode(work.episode())
        .setAsset(work.item().getAsset())
        .setMarker(marker(sink, work.itemId(), work.episode()))
        .setAt(at);
  }
}
