package dev.sluice.streams.rules.life;

import dev.sluice.events.Disclosure;
import dev.sluice.events.DisclosureAdvanced;
import dev.sluice.events.DisclosureEntry;
import dev.sluice.events.DisclosureStep;
import dev.sluice.events.PrivateReport;
import dev.sluice.events.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The way of a privately reported vulnerability to the public: acknowledged within 48 hours,
 * assessed within 7 days, fixed within 14, released within 21, and then disclosed; a critical one
 * within 30 days, any other within 90. All of it counts from the report.
 */
public final class DisclosureTimeline {
  /** Reminders of a step come a day ahead: the steps lie close together. */
  public static final Duration LEAD = Duration.ofDays(1);

  /** How the date of an item begins that follows this timeline. */
  public static final String DUE_REASON = "disclosure timeline: ";

  private static final int LONGEST_REASON = 500;
  private static final List<DisclosureStep> ORDER =
      List.of(
          DisclosureStep.REPORTED,
          DisclosureStep.ACKNOWLEDGED,
          DisclosureStep.ASSESSED,
          DisclosureStep.FIXED,
          DisclosureStep.RELEASED,
          DisclosureStep.DISCLOSED);

  private DisclosureTimeline() {}

  /**
   * The timeline of a report as it came in.
   *
   * @param now when it came in, where the report does not say so
   */
  public static Disclosure begin(PrivateReport report, Instant now) {
    Instant at = report.getReportedAt() == null ? now : report.getReportedAt();
    DisclosureStep step =
        report.getStep() == DisclosureStep.UNKNOWN ? DisclosureStep.REPORTED : report.getStep();
    return Disclosure.newBuilder()
        .setReportId(report.getReportId())
        .setReportedAt(at)
        .setStep(step)
        .setSteps(new ArrayList<>(List.of(entry(step, at, null, null))))
        .setReport(report)
        .build();
  }

  /** Why a step cannot be taken; empty if it can. */
  public static Optional<String> refusal(Disclosure disclosure, DisclosureStep step) {
    DisclosureStep reached = disclosure.getStep();
    boolean over = reached == DisclosureStep.DISCLOSED || reached == DisclosureStep.REJECTED;
    if (step == DisclosureStep.UNKNOWN) {
      return Optional.of("a step of the disclosure timeline that is not known");
    }
    if (over || step != DisclosureStep.REJECTED && place(step) <= place(reached)) {
      return Optional.of(
          "report " + disclosure.getReportId() + " is " + word(reached) + " already");
    }
    return Optional.empty();
  }

  /** The timeline with one more step; steps that were left out are taken as taken. */
  public static Disclosure advance(Disclosure disclosure, DisclosureAdvanced taken) {
    List<DisclosureEntry> steps = new ArrayList<>(disclosure.getSteps());
    steps.add(entry(taken.getStep(), taken.getAt(), taken.getBy(), taken.getReason()));
    Disclosure advanced = Shallow.copy(disclosure, new Disclosure());
    advanced.setStep(taken.getStep());
    advanced.setSteps(steps);
    return advanced;
  }

  /** Sets which step is next and by when. */
  public static void schedule(Disclosure disclosure, Severity severity) {
    int reached = place(disclosure.getStep());
    boolean over = reached < 0 || reached == ORDER.size() - 1;
    disclosure.setNext(over ? DisclosureStep.UNKNOWN : ORDER.get(reached + 1));
    disclosure.setDue(
        over || disclosure.getReportedAt() == null
            ? null
            : disclosure.getReportedAt().plus(within(disclosure.getNext(), severity)));
  }

  private static Duration within(DisclosureStep step, Severity severity) {
    return switch (step) {
      case ACKNOWLEDGED -> Duration.ofHours(48);
      case ASSESSED -> Duration.ofDays(7);
      case FIXED -> Duration.ofDays(14);
      case RELEASED -> Duration.ofDays(21);
      default -> Duration.ofDays(severity == Severity.CRITICAL ? 30 : 90);
    };
  }

  /** The step as people say it, for example {@code acknowledged}. */
  public static String word(DisclosureStep step) {
    return step.name().toLowerCase(java.util.Locale.ROOT);
  }

  private static int place(DisclosureStep step) {
    return ORDER.indexOf(step);
  }

  private static DisclosureEntry entry(DisclosureStep step, Instant at, String by, String reason) {
    String said =
        reason == null || reason.length() <= LONGEST_REASON
            ? reason
            : reason.substring(0, LONGEST_REASON);
    return DisclosureEntry.newBuilder()
        .setStep(step)
        .setAt(at)
        .setBy(by == null || by.isEmpty() ? null : by)
        .setReason(said)
        .build();
  }
}
