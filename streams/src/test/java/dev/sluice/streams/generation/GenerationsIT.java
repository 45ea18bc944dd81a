package dev.sluice.streams.generation;

import static dev.sluice.streams.Scans.npm;
import static dev.sluice.streams.Scans.trivy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.embedded.OneMachine;
import dev.sluice.embedded.junit.SharedKafka;
import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.Completeness;
import dev.sluice.events.Finding;
import dev.sluice.events.ItemStatus;
import dev.sluice.events.Observation;
import dev.sluice.events.ScanVerdict;
import dev.sluice.streams.Scans;
import dev.sluice.streams.SluiceStreams;
import dev.sluice.streams.topology.SluiceTopology;
import dev.sluice.topics.Topics.Realm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedKafka.class)
class GenerationsIT {
  private static final Observation JWT = npm("CVE-2015-9235", "jsonwebtoken", "0.4.0", "4.2.2");
  private static final Observation LODASH = npm("CVE-2019-10744", "lodash", "4.17.11", "4.17.12");
  private static final Observation MINIMIST = npm("CVE-2021-44906", "minimist", "1.2.5", "1.2.6");

  private static final Fingerprint SOME = new Fingerprint("part 0: facts from findings; rows v9");

  @TempDir Path state;
  private OneMachine machine;
  private Installation it;

  @BeforeEach
  void install(OneMachine machine) {
    this.machine = machine;
    it = new Installation(machine, Realm.COMMON, state);
  }

  @AfterEach
  void close() {
    it.close();
  }

  private Generations generations(Consumer<String> progress, RowUpgrade... upgrades) {
    return new Generations(it.kafka, List.of(upgrades), Duration.ZERO, progress);
  }

  private CarriedOver carryOver(int from, int to) {
    try (Generations generations = generations(step -> {})) {
      return generations.apply(generations.plan(it.generation(from), it.generation(to)));
    }
  }

  /** Generation 1 sees three vulnerabilities of one image and two of other assets, and stops. */
  private Scans.Scan liveThroughGeneration1() {
    Scans.Scan scan = trivy(JWT, LODASH, MINIMIST);
    try (SluiceStreams first = it.start(1, false)) {
      it.send(scan);
      it.send(trivy(JWT).asset("registry.example/acme/shop"));
      it.send(trivy(LODASH).asset("registry.example/acme/mail"));
    }
    return scan;
  }

  @Test
  void sameReportIsRepeatedInTheNextGenerationAndSaysNothingNew() {
    Scans.Scan scan = liveThroughGeneration1();
    Map<String, Finding> findings = it.findings();
    Map<String, ActionItem> items = it.items();
    List<ActionEvent> events = it.events();
    carryOver(1, 2);

    ScanVerdict verdict;
    try (SluiceStreams second = it.start(2, false)) {
      verdict = it.send(scan.again());
    }

    assertThat(verdict.getCompleteness()).isEqualTo(Completeness.REPEATED);
    assertThat(verdict.getRepeated()).isEqualTo(3);
    assertThat(it.findings()).hasSize(5).isEqualTo(findings);
    assertThat(it.items()).hasSize(5).isEqualTo(items);
    assertThat(it.events()).hasSize(5).isEqualTo(events);
  }

  @Test
  void itemOfTheOldGenerationIsResolvedInTheNewOneByItsOwnIdAndEpisode() {
    liveThroughGeneration1();
    ActionItem before = it.item("jsonwebtoken");
    ActionItem other = it.item("minimist");
    assertThat(before.getDue()).isNotNull();
    carryOver(1, 2);

    try (SluiceStreams second = it.start(2, false)) {
      it.send(trivy(LODASH, MINIMIST));
    }

    ActionItem after = it.items().get(before.getId());
    assertThat(after.getStatus()).isEqualTo(ItemStatus.RESOLVED);
    assertThat(after.getRevision()).isEqualTo(before.getRevision() + 1);
    assertThat(after.getEpisode()).isEqualTo(before.getEpisode());
    assertThat(after.getDue()).isEqualTo(before.getDue());
    assertThat(after.getFirstSeen()).isEqualTo(before.getFirstSeen());
    assertThat(after.getGeneration()).isEqualTo(2);
    assertThat(it.items().get(other.getId())).isEqualTo(other);
    assertThat(it.events()).hasSize(6);
    assertThat(it.events())
        .filteredOn(event -> event.getType() == ActionEventType.RESOLVED)
        .singleElement()
        .satisfies(event -> assertThat(event.getItemId()).isEqualTo(before.getId()));
  }

