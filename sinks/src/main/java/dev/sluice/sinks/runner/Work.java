package dev.sluice.sinks.runner;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What waits to be delivered for one item: one event, or several of one episode that became one.
 *
 * @param claim the partition it came from
 * @param records the records that a rejection sends to the dead letters: the one of {@code event}
 *     and, where that is another, the one of {@code item}
 * @param event the event to deliver
 * @param item the newest state
 * @param newestId id of the newest event
 * @param offsets every record that is finished with this work
 * @param tries failed attempts so far
 * @param strikes those of them that count towards giving up
 * @param mark how many deliveries of the sink had succeeded at the last attempt
 * @param origin where it comes from
 * @param swept records of {@code items.v1} that were owed and are finished with this work
 */
record Work(
    Claim claim,
    List<ConsumerRecord<byte[], byte[]>> records,
    ActionEvent event,
    ActionItem item,
    String newestId,
    List<Long> offsets,
    int tries,
    int strikes,
    long mark,
    Origin origin,
    int swept)
    implements Errand<Work> {

  /** Where work comes from, which says when it is sent although the item was sent before. */
  enum Origin {
    /** An event of the topic. */
    EVENT,
    /** An event that was asked for by name: sent though newer ones were. */
    REPLAY,
    /** The state of an item, in place of events that were not kept: sent if it is newer. */
    STATE,
    /** The state of an item, said again though nothing changed. */
    REFRESH
  }

  /** Work from the topic of items. */
  static Work ofState(
      Claim claim, ConsumerRecord<byte[], byte[]> raw, ActionEvent event, Origin origin) {
    return new Work(
        claim,
        List.of(raw),
        event,
        event.getItem(),
        event.getId(),
        List.of(),
        0,
        0,
        -1,
        origin,
        origin == Origin.STATE ? 1 : 0);
  }

  static Work of(
      Claim claim, ConsumerRecord<byte[], byte[]> raw, ActionEvent event, boolean replayed) {
    return new Work(
        claim,
        List.of(raw),
        event,
        event.getItem(),
        event.getId(),
        List.of(raw.offset()),
        0,
        0,
        -1,
        replayed ? Origin.REPLAY : Origin.EVENT,
        0);
  }

  /** An event that is in no topic: nothing is finished with it, and nothing of it can be buried. */
  static Work of(Claim claim, ActionEvent event) {
    return new Work(
        claim,
        List.of(),
        event,
        event.getItem(),
        event.getId(),
        List.of(),
        0,
        0,
        -1,
        Origin.EVENT,
        0);
  }

  @Override
  public String lane() {
    return itemId();
  }

  String itemId() {
    return item.getId();
  }

  int episode() {
    return item.getEpisode();
  }

  int partition() {
    return claim.partition().partition();
  }

  @Override
  public long bytes() {
    long sum = 0;
    for (ConsumerRecord<byte[], byte[]> raw : records) {
      sum += raw.serializedValueSize();
    }
    return sum;
  }

  /** Whether a newer event of the item can be sent together with this one. */
  boolean joins(Work newer) {
    return episode() == newer.episode() && origin != Origin.REPLAY && newer.origin != Origin.REPLAY;
  }

  @Override
  public Optional<Work> joined(Work newer) {
    if (!joins(newer)) {
      return Optional.empty();
    }
    // The topic of items and the topic of events are read apart.
    boolean overtaken = newer.item.getRevision() < item.getRevision();
    return Optional.of(overtaken ? with(newer) : join(newer));
  }

  /**
   * This work and a newer one of the same episode as one: the newest state, under the event that
   * says most. An end says all; an opening stays an opening whatever changed meanwhile.
   */
  Work join(Work newer) {
    boolean keepMine =
        !isEnd(newer.event.getType())
            && !isEnd(event.getType())
            && weight(event.getType()) >= weight(newer.event.getType());
    List<Long> all = new ArrayList<>(offsets.size() + newer.offsets.size());
    all.addAll(offsets);
    all.addAll(newer.offsets);
    return new Work(
        claim,
        both(keepMine ? records.stream().limit(1) : Stream.of(), newer.records),
        keepMine ? event : newer.event,
        newer.item,
        newer.newestId,
        List.copyOf(all),
        tries,
        strikes,
        mark,
        origin == newer.origin ? origin : Origin.EVENT,
        swept + newer.swept);
  }

  /** This work, which also finishes an older state that came later. */
  private Work with(Work older) {
    List<Long> all = new ArrayList<>(offsets);
    all.addAll(older.offsets);
    return new Work(
        claim,
        records,
        event,
        item,
        newestId,
        List.copyOf(all),
        tries,
        strikes,
        mark,
        origin,
        swept + older.swept);
  }

  private static List<ConsumerRecord<byte[], byte[]>> both(
      Stream<ConsumerRecord<byte[], byte[]>> first, List<ConsumerRecord<byte[], byte[]>> newer) {
    return Stream.concat(first, newer.stream().skip(Math.max(0, newer.size() - 1))).toList();
  }

  @Override
  public Work failed(long successes) {
    boolean strike = mark >= 0 && successes > mark;
    return new Work(
        claim,
        records,
        event,
        item,
        newestId,
        offsets,
        tries + 1,
        strike ? strikes + 1 : strikes,
        successes,
        origin,
        swept);
  }

  @Override
  public boolean isOf(Collection<Claim> claims) {
    return claims.contains(claim);
  }

  @Override
  public boolean isDraining() {
    return claim.isDraining();
  }

  @Override
  public boolean isEnded() {
    return claim.isEnded();
  }

  @Override
  public void begin() {
    claim.begin();
  }

  @Override
  public void end() {
    claim.end();
  }

  @Override
  public void finish() {
    offsets.forEach(claim::finished);
    claim.owed().paid(swept);
  }

  /** Whether it ends its episode. */
  boolean ends() {
    return isEnd(event.getType());
  }

  /** Whether it says nothing but that the state is another. */
  boolean isPlainChange() {
    return weight(event.getType()) == 0;
  }

  private static boolean isEnd(ActionEventType type) {
    return type == ActionEventType.RESOLVED || type == ActionEventType.WITHDRAWN;
  }

  private static int weight(ActionEventType type) {
    return switch (type) {
      case UNKNOWN, CHANGED -> 0;
      case DUE_SOON -> 1;
      case OVERDUE -> 2;
      case EXPLOITED -> 3;
      case OPENED, REOPENED -> 4;
      case RESOLVED, WITHDRAWN -> 5;
    };
  }
}
