package dev.sluice.producers.format.github;

import dev.sluice.events.Scanner;
import dev.sluice.events.ScannerState;
import dev.sluice.events.Scope;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.Scanners;
import dev.sluice.producers.format.Times;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;

/** What all of GitHub's alerts have in common; each sort adds its own fields. */
abstract class Alert {
  private final AlertEvent own = new AlertEvent();
  private String number;
  private String state;
  private String link;
  private String apiLink;
  private String reason;
  private String comment;
  private Instant newest;
  private boolean dismissed;
  private boolean fixed;

  final void read(JsonCursor json) throws IOException, UnreadableReportException {
    json.object(
        field -> {
          switch (field) {
            case "number" -> number = json.scalar();
            case "state" -> state = word(json.text());
            case "html_url" -> link = json.text();
            case "url" -> apiLink = json.text();
            case "repository" -> own.read(json, field);
            case "created_at", "updated_at" -> time(json.text());
            case "fixed_at", "auto_dismissed_at" -> fixed |= time(json.text());
            case "dismissed_at", "resolved_at" -> dismissed |= time(json.text());
            case "dismissed_reason", "dismiss_reason", "resolution", "fix_reason" ->
                reason = first(word(json.text()), reason);
            case "dismissed_comment", "resolution_comment" -> comment = word(json.text());
            default -> field(json, field);
          }
        });
  }

  /** Takes a field of this sort of alert. */
  abstract void field(JsonCursor json, String field) throws IOException, UnreadableReportException;

  /** Who scanned. */
  abstract Scanner scanner();

  /** The observation, with everything but its state. */
  abstract ObservationDraft draft(AlertEvent event, Redactor redactor);

  /** What was looked at, as far as the alert says. */
  Scope scope() {
    return Scanners.everything();
  }

  /** Git reference it was found on, or a branch's name; null where it is not said. */
  String ref(AlertEvent event) {
    return event.defaultBranch();
  }

  /** State as this sort of alert words it where {@code state} is missing; or null. */
  String furtherState() {
    return null;
  }

  final ObservationDraft observation(AlertEvent event, Redactor redactor) {
    ObservationDraft draft = draft(event, redactor);
    ScannerState mapped = state(event);
    String said = stateWord(event);
    String why = join(": ", reason, keepsComment() ? comment : null);
    if (mapped == ScannerState.DISMISSED && "auto_dismissed".equals(said)) {
      why = join(": ", said, why);
    }
    draft.state(mapped, mapped == ScannerState.OPEN ? null : why);
    draft.property("alert", number);
    draft.property("alertUrl", link);
    return draft;
  }

  final ScanFacts facts(AlertEvent event, Instant time) {
    String ref = ref(event);
    String branch = ref;
    String version = null;
    if (ref != null && ref.startsWith("refs/heads/")) {
      branch = ref.substring("refs/heads/".length());
    } else if (ref != null && ref.startsWith("refs/tags/")) {
      branch = null;
      version = ref.substring("refs/tags/".length());
    }
    return new ScanFacts(
        scanner(),
        scope(),
        repository(event),
        version,
        null,
        event.commit() == null || event.commit().isBlank() ? null : event.commit(),
        branch == null || branch.isBlank() ? null : branch,
        time,
        true);
  }

  private String repository(AlertEvent event) {
    return first(
        event.repository(), own.repository(), Repository.ofLink(link), Repository.ofLink(apiLink));
  }

  private String stateWord(AlertEvent event) {
    String said = first(state, furtherState());
    if (said == null && (fixed || dismissed)) {
      said = fixed ? "fixed" : "dismissed";
    }
    if (said == null && event.action() != null) {
      said =
          switch (event.action()) {
            case "fixed", "resolve" -> "fixed";
            case "dismissed", "dismiss", "closed_by_user" -> "dismissed";
            case "auto_dismissed" -> "auto_dismissed";
            case "resolved" -> "resolved";
            default -> "open";
          };
    }
    return said == null ? "open" : said.toLowerCase(Locale.ROOT);
  }

  private ScannerState state(AlertEvent event) {
    return switch (stateWord(event)) {
      case "open", "auto_reopened", "reopened" -> ScannerState.OPEN;
      case "fixed" -> ScannerState.FIXED;
      case "dismissed", "auto_dismissed" -> ScannerState.DISMISSED;
      case "resolved" -> resolved();
      default -> ScannerState.UNKNOWN;
    };
  }

  /** Whether what people wrote about the alert can be told. */
  boolean keepsComment() {
    return true;
  }

  /** What it means that the alert is resolved. */
  ScannerState resolved() {
    return ScannerState.DISMISSED;
  }

  final String number() {
    return number;
  }

  final String reason() {
    return reason;
  }

  /** Latest time in it; null if there is none. */
  final Instant newest() {
    return newest;
  }

  private boolean time(String text) {
    Instant time = Times.parse(text);
    if (time != null && (newest == null || time.isAfter(newest))) {
      newest = time;
    }
    return time != null;
  }

  /** Some exporters write what Python prints for null. */
  private static String word(String text) {
    return text == null || text.isBlank() || text.equals("None") ? null : text.strip();
  }

  static String first(String... values) {
    for (String value : values) {
      if (value != null && !value.isBlank()) {
        return value;
      }
    }
    return null;
  }

  private static String join(String separator, String left, String right) {
    return left == null ? right : right == null ? left : left + separator + right;
  }
}
