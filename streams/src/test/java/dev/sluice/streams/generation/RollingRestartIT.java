package dev.sluice.streams.generation;

import static dev.sluice.streams.Scans.npm;
import static dev.sluice.streams.Scans.trivy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.embedded.OneMachine;
import dev.sluice.embedded.junit.SharedKafka;
import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionItem;
import dev.sluice.events.Completeness;
import dev.sluice.events.Finding;
import dev.sluice.streams.Scans;
import dev.sluice.streams.SluiceStreams;
import dev.sluice.topics.Topics.Realm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two instances share the work; each in turn is stopped and started while reports come in. */
@ExtendWith(SharedKafka.class)
class RollingRestartIT {
  private static final int ASSETS = 12;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path state;

  private static List<Scans.Scan> scans() {
    List<Scans.Scan> scans = new ArrayList<>();
    for (int i = 0; i < ASSETS; i++) {
      scans.add(
          trivy(
                  npm("CVE-2015-9235", "jsonwebtoken", "0.4.0", "4.2.2"),
                  npm("CVE-2019-10744", "lodash", "4.17.11", "4.17.12"),
                  npm("CVE-2021-44906", "minimist", "1.2.5", "1.2.6"))
              .asset("registry.example/acme/service-" + i));
    }
    return scans;
  }

  @Test
  void losesAndRepeatsNothing(OneMachine machine) throws Exception {
    try (Installation rolled = new Installation(machine, Realm.COMMON, state.resolve("rolled"));
        Installation still = new Installation(machine, Realm.COMMON, state.resolve("still"))) {
      try (SluiceStreams one = still.start(1, false)) {
        scans().forEach(still::send);
      }

      roll(rolled);

      assertThat(findings(rolled)).hasSize(3 * ASSETS).isEqualTo(findings(still));
      assertThat(items(rolled)).hasSize(3 * ASSETS).isEqualTo(items(still));
      assertThat(events(rolled)).hasSize(3 * ASSETS).isEqualTo(events(still));
      assertThat(rolled.events()).hasSize(3 * ASSETS);
    }
  }

  private void roll(Installation it) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    List<Scans.Scan> scans = scans();
    // Each event by itself and all assets in turn, so that every restart comes into open scans.
    Thread load =
        new Thread(
            () -> {
              for (int event = 0; event < 5; event++) {
                for (Scans.Scan scan : scans) {
                  it.publish(scan, event, event + 1);
                  pause();
                }
              }
              done.set(true);
            });
    SluiceStreams first = it.start("first", 1);
    SluiceStreams second = it.start("second", 1);
    try {
      await().atMost(PATIENCE).until(() -> first.isRunning() && second.isRunning());
      load.start();
      first.close();
      assertThat(members(it)).as("who is closed leaves the group at once").isEqualTo(1);
      try (SluiceStreams firstAgain = it.start("first", 1)) {
        await().atMost(PATIENCE).until(firstAgain::isRunning);
        second.close();
        try (SluiceStreams secondAgain = it.start("second", 1)) {
          await().atMost(PATIENCE).until(secondAgain::isRunning);
          load.join();
          assertThat(done).isTrue();
          for (Scans.Scan scan : scans) {
            assertThat(it.verdict(scan).getCompleteness()).isEqualTo(Completeness.COMPLETE);
          }
        }
      }
    } finally {
      first.close();
      second.close();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int members(Installation it) throws Exception {
    String group = it.generation(1).applicationId();
    return it.admin
        .describeConsumerGroups(List.of(group))
        .describedGroups()
        .get(group)
        .get()
        .members()
        .size();
  }

  private static TreeSet<String> findings(Installation it) {
    TreeSet<String> all = new TreeSet<>();
    for (Finding each : it.findings().values()) {
      all.add(each.getId() + " " + each.getRevision() + " " + each.getStatus());
    }
    return all;
  }

  private static TreeSet<String> items(Installation it) {
    TreeSet<String> all = new TreeSet<>();
    for (ActionItem each : it.items().values()) {
      all.add(each.getId() + " " + each.getRevision() + " " + each.getEpisode());
    }
    return all;
  }

  private static TreeSet<String> events(Installation it) {
    TreeSet<String> all = new TreeSet<>();
    for (ActionEvent each : it.events()) {
      all.add(each.getId() + " " + each.getType());
    }
    return all;
  }
}
