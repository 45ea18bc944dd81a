package dev.sluice.producers.format.trivy;

import dev.sluice.events.ScannerState;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.RepositoryPaths;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Walks results and passes on one observation an entry. */
final class TrivyResults {
  /** Most packages of a result of which source package and directness are remembered. */
  private static final int MAX_PACKAGES = 50_000;

  /** Where an entry stands: the result, and in a cluster the resource. */
  static final class Result {
    String target;
    String resultClass = "";
    String type = "";
    String resource;
    final Map<String, TrivyPackage> packages = new HashMap<>();

    boolean isDistribution() {
      return resultClass.equals("os-pkgs");
    }

    String place() {
      return resource == null ? target : resource + ": " + target;
    }
  }

  private final ReaderSettings settings;
  private final RepositoryPaths paths;
  private final ReportHandler handler;
  private final TrivyFacts facts;
  private final boolean headsKnown;
  private final TrivyDeployments deployments;
  private boolean begun;
  private int resultIndex;
  private long packages;
  private boolean packagesListed;

  TrivyResults(
      ReaderSettings settings, ReportHandler handler, TrivyFacts facts, boolean headsKnown) {
    this.settings = settings;
    this.paths = new RepositoryPaths(settings.checkoutRoots());
    this.handler = handler;
    this.facts = facts;
    this.headsKnown = headsKnown;
    this.deployments = new TrivyDeployments(settings.redactor());
  }

  TrivyFacts facts() {
    return facts;
  }

  /** Announces the scan, once everything before the results is read. */
  void begin() throws IOException {
    if (!begun) {
      begun = true;
      handler.scan(facts.facts(settings.redactor().withoutLogin(facts.repository())));
    }
  }

  void end() throws IOException {
    deployments.pass(handler);
    if (packagesListed || resultIndex == 0) {
      handler.componentsSeen(packages);
    }
  }

  /** One resource of a cluster. */
  void resource(JsonCursor json) throws IOException, UnreadableReportException {
    String[] parts = {"", "", ""};
    TrivyImages images = new TrivyImages();
    facts.forgetOs();
    json.object(
        name -> {
          switch (name) {
            case "Kind" -> parts[0] = orEmpty(json.text());
            case "Namespace" -> parts[1] = orEmpty(json.text());
            case "Name" -> parts[2] = orEmpty(json.text());
            case "Metadata" -> images.read(json, facts);
            case "Results" -> {
              String namespace = parts[1].isEmpty() ? "" : parts[1] + "/";
              String address = parts[0] + "/" + namespace + parts[2];
              json.records(() -> result(json, address, images));
            }
            case "Error" -> {
              if (json.isText() && !json.text().isBlank()) {
                json.warn("Trivy could not scan this resource");
              }
            }
            default -> {}
          }
        });
    String name = parts[1].isEmpty() ? parts[2] : parts[1] + "/" + parts[2];
    if (!parts[2].isEmpty()) {
      deployments.add(parts[0], name, images.tags(), images.digests());
    }
  }

  void read(JsonCursor json) throws IOException, UnreadableReportException {
    json.records(() -> result(json, null, new TrivyImages()));
  }

  private void result(JsonCursor json, String resource, TrivyImages images)
      throws IOException, UnreadableReportException {
    Result result = new Result();
    result.resource = resource;
    if (headsKnown) {
      TrivyFacts.ResultHead head = facts.head(resultIndex);
      result.target = head.target();
      result.resultClass = orEmpty(head.resultClass());
      result.type = orEmpty(head.type());
    }
    resultIndex++;
    json.object(
        name -> {
          switch (name) {
            case "Target" -> result.target = json.text();
            case "Class" -> result.resultClass = orEmpty(json.text());
            case "Type" -> result.type = orEmpty(json.text()).toLowerCase(Locale.ROOT);
            case "Packages" -> readPackages(json, result);
            case "Vulnerabilities" -> claims(json, result, "vulnerability");
            case "Misconfigurations" -> claims(json, result, "misconfiguration");
            case "Secrets" -> claims(json, result, "secret");
            case "Licenses" -> claims(json, result, "license");
            case "ExperimentalModifiedFindings" -> json.objects(() -> modified(json, result));
            default -> {}
          }
        });
    if (result.isDistribution()) {
      images.target(result.target);
    }
    if (result.target == null) {
      json.warnField("Target", "is missing; the place of its entries is not known");
    }
  }

  private void readPackages(JsonCursor json, Result result)
      throws IOException, UnreadableReportException {
    packagesListed = true;
    json.objects(
        () -> {
          packages++;
          TrivyPackage each = TrivyPackage.read(json);
          if (each.id() != null && result.packages.size() < MAX_PACKAGES) {
            result.packages.put(each.id(), each);
          }
        });
  }

  private void claims(JsonCursor json, Result result, String type)
      throws IOException, UnreadableReportException {
    json.records(() -> emit(json, claim(json, result, type)));
  }

  /** A claim; null for a check that passed. */
  private ObservationDraft claim(JsonCursor json, Result result, String type)
      throws IOException, UnreadableReportException {
    ObservationDraft draft = new ObservationDraft(settings.redactor()).place(result.place());
    return switch (type) {
      case "vulnerability" -> new TrivyVulnerability(result, facts, paths).read(json, draft);
      case "misconfiguration" ->
          new TrivyMisconfiguration(result, paths, settings.redactor()).read(json, draft);
      case "secret" -> new TrivySecret(result, paths, settings.redactor()).read(json, draft);
      default -> new TrivyLicence(result, paths).read(json, draft);
    };
  }

  /** An entry that a VEX document or an ignore file took out of the results. */
  private void modified(JsonCursor json, Result result)
      throws IOException, UnreadableReportException {
    String[] parts = {"vulnerability", "", ""};
    ObservationDraft[] found = {null};
    json.object(
        name -> {
          switch (name) {
            case "Type" -> parts[0] = orEmpty(json.text());
            case "Status" -> parts[1] = orEmpty(json.text());
            case "Statement" -> parts[2] = orEmpty(json.text());
            case "Finding" -> found[0] = claim(json, result, parts[0]);
            default -> {}
          }
        });
    if (found[0] != null) {
      String reason = parts[2].isBlank() ? parts[1] : parts[1] + ": " + parts[2];
      emit(json, found[0].state(ScannerState.SUPPRESSED, reason));
    }
  }

  private void emit(JsonCursor json, ObservationDraft draft) throws IOException {
    if (draft == null) {
      return;
    }
    if (draft.identified()) {
      handler.observation(draft.build());
    } else {
      json.warn("the entry has no id and cannot be told from others; it is left out");
    }
  }

  static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
