package dev.sluice.producers.format.govulncheck;

import dev.sluice.producers.format.RepositoryPaths;
import dev.sluice.producers.format.TextLimits;
import dev.sluice.producers.format.govulncheck.GovulncheckFinding.Key;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gathers the findings of a report by vulnerability and module, then publishes each with its
 * advisory. What is kept is bounded by the number of vulnerabilities, and not by their texts.
 */
final class GovulncheckFindings {
  /** Ten times what the Go vulnerability database holds; beyond it each message stands alone. */
  static final int MOST = 50_000;

  private final GovulncheckFacts facts;
  private final RepositoryPaths paths;
  private final Redactor redactor;
  private final ReportHandler handler;
  private final Map<String, Map<String, GovulncheckFinding>> byAdvisory = new LinkedHashMap<>();
  private int count;
  private boolean legacy;

  GovulncheckFindings(
      GovulncheckFacts facts, RepositoryPaths paths, Redactor redactor, ReportHandler handler) {
    this.facts = facts;
    this.paths = paths;
    this.redactor = redactor;
    this.handler = handler;
  }

  /** First reading: the findings. */
  void gather(JsonCursor json, String field) throws IOException, UnreadableReportException {
    switch (field) {
      case "finding" -> finding(json, false);
      case "Vulns" -> {
        legacy = true;
        json.records(() -> legacyEntry(json));
      }
      default -> {}
    }
  }

  /** Second reading: the advisories of the findings. */
  void publish(JsonCursor json, String field) throws IOException, UnreadableReportException {
    switch (field) {
      case "osv" -> advisory(json);
      case "Vulns" ->
          json.records(
              () ->
                  json.object(
                      part -> {
                        if (part.equals("OSV")) {
                          advisory(json);
                        }
                      }));
      case "finding" -> {
        if (count >= MOST) {
          finding(json, true);
        }
      }
      default -> {}
    }
  }

  /** Findings whose advisory is not in the report. */
  void publishRest() throws IOException {
    for (Map.Entry<String, Map<String, GovulncheckFinding>> each : byAdvisory.entrySet()) {
      publish(OsvEntry.unknown(each.getKey()), each.getValue());
    }
  }

  private void finding(JsonCursor json, boolean alone)
      throws IOException, UnreadableReportException {
    String[] text = {null, null};
    GovulncheckTrace trace = new GovulncheckTrace(paths);
    json.object(
        field -> {
          switch (field) {
            case "osv" -> text[0] = json.text();
            case "fixed_version" -> text[1] = json.text();
            case "trace" -> trace.read(json);
            default -> {}
          }
        });
    add(json, text[0], trace, TextLimits.cutIdentity(text[1], TextLimits.VERSION), alone);
  }

  private void legacyEntry(JsonCursor json) throws IOException, UnreadableReportException {
    OsvEntry advisory = new OsvEntry();
    String[] text = {null, null, null};
    boolean[] reached = {false, false};
    json.object(
        field -> {
          switch (field) {
            case "OSV" -> advisory.read(json);
            case "ModPath" -> text[0] = json.text();
            case "PkgPath" -> text[1] = json.text();
            case "Symbol" -> text[2] = json.text();
            case "CallSink" -> reached[0] = isNode(json.number());
            case "ImportSink" -> reached[1] = isNode(json.number());
            default -> {}
          }
        });
    GovulncheckTrace trace =
        GovulncheckTrace.legacy(text[0], text[1], text[2], reached[0], reached[1]);
    add(json, advisory.id(), trace, null, false);
  }

  /** Node 0 of a graph means that there is no way to it. */
  private static boolean isNode(Double id) {
    return id != null && id != 0;
  }

  private void add(JsonCursor json, String osv, GovulncheckTrace trace, String fixed, boolean alone)
      throws IOException {
    String id = osv == null ? null : TextLimits.cutIdentity(osv.strip(), TextLimits.ID);
    if (id == null || id.isEmpty()) {
      json.warn("the finding has no id and cannot be told from others; it is left out");
      return;
    }
    if (trace.module() == null) {
      json.warn("the finding names no module");
    }
    Key key = new Key(id, trace.module() == null ? "" : trace.module());
    Map<String, GovulncheckFinding> modules = byAdvisory.get(id);
    GovulncheckFinding known = modules == null ? null : modules.get(key.module());
    if (known == null && count < MOST) {
      known = new GovulncheckFinding(key);
      byAdvisory.computeIfAbsent(id, i -> new LinkedHashMap<>(4)).put(key.module(), known);
      count++;
    }
    if (known != null && !alone) {
      known.add(trace, fixed);
    } else if (known == null && alone) {
      GovulncheckFinding single = new GovulncheckFinding(key);
      single.add(trace, fixed);
      publish(OsvEntry.unknown(id), Map.of(key.module(), single));
    }
  }

  private void advisory(JsonCursor json) throws IOException, UnreadableReportException {
    OsvEntry advisory = new OsvEntry();
    advisory.read(json);
    String id = advisory.id();
    if (id != null) {
      publish(advisory, byAdvisory.get(TextLimits.cutIdentity(id.strip(), TextLimits.ID)));
    }
  }

  /** Publishes what is not published yet: the same advisory may come more than once. */
  private void publish(OsvEntry advisory, Map<String, GovulncheckFinding> modules)
      throws IOException {
    if (modules == null) {
      return;
    }
    for (GovulncheckFinding finding : modules.values()) {
      if (finding.publish()) {
        handler.observation(advisory.draft(finding, facts, redactor, legacy).build());
      }
    }
  }
}