  @Test
  void scanThatHadOnlyBegunIsCompletedByTheNextGeneration() throws Exception {
    Scans.Scan begun = trivy(JWT, LODASH);
    try (SluiceStreams first = it.start(1, false)) {
      it.publish(begun, 0, 2);
      it.awaitRead(it.generation(1));
    }
    assertThat(it.findings()).isEmpty();
    carryOver(1, 2);

    try (SluiceStreams second = it.start(2, false)) {
      it.publish(begun, 2, 4);
      assertThat(it.verdict(begun).getCompleteness()).isEqualTo(Completeness.COMPLETE);
    }

    assertThat(it.items()).hasSize(2);
  }

  @Test
  void embargoedRealmIsCarriedOverByItself() {
    try (Installation embargoed = new Installation(machine, Realm.EMBARGOED, state)) {
      Scans.Scan scan = trivy(JWT, LODASH);
      try (SluiceStreams first = embargoed.start(1, false)) {
        embargoed.send(scan);
      }
      assertThatThrownBy(() -> embargoed.start(2, false)).isInstanceOf(GenerationException.class);

      try (SluiceStreams second = embargoed.start(2, true)) {
        assertThat(embargoed.send(scan.again()).getCompleteness()).isEqualTo(Completeness.REPEATED);
      }
      assertThat(embargoed.events()).hasSize(2);
    }
  }

  @Test
  void everyRowAndEveryOffsetIsThereAndTombstonesAreNot() throws Exception {
    liveThroughGeneration1();

    CarriedOver done = carryOver(1, 2);

    for (String store : SluiceTopology.stores()) {
      Map<String, String> rows = it.rows(it.generation(1), store);
      assertThat(it.rows(it.generation(2), store)).as(store).isEqualTo(rows);
      assertThat(it.raw(it.generation(2).changelog(store))).as(store).hasSameSizeAs(rows.keySet());
      assertThat(done.copied()).containsEntry(store, (long) rows.size());
    }
    assertThat(done.copied().get("facts")).isPositive();
    assertThat(done.copied().get("seen")).isPositive();
    var before = it.offsets(1);
    assertThat(before).isNotEmpty();
    assertThat(it.offsets(2)).containsAllEntriesOf(before).hasSize(3 * Installation.PARTITIONS);
  }

  @Test
  void newChangelogsHaveThePartitionsAndSettingsOfTheOldOnes() throws Exception {
    liveThroughGeneration1();
    ConfigResource old =
        new ConfigResource(ConfigResource.Type.TOPIC, it.generation(1).changelog("facts"));
    it.admin
        .incrementalAlterConfigs(
            Map.of(
                old,
                List.of(
                    new AlterConfigOp(
                        new ConfigEntry("segment.ms", "123456789"), AlterConfigOp.OpType.SET))))
        .all()
        .get();

    carryOver(1, 2);

    String name = it.generation(2).changelog("facts");
    ConfigResource now = new ConfigResource(ConfigResource.Type.TOPIC, name);
    var settings = it.admin.describeConfigs(List.of(now)).all().get().get(now);
    assertThat(settings.get("cleanup.policy").value()).isEqualTo("compact");
    assertThat(settings.get("segment.ms").value()).isEqualTo("123456789");
    TopicDescription topic = it.admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
    assertThat(topic.partitions()).hasSize(Installation.PARTITIONS);
  }

  @Test
  void planSaysWhatWouldBeDoneAndChangesNothing() throws Exception {
    liveThroughGeneration1();
    var topics = it.admin.listTopics().names().get();

    GenerationPlan plan;
    try (Generations generations = generations(step -> {})) {
      plan = generations.plan(it.generation(1), it.generation(2));
    }

    assertThat(plan.members()).isZero();
    assertThat(plan.interrupted()).isFalse();
    assertThat(plan.expired()).isFalse();
    assertThat(plan.upgrades()).isEmpty();
    assertThat(plan.offsets()).containsAllEntriesOf(it.offsets(1));
    assertThat(plan.changelogs())
        .extracting(GenerationPlan.Changelog::store)
        .containsExactlyInAnyOrderElementsOf(SluiceTopology.stores());
    assertThat(plan.changelogs())
        .filteredOn(log -> log.store().equals("facts"))
        .singleElement()
        .satisfies(
            log -> {
              assertThat(log.records()).isPositive();
              assertThat(log.bytes()).isPresent();
              assertThat(log.bytes().getAsLong()).isPositive();
            });
    assertThat(plan.describe()).contains(it.generation(2).changelog("facts")).contains("none");
    assertThat(it.admin.listTopics().names().get()).isEqualTo(topics);
    assertThat(it.offsets(2)).isEmpty();
  }

