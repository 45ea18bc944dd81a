package dev.sluice.streams.rules.identity;

import static dev.sluice.streams.Scans.npm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.Observation;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementTest {
  @Test
  void advisoryWithoutACveOfItsOwnCoversItsUpstreamCves() {
    Statement statement =
        of("DSA-4963-1", List.of("CVE-2021-3712", "CVE-2021-3711", "DEBIAN-CVE-2021-3711"));
    assertThat(statement.covered()).containsExactly("CVE-2021-3711", "CVE-2021-3712");
    assertThat(statement.aliases()).isEmpty();
  }

  @Test
  void recordOfOneCveCoversNoOther() {
    assertThat(of("DEBIAN-CVE-2021-3711", List.of("CVE-2021-3711", "CVE-2021-3712")).covered())
        .isEmpty();
    assertThat(of("GHSA-aaaa-bbbb-cccc", List.of("CVE-2021-3712"), "CVE-2021-3711").covered())
        .isEmpty();
  }

  @Test
  void sameStatementIsEqualHoweverItIsWritten() {
    assertThat(of("GO-2021-1", List.of(), "ghsa-AAAA-bbbb-cccc", "CVE-2021-1"))
        .isEqualTo(of("GO-2021-1", List.of(), "cve-2021-1", "GHSA-aaaa-bbbb-cccc"));
  }

  private static Statement of(String id, List<String> upstream, String... aliases) {
    Observation observation = npm(id, "p", "1.0.0", "1.0.1", aliases);
    observation.setUpstream(upstream);
    return Statement.of(observation);
  }
}
