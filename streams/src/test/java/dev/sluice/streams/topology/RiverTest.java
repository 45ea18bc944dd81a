package dev.sluice.streams.topology;

import static dev.sluice.streams.topology.Scans.grype;
import static dev.sluice.streams.topology.Scans.npm;
import static dev.sluice.streams.topology.Scans.trivy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.ActionItem;
import dev.sluice.events.Completeness;
import dev.sluice.events.Finding;
import dev.sluice.events.Outcome;
import dev.sluice.events.ScanVerdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RiverTest {
  private final River river = new River();

  @AfterEach
  void close() {
    river.close();
  }

  @Test
  void twoScannersUnderTwoIdsGiveOneFindingAndOneItem() {
    river.send(trivy(npm("CVE-2015-9235", "jsonwebtoken", "0.4.0", "4.2.2")));
    ScanVerdict verdict =
        river.send(
            grype(npm("GHSA-c7hr-j4mj-j2w6", "jsonwebtoken", "0.4.0", "4.2.2", "CVE-2015-9235")));

    assertThat(river.findings()).hasSize(1);
    Finding finding = river.finding("CVE-2015-9235");
    assertThat(finding.getScanners()).containsExactly("grype", "trivy");
    assertThat(finding.getAliases()).containsExactly("GHSA-c7hr-j4mj-j2w6");
    assertThat(river.items()).hasSize(1);
    ActionItem item = river.items().values().iterator().next();
    assertThat(item.getLines().get(0).getFixedVersion()).isEqualTo("4.2.2");
    assertThat(verdict.getCompleteness()).isEqualTo(Completeness.COMPLETE);
    assertThat(verdict.getOutcome()).isEqualTo(Outcome.FAIL);
  }
}
