package dev.sluice.producers.format.anchore;

import dev.sluice.events.Component;
import dev.sluice.events.Directness;
import dev.sluice.events.FindingKind;
import dev.sluice.events.Rating;
import dev.sluice.events.Resource;
import dev.sluice.events.ScannerState;
import dev.sluice.events.Severity;
import dev.sluice.producers.format.ImageName;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.format.json.JsonEntry;
import dev.sluice.producers.format.json.Warnings;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The policy check of Engine: {@code [{digest: {tag: [evaluation]}}]}. An evaluation's result is a
 * table, of which each row is a rule that was triggered. Each tag is a scan.
 */
final class AnchorePolicy {
  /** Rows of the gate for vulnerabilities have this id: the vulnerability and the package. */
  private static final Pattern VULNERABILITY =
      Pattern.compile("^((?:CVE|GHSA|RHSA|ELSA|ALAS|VULNDB)[A-Za-z0-9:-]*)\\+(.+)$");

  /** The columns of Engine 0.6 and later, for a table without a header. */
  private static final List<String> COLUMNS =
      List.of(
          "Image_Id",
          "Repo_Tag",
          "Trigger_Id",
          "Gate",
          "Trigger",
          "Check_Output",
          "Gate_Action",
          "Whitelisted",
          "Policy_Id");

  private final ReaderSettings settings;
  private final ReportHandler handler;
  private final Warnings warnings;
  private boolean evaluated;

  AnchorePolicy(ReaderSettings settings, ReportHandler handler, Warnings warnings) {
    this.settings = settings;
    this.handler = handler;
    this.warnings = warnings;
  }

  void read(JsonCursor json) throws IOException, UnreadableReportException {
    json.records(
        () ->
            json.structure(
                digest ->
                    json.structure(
                        tag ->
                            json.records(
                                () -> json.structure(name -> part(json, digest, tag, name))))));
  }

  void end(String report) throws UnreadableReportException {
    if (!evaluated) {
      throw new UnreadableReportException(
          report + ": has no evaluation with its details; ask for it with --detail");
    }
  }

  private void part(JsonCursor json, String digest, String tag, String name)
      throws IOException, UnreadableReportException {
    if (name.equals("detail")) {
      json.structure(
          field -> {
            if (field.equals("result")) {
              json.structure(inner -> result(json, digest, tag, inner));
            }
          });
    }
  }

  private void result(JsonCursor json, String digest, String tag, String name)
      throws IOException, UnreadableReportException {
    if (name.equals("result")) {
      evaluated = true;
      ImageName image = ImageName.parse(tag);
      handler.scan(AnchoreFacts.of(image.repository(), image.tag(), digest, null, "policy"));
      json.structure(
          id ->
              json.object(
                  part -> {
                    if (part.equals("result")) {
                      table(json);
                    }
                  }));
    }
  }

  private void table(JsonCursor json) throws IOException, UnreadableReportException {
    List<String> header = new ArrayList<>(COLUMNS);
    json.structure(
        name -> {
          switch (name) {
            case "header" -> {
              List<String> named = new ArrayList<>();
              json.list(
                  () -> {
                    if (named.size() < 50) {
                      String column = json.text();
                      named.add(column == null ? "" : column);
                    }
                  });
              if (!named.isEmpty()) {
                header.clear();
                header.addAll(named);
              }
            }
            case "rows" -> json.list(() -> row(JsonEntry.read(json, warnings), header));
            default -> {}
          }
        });
  }

  private void row(JsonEntry cells, List<String> header) throws IOException {
    Map<String, JsonEntry> row = new HashMap<>();
    if (cells.isArray()) {
      List<JsonEntry> values = new ArrayList<>();
      cells.allItems(values::add);
      for (int i = 0; i < Math.min(values.size(), header.size()); i++) {
        row.put(header.get(i), values.get(i));
      }
    }
    String trigger = text(row, "Trigger_Id");
    String gate = text(row, "Gate");
    String message = text(row, "Check_Output");
    ObservationDraft draft = new ObservationDraft(settings.redactor());
    Matcher matcher = VULNERABILITY.matcher(trigger == null ? "" : trigger);
    if (matcher.matches()) {
      draft.kind(FindingKind.VULNERABLE_PACKAGE).nativeId(matcher.group(1));
      draft.component(component(matcher.group(2)));
    } else if (gate != null) {
      String rule = text(row, "Trigger");
      draft.kind(FindingKind.MISCONFIGURATION).nativeId(rule == null ? gate : gate + ":" + rule);
      draft.resource(new Resource(trigger == null ? "" : trigger, gate, null));
    }
    String action = text(row, "Gate_Action");
    draft.title(message).description(message);
    draft.rating(new Rating("anchore", severity(action), action, null, null, null));
    draft.property("gateAction", action);
    draft.property("policy", text(row, "Policy_Id"));
    JsonEntry listed = row.getOrDefault("Whitelisted", JsonEntry.absent());
    boolean approved =
        listed.isObject() || "true".equals(listed.isArray() ? null : listed.scalar());
    if (approved) {
      draft.state(ScannerState.SUPPRESSED, "on the policy's list of exceptions");
    }
    if (draft.identified()) {
      handler.observation(draft.build());
    } else {
      cells.warn("names no gate and cannot be told from others; it is left out");
    }
  }

  private static String text(Map<String, JsonEntry> row, String column) {
    return row.getOrDefault(column, JsonEntry.absent()).text();
  }

  /** What a gate does is the only measure that it states. */
  private static Severity severity(String action) {
    return switch (action == null ? "" : action.toLowerCase(Locale.ROOT)) {
      case "stop" -> Severity.HIGH;
      case "warn" -> Severity.MEDIUM;
      case "go" -> Severity.LOW;
      default -> Severity.UNKNOWN;
    };
  }

  private static Component component(String name) {
    return new Component(
        null,
        name,
        null,
        "",
        null,
        null,
        null,
        null,
        null,
        Directness.UNKNOWN,
        new ArrayList<>(0),
        0);
  }
}
