package dev.sluice.producers.format.github;

import dev.sluice.events.DisclosureStep;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FixState;
import dev.sluice.events.PrivateReport;
import dev.sluice.events.ScannerState;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.TextLimits;
import dev.sluice.producers.format.Times;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A security advisory of a repository. It is private until it is published: whatever does not say
 * for certain that it is public is taken for a private report, and goes under embargo.
 */
final class RepositoryAdvisory {
  private static final int MOST_PACKAGES = 100;
  private static final Pattern VERSION = Pattern.compile("v?[0-9][0-9A-Za-z.+_-]*");

  private final Advisory advisory = new Advisory();
  private final List<String> affected = new ArrayList<>(1);
  private final List<String> patched = new ArrayList<>(1);
  private String state;
  private String link;
  private String ecosystem;
  private String packageName;
  private Instant created;
  private Instant published;
  private Instant newest;

  void read(JsonCursor json) throws IOException, UnreadableReportException {
    json.object(field -> field(json, field));
  }

  private void field(JsonCursor json, String field) throws IOException, UnreadableReportException {
    switch (field) {
      case "state" -> state = json.text();
      case "created_at" -> created = time(json.text());
      case "published_at" -> published = time(json.text());
      case "updated_at", "closed_at" -> time(json.text());
      case "html_url" -> link = json.text();
      case "vulnerabilities" -> json.objects(() -> vulnerability(json));
      default -> advisory.field(json, field);
    }
  }

  private Instant time(String text) {
    Instant time = Times.parse(text);
    newest = time != null && (newest == null || time.isAfter(newest)) ? time : newest;
    return time;
  }

  private void vulnerability(JsonCursor json) throws IOException, UnreadableReportException {
    String[] said = {null, null, null, null};
    json.object(
        field -> {
          switch (field) {
            case "package" ->
                json.object(
                    part -> {
                      switch (part) {
                        case "ecosystem" -> said[0] = json.text();
                        case "name" -> said[1] = json.text();
                        default -> {}
                      }
                    });
            case "vulnerable_version_range" -> said[2] = json.text();
            case "patched_versions" -> said[3] = json.text();
            default -> {}
          }
        });
    if (affected.size() >= MOST_PACKAGES) {
      return;
    }
    ecosystem = ecosystem == null ? said[0] : ecosystem;
    packageName = packageName == null ? said[1] : packageName;
    String name = said[1] == null ? "" : said[1];
    affected.add((name + " " + (said[2] == null ? "" : said[2])).strip());
    if (said[3] != null) {
      patched.addAll(List.of(said[3].split("\\s*,\\s*", 20)));
    }
  }

  /** Latest time in it; null if there is none. */
  Instant newest() {
    return newest;
  }

  /** The repository by the advisory's own link; null where it has none. */
  String repository() {
    return Repository.ofLink(link);
  }

  private boolean isPublic(String action) {
    if ("reported".equals(action)) {
      return false;
    }
    if (state == null || state.isBlank()) {
      return "published".equals(action);
    }
    return state.equals("published") || (state.equals("withdrawn") && published != null);
  }

  private DisclosureStep step(String action) {
    if (isPublic(action)) {
      return DisclosureStep.DISCLOSED;
    }
    return switch (state == null ? "" : state) {
      case "draft" -> DisclosureStep.ACKNOWLEDGED;
      case "closed", "withdrawn" -> DisclosureStep.REJECTED;
      default -> DisclosureStep.REPORTED;
    };
  }

  /**
   * @param action of the event; null in a list
   */
  ObservationDraft draft(String action, Redactor redactor) {
    ObservationDraft draft =
        new ObservationDraft(redactor).kind(FindingKind.REPORTED_VULNERABILITY);
    advisory.fill(draft);
    draft.reference(link);
    draft.component(DependabotAlert.component(ecosystem, packageName, null, null, null));
    for (String version : patched) {
      if (VERSION.matcher(version).matches()) {
        draft.fixedVersion(version);
      }
    }
    draft.fixState(draft.hasFix() ? FixState.FIXED : FixState.UNKNOWN);
    DisclosureStep step = step(action);
    boolean over = step == DisclosureStep.REJECTED || "withdrawn".equals(state);
    draft.state(over ? ScannerState.DISMISSED : ScannerState.OPEN, over ? state : null);
    String id = advisory.id() == null ? "" : advisory.id();
    String versions = redactor.redact(String.join("; ", affected));
    draft.report(
        new PrivateReport(
            TextLimits.cutIdentity(id, TextLimits.ID),
            step,
            created,
            null,
            null,
            versions.isEmpty() ? null : TextLimits.cut(versions, TextLimits.REASON),
            null,
            null));
    draft.property("patchedVersions", String.join(", ", patched));
    return draft.property("advisoryState", state);
  }
}
