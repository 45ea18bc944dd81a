package dev.sluice.producers.format.operator;

import dev.sluice.events.Component;
import dev.sluice.events.Directness;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FixState;
import dev.sluice.events.Location;
import dev.sluice.events.Resource;
import dev.sluice.events.Secret;
import dev.sluice.events.SecretValidity;
import dev.sluice.producers.format.Distribution;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.Purls;
import dev.sluice.producers.format.Ratings;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.RepositoryPaths;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.format.json.JsonEntry;
import dev.sluice.producers.format.json.Warnings;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The second reading: every entry of a resource. */
final class OperatorClaims {
  private final ReaderSettings settings;
  private final RepositoryPaths paths;
  private final ReportHandler handler;
  private final Warnings warnings;

  OperatorClaims(ReaderSettings settings, ReportHandler handler, Warnings warnings) {
    this.settings = settings;
    this.paths = new RepositoryPaths(settings.checkoutRoots());
    this.handler = handler;
    this.warnings = warnings;
  }

  void read(JsonCursor json, OperatorResources.Cursor resources)
      throws IOException, UnreadableReportException {
    OperatorResources.Resource resource = resources.take();
    if (!resource.list && resource.isRead()) {
      handler.scan(resource.facts());
    }
    boolean[] reported = {false};
    json.structure(
        name -> {
          switch (name) {
            case "items" -> json.records(() -> read(json, resources));
            case "report" -> {
              if (resource.isRead()) {
                json.structure(
                    field -> {
                      reported[0] = true;
                      entries(json, field, resource);
                    });
              }
            }
            default -> {}
          }
        });
    if (!resource.list && resource.isRead() && !reported[0]) {
      throw json.unreadable("the resource has no report; wait until Trivy has written it");
    }
  }

  private void entries(JsonCursor json, String field, OperatorResources.Resource resource)
      throws IOException, UnreadableReportException {
    switch (field) {
      case "vulnerabilities" ->
          json.records(() -> vulnerability(JsonEntry.read(json, warnings), resource));
      case "checks" -> json.records(() -> check(JsonEntry.read(json, warnings), resource));
      case "secrets" -> json.records(() -> secret(JsonEntry.read(json, warnings), resource));
      default -> {}
    }
  }

  private ObservationDraft draft(
      JsonEntry entry, FindingKind kind, OperatorResources.Resource resource) {
    ObservationDraft draft = new ObservationDraft(settings.redactor()).kind(kind);
    draft.place(resource.workload());
    draft.property("container", resource.container());
    String severity = entry.text("severity");
    if (severity == null) {
      entry.warnMissing("severity");
    }
    draft.rating(Ratings.word("trivy", severity));
    draft.title(entry.text("title"));
    draft.description(entry.text("description"));
    return draft;
  }

  private void vulnerability(JsonEntry entry, OperatorResources.Resource resource)
      throws IOException {
    ObservationDraft draft = draft(entry, FindingKind.VULNERABLE_PACKAGE, resource);
    draft.nativeId(entry.text("vulnerabilityID"));
    Double score = entry.number("score");
    if (score != null && score > 0) {
      draft.rating(Ratings.cvss("trivy", null, score, "cvss3"));
    }
    String fixed = entry.text("fixedVersion");
    if (fixed != null) {
      for (String version : fixed.split(",")) {
        draft.fixedVersion(version);
      }
    }
    draft.fixState(draft.hasFix() ? FixState.FIXED : FixState.NOT_FIXED);
    draft.reference(entry.text("primaryLink"));
    entry.texts("links").forEach(draft::reference);
    draft.property("published", entry.text("publishedDate"));
    draft.property("target", entry.text("target"));
    draft.component(component(entry, resource));
    emit(entry, draft);
  }

  private Component component(JsonEntry entry, OperatorResources.Resource resource) {
    String name = entry.text("resource");
    if (name == null) {
      entry.warnMissing("resource");
      name = "";
    }
    String version = entry.text("installedVersion");
    String kind = entry.text("packageType");
    String purl = entry.text("packagePURL");
    boolean system = "os-pkgs".equals(entry.text("class")) || Purls.distroType(kind) != null;
    Distribution distribution = system ? resource.distribution() : null;
    if (purl == null || purl.isBlank()) {
      purl =
          distribution != null
              ? distribution.purl(name, version, null)
              : Purls.language(Purls.type(kind), name, version);
    }
    String type = Purls.typeOf(purl);
    if (type == null) {
      type = system ? Purls.distroType(kind) : Purls.type(kind);
    }
    List<String> places = new ArrayList<>(1);
    String path = entry.text("packagePath");
    if (path != null && !path.isBlank()) {
      places.add(paths.of(path));
    }
    return new Component(
        purl,
        name,
        version,
        type == null ? "" : type,
        null,
        null,
        distribution == null ? null : distribution.label(),
        null,
        null,
        Directness.UNKNOWN,
        places,
        places.size());
  }

  private void check(JsonEntry entry, OperatorResources.Resource resource) throws IOException {
    if (Boolean.TRUE.equals(entry.bool("success"))) {
      return;
    }
    ObservationDraft draft = draft(entry, FindingKind.MISCONFIGURATION, resource);
    draft.nativeId(entry.text("checkID"));
    draft.resource(new Resource(resource.workload(), entry.text("category"), "kubernetes"));
    draft.property("message", String.join("; ", entry.texts("messages")));
    draft.property("resolution", entry.text("remediation"));
    emit(entry, draft);
  }

  private void secret(JsonEntry entry, OperatorResources.Resource resource) throws IOException {
    ObservationDraft draft = draft(entry, FindingKind.SECRET, resource);
    String rule = entry.text("ruleID");
    draft.nativeId(rule);
    draft.property("category", entry.text("category"));
    // Trivy has masked the value in the line, so the line is all there is to hash.
    String hash = settings.redactor().snippetHash(entry.text("match"));
    String keyId = hash == null ? null : settings.redactor().keyId();
    String file = paths.of(entry.text("target"));
    draft.location(new Location(file, null, null, null, null, null, hash, keyId));
    if (draft.identified()) {
      draft.secret(new Secret(rule, null, keyId, "", SecretValidity.UNKNOWN, hash));
    }
    emit(entry, draft);
  }

  private void emit(JsonEntry entry, ObservationDraft draft) throws IOException {
    if (draft.identified()) {
      handler.observation(draft.build());
    } else {
      entry.warn("has no id and cannot be told from others; it is left out");
    }
  }
}
