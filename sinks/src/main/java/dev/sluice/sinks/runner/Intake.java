package dev.sluice.sinks.runner;

import dev.sluice.events.ActionEvent;
import dev.sluice.sinks.SinkDescriptor.Wants;
import dev.sluice.sinks.SinkSettings.StartFrom;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reading side of a runner: one consumer from its subscription to its close. All of it runs on
 * one thread.
 */
final class Intake implements ConsumerRebalanceListener {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private static final Duration DRAIN = Duration.ofSeconds(10);
  private static final Duration SHORT_POLL = Duration.ofMillis(10);
  private static final long COMMIT_EVERY = Duration.ofMillis(500).toNanos();
  private static final int CATCH_UP = 100;

  private final RunnerParts parts;
  private final Desk<?> desk;
  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Claim> claims = new HashMap<>();
  private final Sweeper sweeper;
  private final boolean wantsState;
  private final int partitions;
  private final EventReader reader;
  private boolean full;
  private long bookedAt;

  Intake(RunnerParts parts, Desk<?> desk, Consumer<byte[], byte[]> consumer) {
    this.parts = parts;
    this.desk = desk;
    this.consumer = consumer;
    this.sweeper = new Sweeper(parts, desk);
    this.wantsState = parts.descriptor().wants() == Wants.CURRENT_STATE && parts.alerts().isEmpty();
    this.bookedAt = parts.timing().nanos().getAsLong();
    List<PartitionInfo> known = consumer.partitionsFor(parts.topic());
    if (known == null || known.isEmpty()) {
      throw new UnknownTopicOrPartitionException(
          "the topic %s does not exist; create it with: sluice topics create"
              .formatted(parts.topic()));
    }
    this.partitions = known.size();
    this.reader = new EventReader(parts.decoder(), partitions);
    consumer.subscribe(List.of(parts.topic()), this);
  }

