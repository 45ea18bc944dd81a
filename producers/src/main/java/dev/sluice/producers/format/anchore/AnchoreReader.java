package dev.sluice.producers.format.anchore;

import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.format.json.JsonEntry;
import dev.sluice.producers.format.json.JsonOutline;
import dev.sluice.producers.format.json.JsonOutline.Root;
import dev.sluice.producers.format.json.Warnings;
import dev.sluice.producers.report.Report;
import dev.sluice.producers.report.ReportFormat;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.ReportHead;
import dev.sluice.producers.report.ScanReader;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Vulnerabilities of Anchore Engine ({@code anchore-cli image vuln}), of Enterprise ({@code
 * anchorectl image vuln}, the export of its web interface), and the policy check of Engine. What
 * was scanned may come behind the entries, so the report is read twice.
 */
public final class AnchoreReader implements ScanReader {
  private static final ReportFormat FORMAT =
      new ReportFormat("anchore-json", "Anchore JSON", List.of("anchore"));

  /** A policy check is a list of maps from digest to tag to evaluations. */
  private static final Pattern POLICY_CHECK =
      Pattern.compile(
          "^\\s*\\[\\s*\\{\\s*\"sha256:[0-9a-f]{64}\"\\s*:\\s*\\{\\s*\"[^\"]+\"\\s*:\\s*\\[");

  private final ReaderSettings settings;

  public AnchoreReader(ReaderSettings settings) {
    this.settings = settings;
  }

  @Override
  public ReportFormat format() {
    return FORMAT;
  }

  @Override
  public boolean recognises(ReportHead head) {
    JsonOutline outline = JsonOutline.of(head);
    if (outline.root() == Root.ARRAY) {
      return POLICY_CHECK.matcher(head.text()).find();
    }
    boolean image =
        outline.has("imageDigest")
            || outline.has("image_digest")
            || outline.has("sbomId")
            || outline.has("vulnerability_type")
            || outline.has("vulnerabilityType");
    boolean entries = outline.hasAll("vulnerabilities.vuln", "vulnerabilities.feed");
    boolean exported =
        outline.has("securityEvaluation")
            && (outline.has("metadata") || outline.has("securityEvaluation.vulnerabilityId"));
    return outline.root() == Root.OBJECT
        && (entries || exported || (image && outline.has("vulnerabilities")));
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    report.willReread();
    Warnings warnings = new Warnings(handler);
    AnchoreFacts facts = new AnchoreFacts();
    boolean[] policyCheck = {false};
    JsonCursor.document(
        report,
        warnings,
        json -> {
          policyCheck[0] = json.isArray();
          if (!policyCheck[0]) {
            json.structure(name -> facts.read(json, name));
          }
        });
    if (policyCheck[0]) {
      AnchorePolicy policy = new AnchorePolicy(settings, handler, warnings);
      JsonCursor.document(report, warnings, policy::read);
      policy.end(report.name());
      return;
    }
    handler.scan(facts.facts());
    boolean[] listed = {false};
    JsonCursor.document(
        report,
        warnings,
        json ->
            json.structure(
                name -> {
                  if (name.equals("vulnerabilities") || name.equals("securityEvaluation")) {
                    listed[0] = true;
                    json.records(() -> entry(handler, JsonEntry.read(json, warnings)));
                  }
                }));
    if (!listed[0]) {
      throw new UnreadableReportException(
          report.name() + ": has no list of vulnerabilities; check that Anchore ran to its end");
    }
  }

  private void entry(ReportHandler handler, JsonEntry entry) throws IOException {
    ObservationDraft draft = new ObservationDraft(settings.redactor());
    new AnchoreVulnerability(entry).write(draft);
    if (draft.identified()) {
      handler.observation(draft.build());
    } else {
      entry.warn("has no id and cannot be told from others; it is left out");
    }
  }
}
