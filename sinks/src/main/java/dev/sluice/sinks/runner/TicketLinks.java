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
  static TicketLink intent(String sink, Said said, Instant at) {
    return base(sink, said, at).setState(TicketState.INTENT).setCreatedAt(at).build();
  }

  /** After a delivery. What an earlier delivery of the episode learnt is kept. */
  static TicketLink sent(
      String sink, Said said, Optional<TicketLink> before, Receipt receipt, Instant at) {
    long revision = said.revision();
    long known = before.map(TicketLink::getLastRevision).orElse(0L);
    TicketLink.Builder link =
        base(sink, said, at)
            .setState(said.ends() ? TicketState.CLOSED : TicketState.LINKED)
            .setCreatedAt(before.map(TicketLink::getCreatedAt).orElse(null))
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
    ids.add(said.newestId());
    ids.add(said.eventId());
    if (revision == known) {
      before.ifPresent(link0 -> ids.addAll(link0.getEventIds()));
    }
    return link.setLastHash(said.contentHash())
        .setLastRevision(revision)
        .setLastEventId(said.newestId())
        .setEventIds(List.copyOf(ids).subList(0, Math.min(ids.size(), MAX_EVENT_IDS)))
        .build();
  }

  private static TicketLink.Builder base(String sink, Said said, Instant at) {
    return TicketLink.newBuilder()
        .setSink(sink)
        .setItemId(said.itemId())
        .setEpisode(said.episode())
        .setAsset(said.asset())
        .setMarker(marker(sink, said.itemId(), said.episode()))
        .setAt(at);
  }
}