  @Test
  void interruptedCopyDoesNotCountAndIsMadeAgainFromNothing() throws Exception {
    Scans.Scan scan = liveThroughGeneration1();
    interruptAfter(2);
    assertThat(it.offsets(2)).isEmpty();
    assertThatThrownBy(() -> it.start(2, false))
        .isInstanceOf(GenerationException.class)
        .hasMessageContaining("streams.carry-over=true");

    CarriedOver again = carryOver(1, 2);

    assertThat(again.again()).isTrue();
    for (String store : SluiceTopology.stores()) {
      assertThat(it.raw(it.generation(2).changelog(store)))
          .as(store)
          .hasSameSizeAs(it.rows(it.generation(1), store).keySet());
    }
    try (SluiceStreams second = it.start(2, false)) {
      assertThat(it.send(scan.again()).getCompleteness()).isEqualTo(Completeness.REPEATED);
    }
    assertThat(it.events()).hasSize(5);
  }

  @Test
  void oldGenerationMayGoOnAfterAnInterruptedCopyAndLosesNothingByIt() {
    liveThroughGeneration1();
    interruptAfter(4);
    try (SluiceStreams first = it.start(1, false)) {
      it.send(trivy(LODASH, MINIMIST));
    }
    assertThat(it.item("jsonwebtoken").getStatus()).isEqualTo(ItemStatus.RESOLVED);
    int events = it.events().size();

    try (SluiceStreams second = it.start(2, true)) {
      it.send(trivy(LODASH, MINIMIST));
    }

    assertThat(it.events()).hasSize(events);
  }

  @Test
  void crashBehindTheOffsetsNeedsNoSecondCopy() throws Exception {
    liveThroughGeneration1();
    interruptAfter(5);
    assertThat(it.offsets(2)).isNotEmpty();

    try (SluiceStreams second = it.start(2, false)) {
      it.send(trivy(LODASH, MINIMIST));
    }

    assertThat(it.item("jsonwebtoken").getStatus()).isEqualTo(ItemStatus.RESOLVED);
    assertThat(it.admin.listTopics().names().get()).doesNotContain(it.generation(2).marker());
  }

  /** Crashes when so many steps are done: four topics, and then the offsets. */
  private void interruptAfter(int steps) {
    List<String> done = new ArrayList<>();
    Consumer<String> progress =
        step -> {
          done.add(step);
          if (done.size() == steps) {
            throw new IllegalStateException("crash");
          }
        };
    try (Generations generations = generations(progress)) {
      GenerationPlan plan = generations.plan(it.generation(1), it.generation(2));
      assertThatThrownBy(() -> generations.apply(plan)).hasMessage("crash");
    }
    assertThat(done).hasSize(steps);
  }

  @Test
  void secondCopyAtTheSameTimeShutsTheFirstOut() throws Exception {
    Scans.Scan scan = liveThroughGeneration1();
    List<String> steps = new ArrayList<>();
    Consumer<String> secondInBetween =
        step -> {
          steps.add(step);
          if (steps.size() == 2) {
            carryOver(1, 2);
          }
        };
    try (Generations slow = generations(secondInBetween)) {
      GenerationPlan plan = slow.plan(it.generation(1), it.generation(2));
      assertThatThrownBy(() -> slow.apply(plan))
          .isInstanceOf(GenerationException.CarriedElsewhere.class)
          .hasMessageContaining("another process");
    }

    for (String store : SluiceTopology.stores()) {
      assertThat(it.rows(it.generation(2), store))
          .as(store)
          .isEqualTo(it.rows(it.generation(1), store));
    }
    try (SluiceStreams second = it.start(2, false)) {
      assertThat(it.send(scan.again()).getCompleteness()).isEqualTo(Completeness.REPEATED);
    }
  }

  @Test
  void refusesToCopyWhileTheOldGenerationRuns() {
    Scans.Scan scan = trivy(JWT);
    try (SluiceStreams first = it.start(1, false)) {
      it.send(scan);

      assertThatThrownBy(() -> carryOver(1, 2))
          .isInstanceOf(GenerationException.class)
          .hasMessageContaining("still runs")
          .hasMessageContaining("Stop every instance");
    }
  }

  @Test
  void refusesToStartBesideAnotherGenerationThatRuns() {
    try (SluiceStreams second = it.start(2, false)) {
      it.send(trivy(JWT));
      Generation third = it.generation(3);
      try (Generations generations = generations(step -> {})) {
        assertThatThrownBy(() -> new GenerationGate(it.kafka, third, true, SOME).enter(generations))
            .hasMessageContaining("still runs");
      }
    }
  }

  @Test
  void refusesAHigherNumberWithoutStateAndNamesTheSetting() {
    liveThroughGeneration1();

    assertThatThrownBy(() -> it.start(2, false))
        .isInstanceOf(GenerationException.class)
        .hasMessageContaining("streams.carry-over=true")
        .hasMessageContaining("streams.generation to 1");
    assertThat(it.events()).hasSize(5);
  }

