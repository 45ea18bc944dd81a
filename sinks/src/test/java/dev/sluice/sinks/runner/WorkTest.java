package dev.sluice.sinks.runner;

import static dev.sluice.events.ActionEventType.CHANGED;
import static dev.sluice.events.ActionEventType.DUE_SOON;
import static dev.sluice.events.ActionEventType.EXPLOITED;
import static dev.sluice.events.ActionEventType.OPENED;
import static dev.sluice.events.ActionEventType.REOPENED;
import static dev.sluice.events.ActionEventType.RESOLVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.ActionEventType;
import dev.sluice.sinks.Samples;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class WorkTest {
  private final Claim claim = new Claim(new TopicPartition("t", 0), 0);

  @Test
  void anOpeningKeepsItsWordAndTakesTheNewestState() {
    Work joined = work(1, OPENED).join(work(2, CHANGED)).join(work(3, EXPLOITED));
    assertThat(joined.event().getType()).isEqualTo(OPENED);
    assertThat(joined.item().getRevision()).isEqualTo(3);
    assertThat(joined.offsets()).containsExactly(1L, 2L, 3L);
    assertThat(joined.records()).extracting(ConsumerRecord::offset).containsExactly(1L, 3L);
  }

  @Test
  void anEndSaysAll() {
    Work joined = work(1, OPENED).join(work(2, RESOLVED));
    assertThat(joined.event().getType()).isEqualTo(RESOLVED);
    assertThat(joined.ends()).isTrue();
    assertThat(joined.records()).extracting(ConsumerRecord::offset).containsExactly(2L);
  }

  @Test
  void whatFollowsAnEndInTheSameEpisodeUndoesIt() {
    assertThat(work(1, RESOLVED).join(work(2, REOPENED)).event().getType()).isEqualTo(REOPENED);
  }

  @Test
  void theEventThatSaysMoreWins() {
    assertThat(work(1, CHANGED).join(work(2, DUE_SOON)).event().getType()).isEqualTo(DUE_SOON);
    assertThat(work(1, EXPLOITED).join(work(2, DUE_SOON)).event().getType()).isEqualTo(EXPLOITED);
  }

  @Test
  void theNewerOfTwoPlainChangesGivesItsStateEither() {
    Work joined = work(1, CHANGED).join(work(2, CHANGED));
    assertThat(joined.item().getRevision()).isEqualTo(2);
    assertThat(joined.newestId()).isEqualTo(work(2, CHANGED).newestId());
  }

  @Test
  void episodesDoNotJoin() {
    Work next =
        Work.of(claim, record(9), Samples.event("i", 2, 9, ActionEventType.REOPENED), false);
    assertThat(work(1, RESOLVED).joins(next)).isFalse();
  }

  @Test
  void failuresAreStrikesOnlyWhileOthersSucceed() {
    Work first = work(1, OPENED).failed(5);
    assertThat(first.strikes()).isZero();
    Work second = first.failed(5);
    assertThat(second.strikes()).isZero();
    assertThat(second.failed(6).strikes()).isEqualTo(1);
    assertThat(second.failed(6).tries()).isEqualTo(3);
  }

  private Work work(long revision, ActionEventType type) {
    return Work.of(claim, record(revision), Samples.event("i", 1, revision, type), false);
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset) {
    return new ConsumerRecord<>("t", 0, offset, new byte[1], new byte[10]);
  }
}
