package dev.sluice.producers.format.kubebench;

import dev.sluice.events.FindingKind;
import dev.sluice.events.Resource;
import dev.sluice.events.Scope;
import dev.sluice.producers.format.Claims;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.Scanners;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.format.json.JsonOutline;
import dev.sluice.producers.format.json.JsonOutline.Root;
import dev.sluice.producers.format.json.Warnings;
import dev.sluice.producers.report.Report;
import dev.sluice.producers.report.ReportFormat;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.ReportHead;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.ScanReader;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.List;

/**
 * kube-bench's {@code --json}: an array of controls, or an object with Controls and Totals. A check
 * that failed is an observation; a warning asks a person to look, and is not. Numbers of checks
 * mean something in one benchmark only, so the benchmark is the scope.
 */
public final class KubeBenchReader implements ScanReader {
  private static final ReportFormat FORMAT =
      new ReportFormat("kube-bench-json", "kube-bench JSON", List.of("kube-bench"));

  private final ReaderSettings settings;

  public KubeBenchReader(ReaderSettings settings) {
    this.settings = settings;
  }

  @Override
  public ReportFormat format() {
    return FORMAT;
  }

  @Override
  public boolean recognises(ReportHead head) {
    JsonOutline outline = JsonOutline.of(head);
    return (outline.root() == Root.ARRAY && outline.hasAll("node_type", "tests"))
        || (outline.root() == Root.OBJECT
            && (outline.hasAll("Controls.node_type", "Controls.tests")
                || outline.hasAll("node_type", "tests", "text")
                || outline.hasAll("Controls", "Totals.total_fail")));
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    report.willReread();
    Warnings warnings = new Warnings(handler);
    String benchmark = benchmark(report, warnings);
    Scope scope = Scanners.everything();
    scope.setRuleset(benchmark == null || benchmark.isBlank() ? null : benchmark);
    handler.scan(
        new ScanFacts(
            Scanners.of("kube-bench", null, null, null),
            scope,
            null,
            null,
            null,
            null,
            null,
            null,
            false));
    long[] checks = {0};
    JsonCursor.document(
        report,
        warnings,
        json -> {
          if (json.isObject()) {
            Control single = new Control();
            json.structure(
                name -> {
                  if (name.equals("Controls")) {
                    json.records(() -> controls(json, handler, checks));
                  } else {
                    control(json, name, single, handler, checks);
                  }
                });
          } else {
            json.records(() -> controls(json, handler, checks));
          }
        });
    handler.componentsSeen(checks[0]);
  }

  /** What is said of a control before its tests. */
  private static final class Control {
    private String node = "node";
  }

  /** Version of the first control's benchmark; null where none is named. */
  private static String benchmark(Report report, Warnings warnings)
      throws IOException, UnreadableReportException {
    String[] found = {null};
    warnings.mute(true);
    JsonCursor.document(
        report,
        warnings,
        json -> {
          if (json.isObject()) {
            json.object(
                name -> {
                  if (name.equals("Controls")) {
                    json.objects(() -> json.object(field -> version(json, field, found)));
                  } else {
                    version(json, name, found);
                  }
                });
          } else {
            json.objects(() -> json.object(field -> version(json, field, found)));
          }
        });
    warnings.mute(false);
    return found[0];
  }

  private static void version(JsonCursor json, String field, String[] found) throws IOException {
    if (field.equals("version") && found[0] == null) {
      found[0] = json.text();
    }
  }

  private void controls(JsonCursor json, ReportHandler handler, long[] checks)
      throws IOException, UnreadableReportException {
    Control each = new Control();
    json.object(field -> control(json, field, each, handler, checks));
  }

  private void control(
      JsonCursor json, String field, Control control, ReportHandler handler, long[] checks)
      throws IOException, UnreadableReportException {
    switch (field) {
      case "node_type" -> {
        String type = json.text();
        control.node = type == null || type.isBlank() ? "node" : type;
      }
      case "tests" -> json.records(() -> section(json, control.node, handler, checks));
      default -> {}
    }
  }

  private void section(JsonCursor json, String node, ReportHandler handler, long[] checks)
      throws IOException, UnreadableReportException {
    String[] title = {null};
    json.object(
        field -> {
          switch (field) {
            case "desc" -> title[0] = json.text();
            case "results" ->
                json.records(
                    () -> {
                      checks[0]++;
                      check(json, node, title[0], handler);
                    });
            default -> {}
          }
        });
  }

  /** Of a check, neither what was run nor what came back is read: both may hold a token. */
  private void check(JsonCursor json, String node, String section, ReportHandler handler)
      throws IOException, UnreadableReportException {
    ObservationDraft draft = new ObservationDraft(settings.redactor());
    draft.kind(FindingKind.MISCONFIGURATION);
    String[] status = {""};
    json.object(
        field -> {
          switch (field) {
            case "test_number" -> draft.nativeId(json.scalar());
            case "test_desc" -> draft.title(json.text());
            case "remediation" -> draft.description(json.text());
            case "scored" -> draft.property("scored", json.scalar());
            case "status" -> status[0] = String.valueOf(json.text());
            default -> {}
          }
        });
    if (status[0].equalsIgnoreCase("FAIL")) {
      draft.property("section", section);
      draft.resource(new Resource(node, "kubernetes", "kubernetes")).place(node);
      Claims.pass(json, draft, "test_number", handler);
    }
  }
}
