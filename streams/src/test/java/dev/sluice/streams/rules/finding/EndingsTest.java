package dev.sluice.streams.rules.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.FindingKind;
import dev.sluice.events.FixState;
import dev.sluice.events.Reachability;
import dev.sluice.events.ScannerState;
import dev.sluice.events.SecretValidity;
import dev.sluice.streams.rules.finding.Endings.Judged;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndingsTest {
  private static final long TRIVY = 1;
  private static final long GRYPE = 2;

  private static Claimed claim(String version, String place, List<String> fixes, Standing at) {
    return new Claimed(
        "trivy",
        "5.x",
        "CVE-2020-1",
        true,
        version,
        place,
        1,
        null,
        fixes,
        FixState.FIXED,
        List.of(),
        Reachability.UNKNOWN,
        ScannerState.OPEN,
        SecretValidity.UNKNOWN,
        false,
        null,
        100,
        at);
  }

  private static Standing at(long time) {
    return new Standing(TRIVY, false, time, new Build("sha256:1", null, null), null);
  }

  private static Shown shown(String version, String place, long since) {
    return new Shown(GRYPE, "5.x", version, place, since, new Build("sha256:2", null, null), false);
  }

  private static Judged judge(String ecosystem, Claimed claim, Shown... shown) {
    return Endings.judge(FindingKind.VULNERABLE_PACKAGE, ecosystem, List.of(claim), List.of(shown));
  }

  private static String ending(String ecosystem, Claimed claim, Shown... shown) {
    return judge(ecosystem, claim, shown).claims().get(0).ended();
  }

  @Test
  void fixIsComparedInTheOrderOfTheEcosystem() {
    Claimed deb = claim("1.1.1d-0+deb10u7", "", List.of("1.1.1d-0+deb10u9"), at(100));

    assertThat(ending("deb", deb, shown("1.1.1d-0+deb10u10", "", 200)))
        .isEqualTo(Resolution.FIXED_VERSION);
    assertThat(ending("deb", deb, shown("1.1.1d-0+deb10u9~rc1", "", 200))).isNull();
  }

  @Test
  void epochThatOnlyOneScannerWritesDecidesNothing() {
    Claimed deb = claim("2.33.1-0.1", "", List.of("2.36.1-8+deb11u2"), at(100));

    assertThat(ending("deb", deb, shown("1:2.33.1-0.1", "", 200))).isNull();
    assertThat(ending("deb", deb, shown("1:2.38.1-5", "", 200)))
        .isEqualTo(Resolution.FIXED_VERSION);
  }

  @Test
  void versionsWithANumberStayWhatTheyWereAndOthersDoNot() {
    Build release = new Build(null, null, "5.2.1");
    Build latest = new Build(null, null, "latest");

    assertThat(release.isSameAs(release)).isTrue();
    assertThat(release.isSameAs(new Build(null, null, "5.2.2"))).isFalse();
    assertThat(latest.isSameAs(latest)).isFalse();
  }

  @Test
  void fixOfAnotherMajorVersionDoesNotCount() {
    Claimed claim = claim("1.2.0", "a", List.of("1.2.3", "2.0.1"), at(100));

    assertThat(ending("npm", claim, shown("2.0.0", "a", 200))).isNull();
    assertThat(ending("npm", claim, shown("2.0.1", "a", 200))).isEqualTo(Resolution.FIXED_VERSION);
  }

  @Test
  void nothingIsFixedWhereNobodyNamesAFix() {
    assertThat(ending("npm", claim("1.2.0", "a", List.of(), at(100)), shown("9.0.0", "a", 200)))
        .isNull();
  }

  @Test
  void placeMayChangeWithTheVersionInIt() {
    Claimed jar = claim("2.14.1", "lib/log4j-core-2.14.1.jar", List.of("2.17.1"), at(100));

    assertThat(ending("maven", jar, shown("2.20.0", "lib/log4j-core-2.20.0.jar", 200)))
        .isEqualTo(Resolution.FIXED_VERSION);
    assertThat(ending("maven", jar, shown("2.20.0", "other/log4j-core-2.20.0.jar", 200))).isNull();
  }

  @Test
  void seriesWhoseNextScanMayChangeItAreNamed() {
    Claimed claim = claim("1.2.0", "a", List.of("1.2.3"), at(100));
    Shown doubted =
        new Shown(GRYPE, "5.x", "1.2.3", "a", 200, new Build("sha256:2", null, null), true);

    assertThat(judge("npm", claim, shown("1.2.3", "a", 200)).again()).containsExactly(TRIVY);
    assertThat(judge("npm", claim, doubted).again()).containsExactly(GRYPE);
    assertThat(judge("npm", claim, doubted).claims().get(0).present()).isTrue();
    assertThat(judge("npm", claim).again()).isEmpty();
  }

  @Test
  void whatItsOwnSeriesShowsEndsNothing() {
    Claimed claim = claim("1.2.0", "a", List.of("1.2.3"), at(100));
    Shown own = new Shown(TRIVY, "5.x", "1.2.3", "a", 200, new Build(null, null, null), false);

    assertThat(ending("npm", claim, own)).isNull();
  }

  @Test
  void whatWasSeenAtTheSameTimeIsNotNewer() {
    assertThat(
            ending("npm", claim("1.2.0", "a", List.of("1.2.3"), at(200)), shown("1.2.3", "a", 200)))
        .isNull();
  }
}
