package dev.sluice.streams.rules.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SuspicionTest {

  private static ScanCounts scan(long before, long gone, long observations) {
    return new ScanCounts(
        before, gone, Map.of("deb", before), Map.of("deb", gone), observations, null, null);
  }

  @Test
  void twentyPercentGoneIsNotSuspiciousAndMoreIs() {
    assertThat(Suspicion.judge(scan(100, 20, 80))).isEmpty();
    assertThat(Suspicion.judge(scan(100, 21, 79))).singleElement().asString().contains("21 of 100");
  }

  @Test
  void fewerThanTenGoneAreNotSuspicious() {
    assertThat(Suspicion.judge(scan(12, 9, 3))).isEmpty();
    assertThat(Suspicion.judge(scan(12, 10, 2))).hasSize(1);
  }

  @Test
  void nothingAfterManyIsSuspicious() {
    assertThat(Suspicion.judge(scan(50, 50, 0)))
        .singleElement()
        .asString()
        .contains("found nothing");
  }

  @Test
  void theLastFewFixedIsNotSuspicious() {
    assertThat(Suspicion.judge(scan(4, 4, 0))).isEmpty();
  }

  @Test
  void aWholeEcosystemGoneIsSuspicious() {
    ScanCounts scan =
        new ScanCounts(103, 3, Map.of("deb", 100L, "npm", 3L), Map.of("npm", 3L), 100, null, null);
    assertThat(Suspicion.judge(scan)).containsExactly("All 3 claims about npm are gone.");
  }

  @Test
  void oneOfAnEcosystemGoneSaysNothing() {
    ScanCounts scan =
        new ScanCounts(101, 1, Map.of("deb", 100L, "npm", 1L), Map.of("npm", 1L), 100, null, null);
    assertThat(Suspicion.judge(scan)).isEmpty();
  }

  @Test
  void anOldDatabaseIsSuspiciousWhereSomethingIsGone() {
    Map<String, Long> before = Map.of("deb", 100L);
    assertThat(
            Suspicion.judge(
                new ScanCounts(100, 1, before, Map.of("deb", 1L), 99, Duration.ofDays(8), null)))
        .singleElement()
        .asString()
        .contains("8 days old");
    assertThat(
            Suspicion.judge(
                new ScanCounts(100, 1, before, Map.of("deb", 1L), 99, Duration.ofDays(7), null)))
        .isEmpty();
    assertThat(
            Suspicion.judge(
                new ScanCounts(100, 0, before, Map.of(), 100, Duration.ofDays(80), null)))
        .isEmpty();
  }

  @Test
  void aScannerThatLookedAtNothingIsSuspicious() {
    assertThat(
            Suspicion.judge(
                new ScanCounts(2, 2, Map.of("deb", 2L), Map.of("deb", 2L), 0, null, 0L)))
        .containsExactly("The scanner looked at no component at all.");
  }

  @Test
  void theFirstScanIsNotSuspicious() {
    assertThat(Suspicion.judge(new ScanCounts(0, 0, Map.of(), Map.of(), 0, null, 0L))).isEmpty();
  }

  @Test
  void countsThatCannotBeAreRefused() {
    assertThatThrownBy(() -> scan(1, 2, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
