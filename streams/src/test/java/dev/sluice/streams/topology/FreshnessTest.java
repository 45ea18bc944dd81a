package dev.sluice.streams.topology;

import static dev.sluice.streams.Scans.IMAGE;
import static dev.sluice.streams.Scans.grype;
import static dev.sluice.streams.Scans.npm;
import static dev.sluice.streams.Scans.trivy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.AssetProfile;
import dev.sluice.events.ExpectedScan;
import dev.sluice.events.ItemKind;
import dev.sluice.events.ScanEvent;
import dev.sluice.streams.Scans;
import dev.sluice.topics.Topics.Realm;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An asset whose scans are overdue or failed is an item too. */
class FreshnessTest {
  private final River river = new River();

  @AfterEach
  void close() {
    river.close();
  }

  private static AssetProfile.Builder daily() {
    return AssetProfile.newBuilder()
        .setAsset(IMAGE)
        .setOwner("team-pay")
        .setExpected(
            List.of(ExpectedScan.newBuilder().setScanner("trivy").setCadenceHours(24).build()));
  }

  private static Scans.Scan scan() {
    return trivy(npm("CVE-2019-10744", "lodash", "4.17.11", null));
  }

  private List<String> happened(River in) {
    return in.events().stream()
        .filter(event -> event.getItem().getKind() == ItemKind.FRESHNESS)
        .map(event -> event.getType() + ": " + event.getItem().getReason())
        .toList();
  }

  private void fail() {
    Scans.Scan failing = scan();
    List<ScanEvent> events = failing.events(river.now());
    river.send(events.get(0));
    river.send(failing.failed(1));
    river.pass(Duration.ofSeconds(1));
  }

  @Test
  void scanThatIsOverdueOpensAnItemAndTheNextOneResolvesIt() {
    river.profile(daily().build());
    river.send(scan().at(river.now()));
    river.pass(Duration.ofHours(23));
    assertThat(happened(river)).isEmpty();

    river.pass(Duration.ofHours(2));
    List<ActionEvent> opened = river.events();
    assertThat(opened).hasSize(1);
    assertThat(opened.get(0).getItem().getKind()).isEqualTo(ItemKind.FRESHNESS);
    assertThat(opened.get(0).getItem().getOwner()).isEqualTo("team-pay");
    assertThat(opened.get(0).getCause()).isEqualTo("clock");

    river.pass(Duration.ofHours(48));
    assertThat(happened(river)).isEmpty();

    river.send(scan().at(river.now()));
    assertThat(happened(river)).hasSize(1).allMatch(event -> event.startsWith("RESOLVED"));
  }

  @Test
  void scanThatNeverCameIsOverdueFromWhenItWasExpected() {
    river.profile(daily().build());
    river.pass(Duration.ofHours(25));

    assertThat(happened(river))
        .containsExactly("OPENED: A scan is expected every 24 hours, and there was none so far.");
  }

  @Test
  void scanByAnotherScannerDoesNotCount() {
    river.profile(daily().build());
    river.pass(Duration.ofHours(23));
    river.send(grype(npm("CVE-2019-10744", "lodash", "4.17.11", null)).at(river.now()));
    river.pass(Duration.ofHours(2));

    assertThat(happened(river)).hasSize(1);
  }

  @Test
  void failedScanIsAnItemUntilOneCompletes() {
    river.send(scan());
    river.events();
    fail();
    assertThat(happened(river))
        .containsExactly(
            "OPENED: The last scan failed (unreadable-report) and none has completed since.");
    fail();
    assertThat(happened(river)).isEmpty();

    river.send(scan());
    assertThat(happened(river)).hasSize(1).allMatch(event -> event.startsWith("RESOLVED"));
  }

  @Test
  void failedProposalIsNobodysWork() {
    Scans.Scan failing = scan().proposal();
    river.send(failing.events(river.now()).get(0));
    river.send(failing.failed(1));
    river.pass(Duration.ofSeconds(1));

    assertThat(happened(river)).isEmpty();
  }

  @Test
  void assetThatIsRetiredOrExpectsNothingAnyMoreHasNoSuchItem() {
    river.profile(daily().build());
    river.pass(Duration.ofHours(25));
    river.events();

    river.profile(daily().setRetired(true).build());
    assertThat(happened(river)).hasSize(1).allMatch(event -> event.startsWith("WITHDRAWN"));
    river.profile(daily().build());
    assertThat(happened(river)).hasSize(1).allMatch(event -> event.startsWith("REOPENED"));
    river.profile(daily().setExpected(List.of()).build());
    assertThat(happened(river)).hasSize(1).allMatch(event -> event.startsWith("RESOLVED"));
  }

  @Test
  void embargoedTopicsExpectNoScans() {
    try (River embargoed = new River(Realm.EMBARGOED)) {
      embargoed.profile(daily().build());
      embargoed.pass(Duration.ofHours(25));

      assertThat(happened(embargoed)).isEmpty();
    }
  }
}
