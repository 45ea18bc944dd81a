package dev.sluice.producers.format.github;

import dev.sluice.events.Scanner;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.Scanners;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.format.json.JsonOutline;
import dev.sluice.producers.format.json.JsonOutline.Root;
import dev.sluice.producers.format.json.Warnings;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.Report;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.ReportHead;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code vulnerabilityAlerts} of repositories wherever a GraphQL query put them. A repository
 * may be named behind its alerts, so the answer is read twice.
 */
final class GraphqlReading {
  /** Repositories of one answer whose names are kept; GitHub gives a hundred a page. */
  private static final int MOST_REPOSITORIES = 10_000;

  private final Redactor redactor;
  private final ReportHandler handler;
  private final Warnings warnings;
  private final List<String> repositories = new ArrayList<>();
  private Instant newest;
  private int alertLists;

  GraphqlReading(Redactor redactor, ReportHandler handler) {
    this.redactor = redactor;
    this.handler = handler;
    this.warnings = new Warnings(handler);
  }

  static boolean recognises(ReportHead head) {
    JsonOutline outline = JsonOutline.of(head);
    return outline.root() == Root.OBJECT
        && outline.has("data")
        && head.text().contains("\"vulnerabilityAlerts\"");
  }

  void read(Report report) throws IOException, UnreadableReportException {
    warnings.mute(true);
    JsonCursor.document(report, warnings, json -> json.structure(field -> walk(json, true)));
    warnings.mute(false);
    if (alertLists == 0) {
      throw new UnreadableReportException(
          report.name() + ": has no vulnerabilityAlerts; add them to the query");
    }
    handler.scan(facts(repositories.get(0)));
    alertLists = 0;
    JsonCursor.document(report, warnings, json -> json.structure(field -> walk(json, false)));
  }

  /** Looks for repositories below the value the cursor stands on. */
  private void walk(JsonCursor json, boolean looking)
      throws IOException, UnreadableReportException {
    if (json.isArray()) {
      json.array(() -> walk(json, looking));
    } else if (json.isObject()) {
      Name name = new Name();
      int[] own = {-1};
      json.object(
          field -> {
            switch (field) {
              case "url" -> name.link = json.isText() ? json.text() : null;
              case "nameWithOwner" -> name.full = json.isText() ? json.text() : null;
              case "vulnerabilityAlerts" -> {
                own[0] = alertLists++;
                alerts(json, own[0], looking);
              }
              default -> walk(json, looking);
            }
          });
      if (looking && own[0] >= 0 && own[0] < MOST_REPOSITORIES) {
        while (repositories.size() <= own[0]) {
          repositories.add(null);
        }
        repositories.set(own[0], name.repository());
      }
    }
  }

  private void alerts(JsonCursor json, int repository, boolean looking)
      throws IOException, UnreadableReportException {
    boolean[] begun = {looking || repository == 0};
    json.object(
        field -> {
          switch (field) {
            case "nodes" -> json.list(() -> alert(json, repository, looking, begun));
            case "edges" ->
                json.records(
                    () ->
                        json.object(
                            part -> {
                              if (part.equals("node")) {
                                alert(json, repository, looking, begun);
                              }
                            }));
            default -> {}
          }
        });
  }

  private void alert(JsonCursor json, int repository, boolean looking, boolean[] begun)
      throws IOException, UnreadableReportException {
    GraphqlAlert alert = new GraphqlAlert();
    alert.read(json);
    if (looking) {
      Instant time = alert.newest();
      newest = time != null && (newest == null || time.isAfter(newest)) ? time : newest;
      return;
    }
    ObservationDraft draft = alert.draft(redactor);
    if (!draft.identified()) {
      json.warn("the alert has no identifier of its advisory and is left out");
      return;
    }
    if (!begun[0]) {
      begun[0] = true;
      handler.scan(facts(repository < repositories.size() ? repositories.get(repository) : null));
    }
    handler.observation(draft.build());
  }

  private ScanFacts facts(String repository) {
    Scanner scanner = Scanners.of("dependabot", null, null, null);
    return new ScanFacts(
        scanner, Scanners.everything(), repository, null, null, null, null, newest, true);
  }

  /** What a repository is called, in the fields that a query may ask for. */
  private static final class Name {
    private String link;
    private String full;

    String repository() {
      String linked = Repository.ofLink(link);
      return linked == null ? Repository.ofFullName(full) : linked;
    }
  }
}