  /** Reads once, and commits and pauses as needed. */
  void cycle(Duration wait) {
    desk.check();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(isBusy() ? SHORT_POLL : wait)) {
      Claim claim = claims.get(new TopicPartition(record.topic(), record.partition()));
      if (claim != null) {
        take(claim, record);
      }
    }
    desk.renewLease();
    throttle();
    sweeper.cycle(claims.values());
    long now = parts.timing().nanos().getAsLong();
    if (now - bookedAt >= COMMIT_EVERY) {
      bookedAt = now;
      commitAsync();
      publishLag();
      desk.publishMetrics();
    }
  }

  private boolean isBusy() {
    return full || sweeper.isUnderWay();
  }

  /** Ends well: what is under way is waited for and committed. */
  void finish() {
    release(List.copyOf(claims.keySet()));
    consumer.close();
  }

  /** Ends badly: nothing is committed, and every claim is given up at once. */
  void abandon() {
    sweeper.breakOff();
    desk.forget(claims.values());
    claims.clear();
    try {
      consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
    } catch (KafkaException e) {
      LOG.atDebug().addKeyValue("sink", parts.name()).setCause(e).log("A consumer closed badly");
    }
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
    if (assigned.isEmpty()) {
      return;
    }
    Set<TopicPartition> all = new HashSet<>(assigned);
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(all);
    Map<TopicPartition, OffsetAndMetadata> first = new HashMap<>();
    for (TopicPartition partition : all) {
      if (committed.get(partition) == null) {
        first.put(partition, start(partition));
      }
    }
    if (!first.isEmpty()) {
      // Else a sink that starts from now would skip what comes before its first delivery ends.
      consumer.commitSync(first);
    }
    Map<TopicPartition, OffsetAndMetadata> from = new HashMap<>(first);
    for (TopicPartition partition : all) {
      if (committed.get(partition) != null) {
        String owed = committed.get(partition).metadata();
        from.put(partition, new OffsetAndMetadata(consumer.position(partition), owed));
      }
    }
    claim(from);
    if (full) {
      consumer.pause(all);
    }
  }

  /** Where a partition begins that this group has never read. */
  private OffsetAndMetadata start(TopicPartition partition) {
    StartFrom start = parts.settings().start();
    if (start == StartFrom.BEGINNING) {
      consumer.seekToBeginning(List.of(partition));
    } else {
      consumer.seekToEnd(List.of(partition));
    }
    Owed owed = new Owed();
    if (start == StartFrom.OPEN) {
      owed.add(Instant.EPOCH, Instant.MIN);
    }
    return new OffsetAndMetadata(consumer.position(partition), owed.metadata());
  }

  private void claim(Map<TopicPartition, OffsetAndMetadata> from) {
    Map<TopicPartition, Long> ends = wantsState ? consumer.endOffsets(from.keySet()) : Map.of();
    Set<Integer> numbers = new HashSet<>();
    from.forEach(
        (partition, offset) -> {
          Claim claim = new Claim(partition, offset);
          long end = ends.getOrDefault(partition, 0L);
          if (end - offset.offset() > CATCH_UP) {
            claim.catchUpTo(end);
          }
          claims.put(partition, claim);
          numbers.add(partition.partition());
          desk.open(claim, partitions);
        });
    parts.tickets().read(numbers, desk::recall);
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
    release(revoked);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> lost) {
    sweeper.breakOff();
    List<Claim> mine = take(lost);
    desk.drain(mine, Duration.ZERO);
    desk.forget(mine);
  }

  private void release(Collection<TopicPartition> revoked) {
    // A message may be about events of several partitions: all are given up, and the rest again
    // taken.
    Set<TopicPartition> rest =
        parts.alerts().isPresent() ? new HashSet<>(claims.keySet()) : new HashSet<>();
    rest.removeAll(revoked);
    giveUp(revoked, rest);
    if (!rest.isEmpty()) {
      Map<TopicPartition, OffsetAndMetadata> from = consumer.committed(rest);
      from.forEach((partition, offset) -> consumer.seek(partition, offset));
      claim(from);
    }
  }

  private void giveUp(Collection<TopicPartition> revoked, Collection<TopicPartition> rest) {
    sweeper.breakOff();
    List<Claim> mine = take(revoked);
    mine.addAll(take(rest));
    if (mine.isEmpty()) {
      return;
    }
    if (!desk.drain(mine, DRAIN)) {
      LOG.atWarn()
          .addKeyValue("sink", parts.name())
          .log("Gave a partition away with deliveries under way; they will be repeated");
    }
    Map<TopicPartition, OffsetAndMetadata> progress = progress(mine);
    desk.forget(mine);
    if (!progress.isEmpty()) {
      try {
        consumer.commitSync(progress);
      } catch (KafkaException e) {
        LOG.atWarn()
            .addKeyValue("sink", parts.name())
            .addKeyValue("error", e.getClass().getSimpleName())
            .log("The last offsets could not be committed; what was delivered is skipped later");
      }
    }
  }

  private List<Claim> take(Collection<TopicPartition> given) {
    List<Claim> mine = new ArrayList<>();
    for (TopicPartition partition : given) {
      Claim claim = claims.remove(partition);
      if (claim != null) {
        mine.add(claim);
      }
    }
    return mine;
  }

  private void take(Claim claim, ConsumerRecord<byte[], byte[]> record) {
    desk.locked(() -> claim.read(record.offset()));
    ActionEvent event;
    try {
      event = reader.read(record);
    } catch (EventReader.UnreadableException e) {
      desk.bury(claim, record, e.getMessage());
      return;
    }
    boolean replay = isReplayForMe(record);
    if (wantsState && !replay && isForLater(claim, record, event)) {
      Instant changed = event.getItem().getUpdatedAt();
      desk.locked(
          () -> {
            claim.owed().add(changed, Instant.MIN);
            claim.finished(record.offset());
          });
      return;
    }
    desk.accept(Work.of(claim, record, event, replay));
  }

  /** Whether the item's state is sent later instead of this event. */
  private boolean isForLater(
      Claim claim, ConsumerRecord<byte[], byte[]> record, ActionEvent event) {
    return claim.isCatchingUp(record.offset())
        || (desk.isFull() && !desk.isWaitingFor(event.getItemId()));
  }

  private boolean isReplayForMe(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(SinkRunners.REPLAY_HEADER);
    return header != null
        && parts.name().equals(new String(header.value(), StandardCharsets.UTF_8));
  }

  /** Keeps memory bounded: above the mark nothing more is fetched until half is done. */
  private void throttle() {
    if (wantsState) {
      // What there is no room for is owed, and needs none.
      return;
    }
    if (!full && desk.isFull()) {
      full = true;
      consumer.pause(consumer.assignment());
    } else if (full && desk.isHalfEmpty()) {
      full = false;
      consumer.resume(consumer.assignment());
    }
  }

  private void commitAsync() {
    Map<TopicPartition, OffsetAndMetadata> progress = progress(claims.values());
    if (progress.isEmpty()) {
      return;
    }
    consumer.commitAsync(
        progress,
        (offsets, error) -> {
          if (error != null) {
            LOG.atDebug().addKeyValue("sink", parts.name()).setCause(error).log("Commit failed");
            return;
          }
          desk.locked(() -> offsets.forEach(this::markCommitted));
        });
  }

  private void markCommitted(TopicPartition partition, OffsetAndMetadata offset) {
    Claim claim = claims.get(partition);
    if (claim != null) {
      claim.committed(offset);
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> progress(Collection<Claim> of) {
    Map<TopicPartition, OffsetAndMetadata> progress = new HashMap<>();
    desk.locked(
        () ->
            of.stream()
                .filter(Claim::hasProgress)
                .forEach(claim -> progress.put(claim.partition(), claim.progress())));
    return progress;
  }

  private void publishLag() {
    long lag = 0;
    for (Claim claim : claims.values()) {
      lag += consumer.currentLag(claim.partition()).orElse(0);
      lag += Math.max(0, consumer.position(claim.partition()) - claim.lastCommitted());
    }
    parts.metrics().lag(lag);
    parts
        .metrics()
        .owed(desk.look(b -> claims.values().stream().anyMatch(c -> c.owed().since().isPresent())));
  }
}
