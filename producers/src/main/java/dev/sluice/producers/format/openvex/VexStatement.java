package dev.sluice.producers.format.openvex;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.sluice.events.Component;
import dev.sluice.events.Directness;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FixState;
import dev.sluice.events.Reachability;
import dev.sluice.events.ScannerState;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.Purls;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One statement: one vulnerability, its status, and the components it speaks of. */
final class VexStatement {
  /** Most components of one statement, and most aliases. */
  private static final int MOST = 10_000;

  private final List<String> aliases = new ArrayList<>(2);
  private final List<String> products = new ArrayList<>(1);
  private final List<String> components = new ArrayList<>(1);
  private String id;
  private String link;
  private String description;
  private String status;
  private String justification;
  private String impact;
  private String action;

  void field(JsonCursor json, String field) throws IOException, UnreadableReportException {
    switch (field) {
      case "vulnerability" -> {
        // Before 0.2.0 it was the id alone.
        if (json.isText()) {
          id = json.text();
        } else {
          json.object(part -> vulnerability(json, part));
        }
      }
      case "products" -> json.array(() -> product(json));
      case "status" -> status = json.text();
      case "justification" -> justification = json.text();
      case "impact_statement" -> impact = json.text();
      case "action_statement" -> action = json.text();
      default -> {}
    }
  }

  private void vulnerability(JsonCursor json, String part)
      throws IOException, UnreadableReportException {
    switch (part) {
      case "name" -> id = json.text();
      case "@id" -> link = json.text();
      case "description" -> description = json.text();
      case "aliases" -> json.array(() -> add(aliases, json.text()));
      default -> {}
    }
  }

  private void product(JsonCursor json) throws IOException, UnreadableReportException {
    if (json.isText()) {
      add(products, json.text());
      return;
    }
    json.object(
        part -> {
          switch (part) {
            case "@id" -> add(products, json.text());
            case "subcomponents" ->
                json.objects(
                    () ->
                        json.object(
                            name -> {
                              if (name.equals("@id")) {
                                add(components, json.text());
                              }
                            }));
            default -> {}
          }
        });
  }

  private static void add(List<String> list, String text) {
    if (text != null && !text.isBlank() && list.size() < MOST) {
      list.add(text.strip());
    }
  }

  boolean identified() {
    return id != null && !id.isBlank();
  }

  /** One observation for each component; the product itself is one where none is named. */
  void publish(Redactor redactor, ReportHandler handler) throws IOException {
    List<String> about = components.isEmpty() ? products : components;
    if (about.isEmpty()) {
      handler.observation(draft(redactor, null).build());
    }
    for (String each : about) {
      handler.observation(draft(redactor, each).build());
    }
  }

  private ObservationDraft draft(Redactor redactor, String name) {
    ObservationDraft draft = new ObservationDraft(redactor).kind(FindingKind.VULNERABLE_PACKAGE);
    draft.nativeId(id);
    aliases.forEach(draft::alias);
    draft.title(description).description(description);
    draft.reference(link);
    draft.component(name == null ? null : component(name));
    draft.property("status", status);
    draft.property("action", action);
    String word = status == null ? "" : status;
    String why = justification == null ? impact : justification;
    switch (word) {
      case "affected" -> draft.state(ScannerState.OPEN, null).reachability(Reachability.CALLED);
      case "under_investigation" ->
          draft.state(ScannerState.OPEN, null).fixState(FixState.UNDER_INVESTIGATION);
      case "fixed" -> draft.state(ScannerState.FIXED, "fixed").fixState(FixState.FIXED);
      case "not_affected" ->
          draft
              .state(ScannerState.SUPPRESSED, why == null ? word : word + ": " + why)
              .fixState(FixState.NOT_AFFECTED)
              .reachability(reachability());
      default -> draft.state(ScannerState.UNKNOWN, null);
    }
    return draft;
  }

  /** OpenVEX's justifications; the code that is not there is a required module's. */
  private Reachability reachability() {
    return switch (justification == null ? "" : justification) {
      case "vulnerable_code_not_in_execute_path" -> Reachability.IMPORTED;
      case "vulnerable_code_not_present" -> Reachability.REQUIRED;
      default -> Reachability.NOT_REACHABLE;
    };
  }

  /** A package by its purl, whose slashes govulncheck escapes; else by its name. */
  private static Component component(String name) {
    String type = Purls.typeOf(name);
    String purl = type == null ? null : name;
    String shown = name;
    String version = null;
    if (type != null) {
      try {
        PackageURL parsed = new PackageURL(name);
        String space = parsed.getNamespace();
        shown = space == null ? parsed.getName() : space + "/" + parsed.getName();
        version = parsed.getVersion();
        if (type.equals("golang")) {
          purl = Purls.language(type, shown, version);
        }
      } catch (MalformedPackageURLException e) {
        // It keeps its name as written.
        purl = null;
      }
    }
    return new Component(
        purl,
        shown,
        version,
        type == null ? "" : type,
        null,
        null,
        null,
        null,
        null,
        Directness.UNKNOWN,
        new ArrayList<>(),
        0);
  }
}
