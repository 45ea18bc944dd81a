package dev.sluice.bench.invented;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.Observation;
import dev.sluice.events.ScanEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ReportsTest {
  private final Reports reports = new Reports(400, Instant.parse("2026-03-01T08:00:00Z"));

  @Test
  void changesTwoInAHundredFromScanToScan() {
    for (int scan = 1; scan < 120; scan++) {
      List<Observation> before = observations(7, scan - 1);
      List<Observation> now = observations(7, scan);
      long changed = 0;
      for (int i = 0; i < now.size(); i++) {
        changed += now.get(i).equals(before.get(i)) ? 0 : 1;
      }
      assertThat(changed).isEqualTo(8);
    }
  }

  @Test
  void saysNothingTwiceInOneScan() {
    List<Observation> observations = observations(3, 0);

    assertThat(
            observations.stream().map(o -> o.getNativeId() + o.getComponent().getPurl()).distinct())
        .hasSize(observations.size());
  }

  @Test
  void countsWhatItSends() {
    List<ScanEvent> events = new ArrayList<>();
    reports.scan(1, 0, events::add);

    assertThat(events).hasSize(402);
    assertThat(events.get(401).getCompleted().getCount()).isEqualTo(400);
    assertThat(events).extracting(ScanEvent::getSeq).isSorted().doesNotHaveDuplicates();
  }

  private List<Observation> observations(int asset, int scan) {
    List<ScanEvent> events = new ArrayList<>();
    reports.scan(asset, scan, events::add);
    return events.stream().map(ScanEvent::getObservation).filter(Objects::nonNull).toList();
  }
}
