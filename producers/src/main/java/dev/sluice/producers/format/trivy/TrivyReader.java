package dev.sluice.producers.format.trivy;

import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.json.JsonCursor;
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

/**
 * Trivy's {@code --format json} in its four shapes: schema 1 (an array of results), schema 2, and
 * the cluster report with {@code Resources} or, before that, with {@code Vulnerabilities} and
 * {@code Misconfigurations} of resources.
 *
 * <p>Trivy writes what it knows about the scan before the results. A report whose fields were put
 * into another order by another program is read twice.
 */
public final class TrivyReader implements ScanReader {
  private static final ReportFormat FORMAT =
      new ReportFormat("trivy-json", "Trivy JSON", List.of("trivy"));
  private static final List<String> CLAIMS =
      List.of("Vulnerabilities", "Misconfigurations", "Secrets", "Licenses");

  private final ReaderSettings settings;

  public TrivyReader(ReaderSettings settings) {
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
      return outline.hasAll("Target", "Type") || outline.hasAll("Target", "Vulnerabilities");
    }
    boolean artifact =
        outline.hasAll("ArtifactName", "ArtifactType")
            || (outline.has("SchemaVersion")
                && (outline.has("ArtifactName") || outline.has("Results.Target")));
    boolean cluster =
        outline.has("ClusterName")
            && (outline.has("Resources")
                || outline.has("Findings")
                || outline.has("Vulnerabilities")
                || outline.has("Misconfigurations"));
    return outline.root() == Root.OBJECT && (artifact || cluster);
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    TrivyFacts facts = new TrivyFacts();
    Warnings warnings = new Warnings(handler);
    boolean reordered = reordered(JsonOutline.of(ReportHead.of(report)));
    if (reordered) {
      report.willReread();
      warnings.mute(true);
      JsonCursor.document(report, warnings, json -> facts.readAll(json));
      warnings.mute(false);
    }
    TrivyResults results = new TrivyResults(settings, handler, facts, reordered);
    JsonCursor.document(report, warnings, json -> document(json, results));
    results.end();
  }

  /** Whether something that is needed for an entry comes behind it. */
  private static boolean reordered(JsonOutline outline) {
    for (String parent :
        List.of(
            "",
            "Results.",
            "Resources.Results.",
            "Findings.Results.",
            "Vulnerabilities.Results.")) {
      for (String claims : CLAIMS) {
        if (outline.has(parent + claims)
            && outline.has(parent + "Target")
            && outline.before(parent + claims, parent + "Target")) {
          return true;
        }
      }
    }
    return outline.has("Results")
        && !outline.before("ArtifactName", "Results")
        && !outline.before("ArtifactType", "Results");
  }

  private static void document(JsonCursor json, TrivyResults results)
      throws IOException, UnreadableReportException {
    if (json.isNull()) {
      // Trivy before schema 2 writes this for an image in which it found nothing.
      results.begin();
      return;
    }
    if (json.isArray()) {
      results.begin();
      results.read(json);
      return;
    }
    json.structure(
        name -> {
          switch (name) {
            case "Results" -> {
              results.begin();
              results.read(json);
            }
            case "Resources", "Findings", "Vulnerabilities", "Misconfigurations" -> {
              results.begin();
              json.records(() -> results.resource(json));
            }
            default -> results.facts().read(json, name);
          }
        });
    results.begin();
  }
}