  @Test
  void refusesALowerNumberThanTheOneThatTookOver() {
    liveThroughGeneration1();
    try (SluiceStreams second = it.start(2, true)) {
      it.send(trivy(JWT));
    }

    assertThatThrownBy(() -> it.start(1, false))
        .isInstanceOf(GenerationException.class)
        .hasMessageContaining("has taken over")
        .hasMessageContaining("streams.generation to 2");
  }

  @Test
  void startsAgainWhereKafkaHasForgottenTheOffsetsOfARestedGeneration() throws Exception {
    liveThroughGeneration1();
    try (SluiceStreams second = it.start(2, true)) {
      it.send(trivy(LODASH, MINIMIST));
    }
    forgetOffsets(1);
    forgetOffsets(2);

    try (SluiceStreams second = it.start(2, false)) {
      it.send(trivy(LODASH, MINIMIST));
    }

    assertThat(it.item("jsonwebtoken").getStatus()).isEqualTo(ItemStatus.RESOLVED);
    assertThat(it.events()).hasSize(6);
  }

  @Test
  void carriesOverWhatAGenerationKnewWhoseOffsetsKafkaHasForgotten() throws Exception {
    Scans.Scan scan = liveThroughGeneration1();
    forgetOffsets(1);
    assertThatThrownBy(() -> it.start(2, false)).isInstanceOf(GenerationException.class);

    try (SluiceStreams second = it.start(2, true)) {
      assertThat(it.send(scan.again()).getCompleteness()).isEqualTo(Completeness.REPEATED);
    }

    assertThat(it.events()).hasSize(5);
  }

  private void forgetOffsets(int generation) throws ExecutionException, InterruptedException {
    it.admin.deleteConsumerGroups(List.of(it.generation(generation).applicationId())).all().get();
  }

  @Test
  void rowsGoThroughUpgradesAndMayBeDropped() {
    liveThroughGeneration1();
    RowUpgrade dropsTexts =
        new RowUpgrade() {
          @Override
          public String name() {
            return "drop-texts";
          }

          @Override
          public byte[] upgrade(String store, byte[] key, byte[] value) {
            return store.equals("facts") && key[0] == 'T' ? null : value;
          }
        };
    CarriedOver done;
    try (Generations generations = generations(step -> {}, dropsTexts)) {
      GenerationPlan plan = generations.plan(it.generation(1), it.generation(2));
      assertThat(plan.upgrades()).containsExactly("drop-texts");
      done = generations.apply(plan);
    }

    assertThat(done.dropped()).containsEntry("facts", 5L);
    assertThat(it.rows(it.generation(2), "facts").keySet())
        .noneMatch(key -> key.substring(2).startsWith("54"));
  }

  @Test
  void rowOfAnUnknownVersionStopsTheCopyBeforeAnythingCounts() throws Exception {
    liveThroughGeneration1();
    RowUpgrade fromTheFuture =
        new RowUpgrade() {
          @Override
          public String name() {
            return "future";
          }

          @Override
          public byte[] upgrade(String store, byte[] key, byte[] value) {
            byte[] row = value.clone();
            if (store.equals("facts") && key[0] == 'A') {
              row[0] = 9;
            }
            return row;
          }
        };
    try (Generations generations = generations(step -> {}, fromTheFuture)) {
      GenerationPlan plan = generations.plan(it.generation(1), it.generation(2));
      assertThatThrownBy(() -> generations.apply(plan))
          .isInstanceOf(GenerationException.class)
          .hasMessageContaining("rows of version 9");
    }
    assertThat(it.offsets(2)).isEmpty();
  }

  @Test
  void refusesPlansThatMakeNoSense() {
    liveThroughGeneration1();
    assertThatThrownBy(() -> carryOver(1, 1)).hasMessageContaining("must be higher");
    assertThatThrownBy(() -> carryOver(2, 3)).hasMessageContaining("no state to carry over");
    carryOver(1, 2);
    assertThatThrownBy(() -> carryOver(1, 2)).hasMessageContaining("state of its own");
  }

  @Test
  void releaseThatKeepsAnotherStateIsRefusedWithTheWayOut() {
    Scans.Scan scan = liveThroughGeneration1();
    GenerationGate other = new GenerationGate(it.kafka, it.generation(1), false, SOME);

    assertThatThrownBy(other::enter)
        .isInstanceOf(GenerationException.class)
        .hasMessageContaining("rows v9")
        .hasMessageContaining("streams.generation to 2")
        .hasMessageContaining("sluice rebuild --plan");

    try (SluiceStreams equal = it.start(1, false)) {
      assertThat(it.send(scan.again()).getCompleteness()).isEqualTo(Completeness.REPEATED);
    }
  }
}
