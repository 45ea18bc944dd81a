package dev.sluice.sinks.runner;

import dev.sluice.events.TicketLink;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How many tickets may still be created today, in UTC. Each instance has a share by the partitions
 * that it owns, and counts what was created in them, by whomever. Not thread safe.
 */
final class Budget {
  private final int perDay;
  private int partitions = 1;
  private final Map<Integer, Set<String>> taken = new HashMap<>();
  private LocalDate day = LocalDate.MIN;
  private boolean spent;

  /**
   * @param perDay tickets a day; 0 is no limit
   */
  Budget(int perDay) {
    this.perDay = perDay;
  }

  /**
   * A partition is ours.
   *
   * @param all how many there are
   */
  void open(int partition, int all) {
    partitions = all;
    taken.put(partition, new HashSet<>());
  }

  void drop(int partition) {
    taken.remove(partition);
  }

  /** A ticket that was created, or was about to be, as the books say. */
  void recall(int partition, TicketLink link, Instant now) {
    turnTo(now);
    boolean today = link.getCreatedAt() != null && day(link.getCreatedAt()).equals(day);
    if (today && taken.containsKey(partition)) {
      taken.get(partition).add(slot(link.getItemId(), link.getEpisode()));
    }
  }

  /**
   * Takes a place for a new ticket; one that has its place keeps it.
   *
   * @return whether there was one
   */
  boolean take(int partition, String itemId, int episode, Instant now) {
    turnTo(now);
    Set<String> mine = taken.computeIfAbsent(partition, number -> new HashSet<>());
    String slot = slot(itemId, episode);
    if (perDay == 0 || mine.contains(slot)) {
      return true;
    }
    if (taken.values().stream().mapToInt(Set::size).sum() >= share()) {
      return false;
    }
    mine.add(slot);
    return true;
  }

  /** Whether this is the first time today that it is found to be used up. */
  boolean isSpentNow() {
    boolean first = !spent;
    spent = true;
    return first;
  }

  /** Whether it was found to be used up today. */
  boolean isSpent(Instant now) {
    turnTo(now);
    return spent;
  }

  /** When the next day begins. */
  static Instant nextDay(Instant now) {
    return day(now).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** What this instance may create today, at least 1. */
  int share() {
    long up = (long) perDay * taken.size() + partitions - 1;
    return (int) Math.max(1, up / partitions);
  }

  private void turnTo(Instant now) {
    if (!day(now).equals(day)) {
      day = day(now);
      spent = false;
      taken.values().forEach(Set::clear);
    }
  }

  private static String slot(String itemId, int episode) {
    return itemId + "/" + episode;
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }
}
