package dev.sluice.sinks.runner;

import static dev.sluice.events.ActionEventType.CHANGED;
import static dev.sluice.events.ActionEventType.OPENED;
import static dev.sluice.events.ActionEventType.RESOLVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionItem;
import dev.sluice.events.TicketLink;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.Samples;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkContext;
import dev.sluice.sinks.SinkDescriptor.Wants;
import dev.sluice.topics.AssetPartitioner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What a sink is sent from the states of items: what is owed, what is open, what is refreshed. */
final class StatesTest {
  private static final int HOME =
      AssetPartitioner.partition(Samples.item("x").build().getAsset(), Bench.PARTITIONS);

  @Test
  void aSinkThatWasDownSendsTheCurrentStateOfEachItemOnce() {
    Bench bench = tickets(Map.of("buffer", "10"));
    bench.receiver = context -> Delivery.retry("down");
    bench.assign(0, 1);
    for (long revision = 1; revision <= 10; revision++) {
      for (int i = 0; i < 200; i++) {
        put(bench, Samples.event("item-" + i, 1, revision, revision == 1 ? OPENED : CHANGED));
      }
      bench.run(Duration.ofMinutes(2));
    }
    assertThat(bench.desk.waiting()).isLessThan(30);
    bench.delivered.clear();
    bench.receiver = context -> Delivery.delivered("T", null);
    bench.run(Duration.ofMinutes(5));
    List<String> stale = bench.delivered.stream().filter(line -> !line.contains("/10 ")).toList();
    assertThat(stale).as("waited in memory when it was still the newest").hasSizeLessThan(20);
    assertThat(bench.delivered.stream().filter(line -> line.contains("/10 ")).distinct())
        .hasSize(200);
    assertThat(bench.delivered).hasSizeLessThan(220);
    assertThat(bench.committed(HOME)).isEqualTo(2_000);
    assertThat(owed(bench)).isEmpty();
  }

  @Test
  void aSinkThatStartsFarBehindSkipsWhatIsStale() {
    Bench bench = tickets(Map.of());
    for (long revision = 1; revision <= 10; revision++) {
      for (int i = 0; i < 50; i++) {
        put(bench, Samples.event("item-" + i, 1, revision, revision == 1 ? OPENED : CHANGED));
      }
    }
    for (int i = 0; i < 20; i++) {
      put(bench, Samples.event("item-" + i, 1, 11, RESOLVED));
    }
    bench.assign(0, 1).run(Duration.ofSeconds(20));
    assertThat(bench.delivered).hasSize(30).allMatch(line -> line.contains("/10 OPENED"));
    assertThat(bench.committed(HOME)).isEqualTo(520);
  }

  @Test
  void aSinkThatDiesWhileItCatchesUpOwesTheRest() {
    Bench bench = tickets(Map.of());
    for (int i = 0; i < 500; i++) {
      put(bench, Samples.event("item-" + i, 1, 1, OPENED));
    }
    bench.receiver =
        context ->
            bench.delivered.size() < 200 ? Delivery.delivered("T", null) : Delivery.retry("");
    bench.assign(0, 1).run(Duration.ofSeconds(20));
    assertThat(bench.committed(HOME)).isEqualTo(500);
    assertThat(owed(bench)).startsWith("owed-since=");
    long first = bench.delivered.stream().filter(line -> line.endsWith("delivered")).count();
    Bench next = tickets(Map.of());
    next.links.putAll(bench.links);
    copy(bench, next);
    next.assign(0, 1);
    next.consumer.commitSync(
        Map.of(new TopicPartition(Bench.TOPIC, HOME), new OffsetAndMetadata(500, owed(bench))));
    next.consumer.rebalance(List.of());
    next.assign(0, 1).run(Duration.ofSeconds(20));
    assertThat(next.delivered).hasSize((int) (500 - first));
    assertThat(owed(next)).isEmpty();
  }

  @Test
  void aNewSinkCanStartWithAllThatIsOpen() {
    Bench bench = new Bench(Wants.EVERY_EVENT, false, Map.of("start", "OPEN"));
    put(bench, Samples.event("old", 1, 1, OPENED));
    put(bench, Samples.event("old", 1, 2, CHANGED));
    put(bench, Samples.event("done", 1, 1, OPENED));
    put(bench, Samples.event("done", 1, 2, RESOLVED));
    bench.assign(0, 1).run(Duration.ofSeconds(3));
    assertThat(bench.delivered).containsExactly("old/2 OPENED delivered");
    put(bench, Samples.event("old", 1, 3, RESOLVED));
    bench.run(Duration.ofSeconds(3));
    assertThat(bench.delivered)
        .containsExactly("old/2 OPENED delivered", "old/3 RESOLVED delivered");
    assertThat(owed(bench)).isEmpty();
  }

