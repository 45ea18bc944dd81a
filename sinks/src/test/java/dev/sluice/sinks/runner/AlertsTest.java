package dev.sluice.sinks.runner;

import static dev.sluice.events.ActionEventType.EXPLOITED;
import static dev.sluice.events.ActionEventType.OPENED;
import static dev.sluice.events.ActionEventType.RESOLVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionItem;
import dev.sluice.events.ItemFinding;
import dev.sluice.events.Severity;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.Samples;
import dev.sluice.sinks.alert.Alert;
import dev.sluice.sinks.alert.AlertKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** A sink of alerts, in virtual time. It is 10:15:30 UTC on a Sunday when a test begins. */
final class AlertsTest {
  private final List<Alert> sent = new ArrayList<>();
  private Function<Alert, Delivery> receiver = alert -> Delivery.delivered();

  @Test
  void oneEventIsToldAfterTheWindow() {
    Bench bench = bench(Map.of());
    bench.send(opened("a", "app")).run(Duration.ofSeconds(29));
    assertThat(sent).isEmpty();
    assertThat(bench.committed(0) + bench.committed(1)).isZero();
    bench.run(Duration.ofSeconds(3));
    assertThat(sent)
        .singleElement()
        .satisfies(a -> assertThat(a.kind()).isEqualTo(AlertKind.SINGLE));
    assertThat(bench.committed(0) + bench.committed(1)).isEqualTo(1);
  }

  @Test
  void eventsOfOneAssetAreOneMessageAndLaterOnesWait() {
    Bench bench = bench(Map.of());
    bench.send(opened("a", "app")).send(opened("b", "app")).send(opened("c", "other"));
    bench.run(Duration.ofSeconds(35));
    assertThat(sent).extracting(Alert::group).containsExactlyInAnyOrder("app", "other");
    assertThat(sent).extracting(Alert::total).containsExactlyInAnyOrder(2, 1);
    bench.send(opened("d", "app")).run(Duration.ofMinutes(4));
    assertThat(sent).hasSize(2);
    bench.run(Duration.ofMinutes(2));
    assertThat(sent).hasSize(3);
  }

  @Test
  void groupsAsToldByTheSettings() {
    Bench bench = bench(Map.of("grouping.by", "NONE"));
    bench.send(opened("a", "app")).send(opened("b", "other")).run(Duration.ofMinutes(1));
    assertThat(sent).singleElement().satisfies(a -> assertThat(a.total()).isEqualTo(2));
    sent.clear();
    bench = bench(Map.of("grouping.by", "OWNER"));
    bench.send(opened("a", "app")).send(opened("b", "other")).run(Duration.ofMinutes(1));
    assertThat(sent).singleElement().satisfies(a -> assertThat(a.group()).isEqualTo("team-web"));
  }

  @Test
  void fiveThousandItemsInAMinuteAreAtMostThreeMessages() {
    Bench bench = bench(Map.of());
    for (int second = 0; second < 60; second++) {
      for (int i = 0; i < 84; i++) {
        int number = second * 84 + i;
        bench.send(opened("item-" + number, "app-" + number % 50));
      }
      bench.run(Duration.ofSeconds(1));
    }
    bench.run(Duration.ofMinutes(30));
    assertThat(sent).hasSizeLessThanOrEqualTo(3);
    assertThat(sent.stream().mapToInt(Alert::total).sum()).isEqualTo(60 * 84);
    assertThat(sent.get(0).kind()).isEqualTo(AlertKind.STORM);
    assertThat(sent.get(0).entries()).hasSize(5);
    assertThat(bench.committed(0) + bench.committed(1)).isEqualTo(60 * 84);
    assertThat(bench.count(SinkMetrics.ALERTS, "kind", "storm")).isEqualTo(sent.size());
  }

