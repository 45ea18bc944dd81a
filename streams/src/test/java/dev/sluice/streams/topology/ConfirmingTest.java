package dev.sluice.streams.topology;

import static dev.sluice.streams.Scans.confirmed;
import static dev.sluice.streams.Scans.npm;
import static dev.sluice.streams.Scans.trivy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.Adoption;
import dev.sluice.events.AssetProfile;
import dev.sluice.events.Completeness;
import dev.sluice.events.FindingStatus;
import dev.sluice.events.Observation;
import dev.sluice.events.Outcome;
import dev.sluice.events.ScanVerdict;
import dev.sluice.streams.Scans;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A suspicious scan is held until a person says that it is right. */
class ConfirmingTest {
  private final River river = new River();
  private final Observation[] many =
      IntStream.range(0, 30)
          .mapToObj(i -> npm("CVE-2020-" + (1000 + i), "package-" + i, "1.0.0", "1.0.1"))
          .toArray(Observation[]::new);

  @BeforeEach
  void manyAreOpen() {
    river.profile(
        AssetProfile.newBuilder().setAsset(Scans.IMAGE).setAdoption(Adoption.FROM_START).build());
    river.send(trivy(many));
    river.events();
    river.verdicts();
  }

  @AfterEach
  void close() {
    river.close();
  }

  private ScanVerdict confirm(String scan) {
    river.send(confirmed(scan, "alex", "the module was removed"));
    river.pass(java.time.Duration.ofSeconds(1));
    List<ScanVerdict> verdicts = river.verdicts();
    return verdicts.isEmpty() ? null : verdicts.get(verdicts.size() - 1);
  }

  @Test
  void scanThatIsConfirmedIsAppliedAndSaysWhoConfirmedIt() {
    Scans.Scan blind = trivy(many[0]);
    river.send(blind);
    assertThat(river.events()).isEmpty();

    ScanVerdict verdict = confirm(blind.id());

    assertThat(verdict.getScanId()).isEqualTo(blind.id());
    assertThat(verdict.getCompleteness()).isEqualTo(Completeness.COMPLETE);
    assertThat(verdict.getFixedFindings()).isEqualTo(29);
    assertThat(verdict.getOutcome()).isNotEqualTo(Outcome.CANNOT_KNOW);
    assertThat(verdict.getConfirmedBy()).isEqualTo("alex");
    assertThat(verdict.getConfirmedReason()).isEqualTo("the module was removed");
    assertThat(verdict.getSuspicions()).isNotEmpty();
    assertThat(river.events())
        .hasSize(29)
        .allMatch(event -> event.getCause().equals("person") && event.getCauseId().equals("alex"));
    assertThat(river.finding("CVE-2020-1000").getStatus()).isEqualTo(FindingStatus.OPEN);
  }

  @Test
  void repeatOfAHeldReportIsHeldUnderItsOwnId() {
    Scans.Scan blind = trivy(many[0]);
    Scans.Scan again = blind.again();
    river.send(blind);
    river.send(again);

    assertThat(confirm(again.id()).getFixedFindings()).isEqualTo(29);
  }

  @Test
  void nothingIsConfirmedTwice() {
    Scans.Scan blind = trivy(many[0]);
    river.send(blind);
    confirm(blind.id());
    river.events();

    assertThat(confirm(blind.id())).isNull();
    assertThat(river.deadLetters.isEmpty()).isFalse();
    assertThat(river.events()).isEmpty();
  }

  @Test
  void whatCameBackSinceStaysOpen() {
    Scans.Scan blind = trivy(many[0]);
    river.send(blind);
    river.send(trivy(many));

    assertThat(confirm(blind.id())).isNull();
    assertThat(river.finding("CVE-2020-1007").getStatus()).isEqualTo(FindingStatus.OPEN);
  }

  @Test
  void scanThatNobodyDoubtedCannotBeConfirmed() {
    Scans.Scan same = trivy(many);
    river.send(same);

    assertThat(confirm(same.id())).isNull();
    assertThat(river.deadLetters.isEmpty()).isFalse();
  }
}
