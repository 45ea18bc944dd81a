package dev.sluice.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.topic.HeldScans;
import dev.sluice.events.Completeness;
import dev.sluice.events.ScanVerdict;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScansCommandTest {
  private static ScanVerdict verdict(String id, String line, Completeness completeness, int at) {
    return ScanVerdict.newBuilder()
        .setScanId(id)
        .setAsset("acme/pay")
        .setLine(line)
        .setSeries("trivy|")
        .setCompleteness(completeness)
        .setDecidedAt(Instant.ofEpochSecond(at))
        .build();
  }

  private static List<String> held(ScanVerdict... verdicts) {
    return HeldScans.among(List.of(verdicts)).stream().map(ScanVerdict::getScanId).toList();
  }

  @Test
  void lastScanOfASeriesIsHeldIfItIsSuspicious() {
    assertThat(
            held(
                verdict("a", "5.x", Completeness.COMPLETE, 1),
                verdict("b", "5.x", Completeness.SUSPICIOUS, 2),
                verdict("c", "4.x", Completeness.COMPLETE, 3)))
        .containsExactly("b");
  }

  @Test
  void scanThatANewerOneHasReplacedIsNotHeld() {
    assertThat(
            held(
                verdict("b", "5.x", Completeness.SUSPICIOUS, 2),
                verdict("c", "5.x", Completeness.COMPLETE, 3)))
        .isEmpty();
  }

  @Test
  void failedScanDoesNotReplaceAHeldOne() {
    assertThat(
            held(
                verdict("b", "5.x", Completeness.SUSPICIOUS, 2),
                verdict("c", "5.x", Completeness.FAILED, 3)))
        .containsExactly("b");
  }

  @Test
  void asksWhoConfirms() {
    Run run = Run.of("scans", "confirm", "scan-1");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--by");
  }

  @Test
  void brokerThatIsNotThereIsUnreachable() {
    Run run = Run.of("scans", "list", "--set", "kafka.bootstrap-servers=nowhere.invalid:9092");

    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.err()).contains("nowhere.invalid:9092").doesNotContain("\tat ");
  }
}
