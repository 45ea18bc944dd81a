package dev.sluice.streams.topology;

import static dev.sluice.streams.Scans.reported;
import static dev.sluice.streams.Scans.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.DisclosureEntry;
import dev.sluice.events.DisclosureStep;
import dev.sluice.events.Finding;
import dev.sluice.events.FindingStatus;
import dev.sluice.events.ItemStatus;
import dev.sluice.events.ScanEvent;
import dev.sluice.events.ScanPurpose;
import dev.sluice.events.Severity;
import dev.sluice.streams.Scans;
import dev.sluice.topics.Topics.Realm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A reported vulnerability from the report to the public. */
class DisclosingTest {
  private static final Instant AT = River.START;

  private final River embargoed = new River(Realm.EMBARGOED);

  @AfterEach
  void close() {
    embargoed.close();
  }

  private void report(Severity severity) {
    embargoed.send(
        new Scans.Scan("report", List.of(reported("R-7", severity, AT)))
            .purpose(ScanPurpose.STATEMENT));
  }

  private Finding finding() {
    return embargoed.finding("R-7");
  }

  private ActionItem item() {
    return embargoed.items().values().iterator().next();
  }

  private void take(DisclosureStep step) {
    embargoed.send(step(finding().getId(), step, embargoed.now()));
    embargoed.pass(Duration.ofSeconds(1));
  }

  @Test
  void everyStepIsDueInItsTimeFromTheReport() {
    report(Severity.HIGH);
    assertThat(item().getDue()).isEqualTo(AT.plus(Duration.ofHours(48)));
    assertThat(item().getDueReason()).isEqualTo("disclosure timeline: to be acknowledged");
    assertThat(item().getEmbargoed()).isTrue();

    take(DisclosureStep.ACKNOWLEDGED);
    assertThat(item().getDue()).isEqualTo(AT.plus(Duration.ofDays(7)));
    take(DisclosureStep.ASSESSED);
    assertThat(item().getDue()).isEqualTo(AT.plus(Duration.ofDays(14)));
    take(DisclosureStep.FIXED);
    assertThat(item().getDue()).isEqualTo(AT.plus(Duration.ofDays(21)));
    take(DisclosureStep.RELEASED);
    assertThat(item().getDue()).isEqualTo(AT.plus(Duration.ofDays(90)));
    assertThat(finding().getDisclosure().getSteps())
        .extracting(DisclosureEntry::getStep)
        .containsExactly(
            DisclosureStep.REPORTED,
            DisclosureStep.ACKNOWLEDGED,
            DisclosureStep.ASSESSED,
            DisclosureStep.FIXED,
            DisclosureStep.RELEASED);
  }

  @Test
  void criticalOneIsPublicWithinThirtyDays() {
    report(Severity.CRITICAL);
    take(DisclosureStep.RELEASED);

    assertThat(item().getDue()).isEqualTo(AT.plus(Duration.ofDays(30)));
  }

  @Test
  void reminderComesADayAheadAndAnotherWhenItIsTooLate() {
    report(Severity.HIGH);
    embargoed.events();
    embargoed.pass(Duration.ofHours(23));
    assertThat(embargoed.events()).isEmpty();

    embargoed.pass(Duration.ofHours(2));
    assertThat(embargoed.events())
        .extracting(event -> event.getType())
        .containsExactly(ActionEventType.DUE_SOON);

    embargoed.pass(Duration.ofHours(24));
    assertThat(embargoed.events())
        .extracting(event -> event.getType())
        .containsExactly(ActionEventType.OVERDUE);
  }

  @Test
  void stepIsRecordedWithWhoTookItAndWhy() {
    report(Severity.HIGH);
    take(DisclosureStep.ACKNOWLEDGED);

    DisclosureEntry taken = finding().getDisclosure().getSteps().get(1);
    assertThat(taken.getBy()).isEqualTo("alex");
    assertThat(taken.getReason()).isEqualTo("as agreed");
    assertThat(embargoed.events().get(1).getCause()).isEqualTo("person");
  }

  @Test
  void stepThatWasTakenIsRefused() {
    report(Severity.HIGH);
    take(DisclosureStep.ASSESSED);
    take(DisclosureStep.ACKNOWLEDGED);

    assertThat(embargoed.deadLetters.isEmpty()).isFalse();
    assertThat(finding().getDisclosure().getStep()).isEqualTo(DisclosureStep.ASSESSED);
  }

  @Test
  void nothingLeavesTheEmbargoBeforeItIsDisclosed() {
    report(Severity.HIGH);
    take(DisclosureStep.ACKNOWLEDGED);
    take(DisclosureStep.FIXED);
    take(DisclosureStep.RELEASED);

    assertThat(embargoed.disclosed()).isEmpty();
  }

  @Test
  void whatIsDisclosedEndsInTheEmbargoAndGoesOnInTheCommonTopics() {
    report(Severity.HIGH);
    String id = finding().getId();
    take(DisclosureStep.DISCLOSED);

    assertThat(finding().getStatus()).isEqualTo(FindingStatus.RESOLVED);
    assertThat(finding().getResolution()).isEqualTo("disclosed");
    assertThat(item().getStatus()).isEqualTo(ItemStatus.RESOLVED);
    List<ScanEvent> out = embargoed.disclosed();
    assertThat(out.toString())
        .contains("Login can be bypassed")
        .doesNotContain("alg=none", "ada@example.org", "as agreed");
    try (River common = new River()) {
      out.forEach(common::send);
      common.pass(Duration.ofSeconds(1));

      assertThat(common.finding("R-7").getId()).isEqualTo(id);
      assertThat(common.finding("R-7").getDisclosure().getStep())
          .isEqualTo(DisclosureStep.DISCLOSED);
      assertThat(common.happened())
          .containsExactly("OPENED Login can be bypassed in " + Scans.IMAGE);
      assertThat(common.deadLetters.isEmpty()).isTrue();
    }
  }

  @Test
  void sourceThatSaysHowFarItIsTakesTheStep() {
    report(Severity.HIGH);
    var further = reported("R-7", Severity.HIGH, AT);
    further.getReport().setStep(DisclosureStep.ASSESSED);
    embargoed.send(new Scans.Scan("report", List.of(further)).purpose(ScanPurpose.STATEMENT));

    assertThat(item().getDue()).isEqualTo(AT.plus(Duration.ofDays(14)));
    assertThat(finding().getDisclosure().getSteps().get(1).getBy()).isNull();
  }

  @Test
  void rejectedReportIsClosedAndStaysPrivate() {
    report(Severity.HIGH);
    take(DisclosureStep.REJECTED);

    assertThat(finding().getStatus()).isEqualTo(FindingStatus.RESOLVED);
    assertThat(finding().getResolution()).isEqualTo("rejected");
    assertThat(embargoed.disclosed()).isEmpty();
  }
}