  @Test
  void aNewlyExploitedVulnerabilityIsOneAlertThatWaitsForNothing() {
    Bench bench =
        bench(Map.of("grouping.quiet-hours.from", "00:00", "grouping.quiet-hours.to", "00:00"));
    for (int i = 0; i < 80; i++) {
      bench.send(Samples.event(item("item-" + i, "app-" + i, 2), EXPLOITED));
    }
    bench.send(opened("quiet", "app")).run(Duration.ofSeconds(10));
    assertThat(sent)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.kind()).isEqualTo(AlertKind.EXPLOITED);
              assertThat(alert.group()).isEqualTo("CVE-2024-5535");
              assertThat(alert.assets()).isEqualTo(80);
            });
  }

  @Test
  void anItemWithTwoExploitedVulnerabilitiesIsFinishedWithTheSecondMessage() {
    ActionItem item = item("a", "app", 2);
    List<ItemFinding> findings = new ArrayList<>(item.getFindings());
    findings.get(1).setKnownExploited(true);
    Bench bench = bench(Map.of());
    receiver =
        alert ->
            alert.group().equals("CVE-2024-5535") ? Delivery.delivered() : Delivery.retry("no");
    bench.send(Samples.event(item, EXPLOITED)).run(Duration.ofSeconds(20));
    assertThat(new TreeSet<>(sent.stream().map(Alert::group).toList()))
        .containsExactly("CVE-2024-4741", "CVE-2024-5535");
    assertThat(bench.committed(0) + bench.committed(1)).isZero();
    receiver = alert -> Delivery.delivered();
    bench.run(Duration.ofMinutes(10));
    assertThat(bench.committed(0) + bench.committed(1)).isEqualTo(1);
  }

  @Test
  void quietHoursEndWithOneDigest() {
    Bench bench =
        bench(Map.of("grouping.quiet-hours.from", "10:00", "grouping.quiet-hours.to", "12:00"));
    for (int i = 0; i < 8; i++) {
      bench.send(opened("item-" + i, "app-" + i)).run(Duration.ofMinutes(10));
    }
    assertThat(sent).isEmpty();
    bench.run(Duration.ofMinutes(30));
    assertThat(sent)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.kind()).isEqualTo(AlertKind.DIGEST);
              assertThat(alert.total()).isEqualTo(8);
            });
  }

  @Test
  void whatMemoryHasNoRoomForIsSentInQuietHoursToo() {
    Bench bench =
        bench(
            Map.of(
                "grouping.quiet-hours.from",
                "00:00",
                "grouping.quiet-hours.to",
                "00:00",
                "grouping.max-held",
                "100"));
    for (int i = 0; i < 100; i++) {
      bench.send(opened("item-" + i, "app"));
    }
    bench.run(Duration.ofSeconds(5));
    assertThat(sent).singleElement().satisfies(a -> assertThat(a.total()).isEqualTo(100));
  }

  @Test
  void aReceiverThatWasAwayGetsOneMessageOfWhatCameMeanwhile() {
    Bench bench = bench(Map.of());
    receiver = alert -> Delivery.retry("down");
    bench.send(opened("first", "app")).run(Duration.ofMinutes(2));
    for (int i = 0; i < 40; i++) {
      bench.send(opened("item-" + i, "app")).run(Duration.ofMinutes(6));
    }
    sent.clear();
    receiver = alert -> Delivery.delivered();
    bench.run(Duration.ofMinutes(20));
    assertThat(sent).extracting(Alert::total).containsExactly(1, 40);
    assertThat(bench.committed(0) + bench.committed(1)).isEqualTo(41);
  }

  @Test
  void everyAttemptHasTheSameKey() {
    Bench bench = bench(Map.of());
    receiver = alert -> Delivery.retry("down");
    bench.send(opened("a", "app")).run(Duration.ofMinutes(5));
    assertThat(sent).hasSizeGreaterThan(2);
    assertThat(sent.stream().map(Alert::key).distinct()).hasSize(1);
  }

  @Test
  void theSameEventsMakeTheSameKeyAfterACrash() {
    Bench before = bench(Map.of());
    before.send(opened("a", "app")).send(opened("b", "app")).run(Duration.ofMinutes(1));
    Bench after = bench(Map.of());
    after.send(opened("a", "app")).run(Duration.ofSeconds(3));
    after.send(opened("b", "app")).run(Duration.ofMinutes(1));
    assertThat(sent).hasSize(2);
    assertThat(sent.get(0).key()).isEqualTo(sent.get(1).key());
  }

  @Test
  void whatWasToldBeforeACrashIsNotToldAgain() {
    Bench before = bench(Map.of());
    before.send(opened("a", "app")).run(Duration.ofMinutes(1));
    Bench after = unassigned(Map.of());
    after.links.putAll(before.links);
    after.assign(0, 1);
    after.send(opened("a", "app")).send(Samples.event(item("b", "app", 2), RESOLVED));
    after.run(Duration.ofMinutes(1));
    assertThat(sent).hasSize(2);
    assertThat(sent.get(1).entries()).extracting(e -> e.item().getId()).containsExactly("b");
    assertThat(after.committed(0) + after.committed(1)).isEqualTo(2);
  }

  @Test
  void anAlertThatIsRejectedLeavesTheCoordinatesOfItsEvents() {
    Bench bench = bench(Map.of());
    receiver = alert -> Delivery.rejected("HTTP 400");
    bench.send(opened("a", "app")).send(opened("b", "app")).run(Duration.ofMinutes(1));
    assertThat(bench.buried).hasSize(2).allMatch(line -> line.endsWith("HTTP 400"));
    assertThat(bench.committed(0) + bench.committed(1)).isEqualTo(2);
    assertThat(bench.desk.waiting()).isZero();
  }

  @Test
  void whatIsStillOpenIsSaidAgain() {
    Bench bench = bench(Map.of("grouping.repeat", "24h"));
    bench.states.put(item("a", "app", 1));
    bench.states.put(item("b", "app", 1));
    bench.send(opened("a", "app")).send(opened("b", "app"));
    bench.run(Duration.ofMinutes(1));
    bench.states.put(resolved("b", "app", 2));
    bench.send(Samples.event(resolved("b", "app", 2), RESOLVED)).run(Duration.ofMinutes(10));
    sent.clear();
    hours(bench, 23);
    assertThat(sent).isEmpty();
    hours(bench, 3);
    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).group()).isEqualTo("still open: app");
    assertThat(sent.get(0).entries()).extracting(e -> e.item().getId()).containsExactly("a");
  }

  @Test
  void nothingIsSaidAgainWhereTheSettingsSayNever() {
    Bench bench = bench(Map.of("grouping.repeat", "0s"));
    bench.states.put(item("a", "app", 1));
    bench.send(opened("a", "app"));
    hours(bench, 72);
    assertThat(sent).hasSize(1);
    assertThat(bench.states.walks).isZero();
  }

  @Test
  void aPartitionThatIsGivenAwayTakesWhatWaitsWithIt() {
    Bench bench = bench(Map.of());
    bench.send(opened("a", "app")).send(opened("b", "other")).poll();
    int gone = bench.consumer.position(new TopicPartition(Bench.TOPIC, 0)) > 0 ? 0 : 1;
    bench.consumer.rebalance(List.of(new TopicPartition(Bench.TOPIC, 1 - gone)));
    bench.run(Duration.ofMinutes(1));
    assertThat(bench.committed(gone)).isZero();
  }

  private static void hours(Bench bench, int hours) {
    for (int minute = 0; minute < hours * 60; minute += 5) {
      bench.time.pass(Duration.ofMinutes(5));
      for (int i = 0; i < 5; i++) {
        bench.poll().work();
      }
    }
  }

  private Bench bench(Map<String, String> settings) {
    return unassigned(settings).assign(0, 1);
  }

  private Bench unassigned(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.putIfAbsent("grouping.repeat", "0s");
    return Bench.ofAlerts(
        all,
        (alert, context) -> {
          sent.add(alert);
          return receiver.apply(alert);
        });
  }

  private static ActionEvent opened(String id, String asset) {
    return Samples.event(item(id, asset, 1), OPENED);
  }

  private static ActionItem item(String id, String asset, long revision) {
    return Samples.item(id)
        .setAsset(asset)
        .setRevision(revision)
        .setSeverity(Severity.HIGH)
        .build();
  }

  private static ActionItem resolved(String id, String asset, long revision) {
    ActionItem item = item(id, asset, revision);
    item.setStatus(dev.sluice.events.ItemStatus.RESOLVED);
    return item;
  }
}