  @Test
  void aSinkThatStartsNowIsNotSentWhatWasOpenBefore() {
    Bench bench = tickets(Map.of("start", "NOW"));
    put(bench, Samples.event("old", 1, 1, OPENED));
    bench.assign(0, 1).run(Duration.ofSeconds(3));
    put(bench, Samples.event("new", 1, 1, OPENED));
    bench.run(Duration.ofSeconds(3));
    assertThat(bench.delivered).containsExactly("new/1 OPENED delivered");
  }

  @Test
  void openItemsAreSentAgainWhereTheSinkAsksForIt() {
    List<String> sent = new ArrayList<>();
    Sink sink =
        new Sink() {
          @Override
          public Delivery deliver(ActionItem item, ActionEvent event, SinkContext context) {
            sent.add(item.getId() + "/" + item.getRevision() + " " + event.getCause());
            return Delivery.delivered();
          }

          @Override
          public Duration refreshInterval() {
            return Duration.ofMinutes(2);
          }
        };
    Bench bench = new Bench(Wants.CURRENT_STATE, false, Map.of(), sink);
    bench.assign(0, 1);
    put(bench, Samples.event("a", 1, 1, OPENED));
    put(bench, Samples.event("b", 1, 1, OPENED));
    bench.run(Duration.ofSeconds(5));
    put(bench, Samples.event("b", 1, 2, RESOLVED));
    bench.run(Duration.ofMinutes(5));
    assertThat(sent).containsExactly("a/1 scan", "b/1 scan", "b/2 scan", "a/1 state", "a/1 state");
  }

  @Test
  void ticketsAboveTheBudgetWaitForTheNextDay() {
    Bench bench = tickets(Map.of("ticket-budget", "5"));
    bench.assign(0, 1);
    for (int i = 0; i < 12; i++) {
      put(bench, Samples.event("item-" + i, 1, 1, OPENED));
    }
    bench.run(Duration.ofSeconds(20));
    assertThat(bench.delivered).hasSize(5);
    assertThat(bench.committed(HOME)).as("nothing else is held up").isEqualTo(12);
    assertThat(owed(bench)).isNotEmpty();
    assertThat(bench.meters.get(SinkMetrics.BUDGET_SPENT).gauge().value()).isEqualTo(1);
    String made = bench.delivered.get(0).split("/")[0];
    put(bench, Samples.event(made, 1, 2, RESOLVED));
    bench.run(Duration.ofSeconds(5));
    assertThat(bench.delivered).hasSize(6).last().isEqualTo(made + "/2 RESOLVED delivered");
    bench.delivered.clear();
    for (int day = 0; day < 3; day++) {
      bench.time.pass(Duration.ofHours(24));
      bench.run(Duration.ofSeconds(20));
      assertThat(bench.delivered).hasSize(day == 0 ? 5 : 7);
    }
    assertThat(owed(bench)).isEmpty();
  }

  @Test
  void theBudgetSurvivesARestart() {
    Bench bench = tickets(Map.of("ticket-budget", "5"));
    bench.assign(0, 1);
    for (int i = 0; i < 4; i++) {
      put(bench, Samples.event("item-" + i, 1, 1, OPENED));
    }
    bench.run(Duration.ofSeconds(5));
    assertThat(bench.links.get(HOME)).extracting(TicketLink::getCreatedAt).doesNotContainNull();
    Bench next = tickets(Map.of("ticket-budget", "5"));
    next.links.putAll(bench.links);
    next.assign(0, 1);
    for (int i = 4; i < 8; i++) {
      put(next, Samples.event("item-" + i, 1, 1, OPENED));
    }
    next.run(Duration.ofSeconds(5));
    assertThat(next.delivered).hasSize(1);
  }

  @Test
  void noBudgetIsNoLimit() {
    Bench bench = tickets(Map.of("ticket-budget", "0"));
    bench.assign(0, 1);
    for (int i = 0; i < 300; i++) {
      put(bench, Samples.event("item-" + i, 1, 1, OPENED));
    }
    bench.run(Duration.ofSeconds(20));
    assertThat(bench.delivered).hasSize(300);
  }

  private static Bench tickets(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.putIfAbsent("ticket-budget", "0");
    Bench bench = new Bench(Wants.CURRENT_STATE, true, all);
    bench.receiver = context -> Delivery.delivered("T", null);
    return bench;
  }

  /** As the topology does: the event and the item's state. */
  private static void put(Bench bench, ActionEvent event) {
    bench.states.put(event.getItem());
    bench.send(event);
  }

  private static void copy(Bench from, Bench to) {
    from.states.read(Set.of(0, 1)).next(Duration.ZERO).stream()
        .map(state -> state.item().orElseThrow())
        .forEach(to.states::put);
  }

  private static String owed(Bench bench) {
    TopicPartition key = new TopicPartition(Bench.TOPIC, HOME);
    return bench.consumer.committed(Set.of(key)).get(key).metadata();
  }
}
