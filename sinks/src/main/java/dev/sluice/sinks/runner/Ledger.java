package dev.sluice.sinks.runner;

import dev.sluice.events.TicketLink;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What this sink sent, for the partitions that this instance owns: per item the link of the newest
 * episode and of the one before. It is the memory of {@code tickets.v1}. Not thread safe.
 */
final class Ledger {
  private final Map<Integer, Map<String, Links>> partitions = new HashMap<>();

  private record Links(TicketLink newest, TicketLink before) {
    Links with(TicketLink link) {
      if (link.getEpisode() > newest.getEpisode()) {
        return new Links(link, newest);
      }
      if (link.getEpisode() == newest.getEpisode()) {
        return link.getLastRevision() >= newest.getLastRevision() ? new Links(link, before) : this;
      }
      boolean fills = before == null || link.getEpisode() >= before.getEpisode();
      return fills ? new Links(newest, link) : this;
    }
  }

  /** Begins with an empty page for a partition. */
  void open(int partition) {
    partitions.put(partition, new HashMap<>());
  }

  /** Enters a link, in the order they were written. */
  void put(int partition, TicketLink link) {
    Map<String, Links> items = partitions.get(partition);
    if (items != null) {
      items.merge(
          link.getItemId(), new Links(link, null), (known, fresh) -> known.with(fresh.newest()));
    }
  }

  void drop(int partition) {
    partitions.remove(partition);
  }

  /** What was sent last for each item, by partition. */
  Map<Integer, List<TicketLink>> newest() {
    Map<Integer, List<TicketLink>> all = new HashMap<>();
    partitions.forEach(
        (partition, items) ->
            all.put(partition, items.values().stream().map(Links::newest).toList()));
    return all;
  }

  /** What was sent last for an item, whichever its episode. */
  Optional<TicketLink> newest(int partition, String itemId) {
    return links(partition, itemId).map(Links::newest);
  }

  /** What was sent last for every item of a partition. */
  Stream<TicketLink> newest(int partition) {
    return partitions.getOrDefault(partition, Map.of()).values().stream().map(Links::newest);
  }

  /** What was sent for one episode of an item. */
  Optional<TicketLink> of(int partition, String itemId, int episode) {
    return links(partition, itemId)
        .flatMap(
            links -> {
              if (links.newest().getEpisode() == episode) {
                return Optional.of(links.newest());
              }
              return Optional.ofNullable(links.before())
                  .filter(link -> link.getEpisode() == episode);
            });
  }

  /** What was sent for the latest episode before this one. */
  Optional<TicketLink> before(int partition, String itemId, int episode) {
    return links(partition, itemId)
        .flatMap(
            links ->
                links.newest().getEpisode() < episode
                    ? Optional.of(links.newest())
                    : Optional.ofNullable(links.before())
                        .filter(link -> link.getEpisode() < episode));
  }

  private Optional<Links> links(int partition, String itemId) {
    Map<String, Links> items = partitions.get(partition);
    return items == null ? Optional.empty() : Optional.ofNullable(items.get(itemId));
  }
}
