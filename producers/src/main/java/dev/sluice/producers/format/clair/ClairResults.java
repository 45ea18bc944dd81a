package dev.sluice.producers.format.clair;

import dev.sluice.events.Component;
import dev.sluice.events.Directness;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FixState;
import dev.sluice.events.ScannerState;
import dev.sluice.producers.format.AdvisoryIds;
import dev.sluice.producers.format.Distribution;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.Ratings;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.format.json.JsonEntry;
import dev.sluice.producers.format.json.Warnings;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The second reading: every vulnerability, once for each package that it concerns. */
final class ClairResults {
  private final ReaderSettings settings;
  private final ReportHandler handler;
  private final Warnings warnings;
  private final ClairTables tables;
  private long features = -1;

  ClairResults(
      ReaderSettings settings, ReportHandler handler, Warnings warnings, ClairTables tables) {
    this.settings = settings;
    this.handler = handler;
    this.warnings = warnings;
    this.tables = tables;
  }

  void read(JsonCursor json, String name) throws IOException, UnreadableReportException {
    switch (name) {
      case "vulnerabilities" -> {
        if (tables.isFour()) {
          json.structure(id -> vulnerability(json, id));
        } else {
          json.records(() -> ofScanner(JsonEntry.read(json, warnings)));
        }
      }
      case "Vulnerabilities" ->
          json.structure(
              severity -> json.records(() -> ofKlar(JsonEntry.read(json, warnings), severity)));
      case "Layer" -> json.structure(field -> layer(json, field));
      case "data" ->
          json.structure(
              part -> {
                if (part.equals("Layer")) {
                  json.structure(field -> layer(json, field));
                }
              });
      default -> {}
    }
  }

  void end() {
    if (features >= 0) {
      handler.componentsSeen(features);
    } else if (tables.isFour() && tables.listsPackages()) {
      handler.componentsSeen(tables.packageCount());
    }
    if (tables.isFour() && tables.undescribed() > 0) {
      warnings.add(
          "$.package_vulnerabilities",
          "lists " + tables.undescribed() + " vulnerabilities that the report does not describe");
    }
  }

  private void vulnerability(JsonCursor json, String id)
      throws IOException, UnreadableReportException {
    List<String> packages = tables.packagesOf(id);
    if (packages.isEmpty()) {
      return;
    }
    JsonEntry entry = JsonEntry.read(json, warnings);
    for (String each : packages) {
      ObservationDraft draft = draft();
      Distribution distribution = tables.distributionOf(each);
      Distribution rater = ClairTables.distribution(entry.at("distribution"));
      distribution = distribution == null ? rater : distribution;
      rater = rater == null ? distribution : rater;
      String vendor = rater == null ? null : rater.name();
      identify(draft, entry.text("name"), entry.text("links"));
      draft.description(entry.text("description"));
      links(draft, entry.text("links"));
      rate(draft, entry, vendor);
      ClairTables.Score score = tables.scoreOf(id);
      if (score != null) {
        String method = Ratings.cvssMethod(score.vector(), score.version());
        draft.rating(Ratings.cvss("nvd", score.vector(), score.score(), method));
      }
      fix(draft, entry.text("fixed_in_version"));
      draft.property("updater", entry.text("updater"));
      draft.property("repository", entry.at("repository").text("name"));
      draft.component(component(each, distribution, entry));
      String name = nameOf(each, entry);
      emit(entry, draft, entry.text("name"), name);
    }
    tables.reported(id);
  }

  private static void rate(ObservationDraft draft, JsonEntry entry, String vendor) {
    String normal = entry.text("normalized_severity");
    String own = entry.text("severity");
    if (normal == null) {
      entry.warnMissing("normalized_severity");
    }
    draft.firstRating(Ratings.word("clair", normal == null ? own : normal));
    if (own != null && own.startsWith("CVSS:")) {
      draft.rating(Ratings.cvss("osv", own, null, Ratings.cvssMethod(own, null)));
    } else if (own != null && !own.isBlank() && vendor != null) {
      draft.rating(Ratings.word(vendor, own));
    }
  }

  private String nameOf(String packageId, JsonEntry entry) {
    ClairTables.Package installed = tables.packageOf(packageId);
    String name = installed == null ? null : installed.name();
    return name == null ? orEmpty(entry.at("package").text("name")) : name;
  }

  private Component component(String packageId, Distribution distribution, JsonEntry entry) {
    ClairTables.Package installed = tables.packageOf(packageId);
    ClairTables.Place place = tables.placeOf(packageId);
    if (installed == null || installed.name() == null) {
      entry.warn("its package is not in the list of packages");
    }
    String name = nameOf(packageId, entry);
    String version = installed == null ? null : installed.version();
    String arch = installed == null ? null : installed.arch();
    List<String> places = new ArrayList<>(1);
    if (place != null && place.database() != null && !place.database().isBlank()) {
      places.add(place.database());
    }
    return component(
        distribution,
        name,
        version,
        arch,
        installed == null ? null : installed.sourceName(),
        installed == null ? null : installed.source(),
        place == null ? null : place.layer(),
        places);
  }

  private static Component component(
      Distribution distribution,
      String name,
      String version,
      String arch,
      String sourceName,
      String sourceVersion,
      String layer,
      List<String> places) {
    return new Component(
        distribution == null ? null : distribution.purl(name, version, arch),
        name,
        version,
        distribution == null ? "" : distribution.type(),
        sourceName,
        sourceVersion,
        distribution == null ? null : distribution.label(),
        arch,
        layer,
        Directness.UNKNOWN,
        places,
        places.size());
  }

  /** An entry of clair-scanner, which knows of a white list. */
  private void ofScanner(JsonEntry entry) throws IOException {
    ObservationDraft draft = draft();
    String id = entry.text("vulnerability");
    if (tables.approved(id)) {
      draft.state(ScannerState.SUPPRESSED, "approved by the white list");
    }
    simple(entry, draft, id, entry.text("featurename"), entry.text("featureversion"));
    complete(entry, draft, "link", "description", "fixedby", "severity", "namespace");
  }

  private void ofKlar(JsonEntry entry, String group) throws IOException {
    ObservationDraft draft = draft();
    String name = entry.text("FeatureName");
    simple(entry, draft, entry.text("Name"), name, entry.text("FeatureVersion"));
    draft.rating(Ratings.word("clair", group));
    complete(entry, draft, "Link", "Description", "FixedBy", "Severity", "NamespaceName");
  }

  private void simple(
      JsonEntry entry, ObservationDraft draft, String title, String name, String version) {
    if (name == null) {
      entry.warn("names no package");
    }
    String namespace = entry.text(entry.has("namespace") ? "namespace" : "NamespaceName");
    Distribution distribution = Distribution.parse(namespace);
    String link = entry.text(entry.has("link") ? "link" : "Link");
    identify(draft, title, link);
    draft.component(
        component(
            distribution, orEmpty(name), version, null, null, null, null, new ArrayList<>(0)));
    draft.title(draft.nativeId() + " in " + orEmpty(name));
  }

  private void complete(
      JsonEntry entry,
      ObservationDraft draft,
      String link,
      String description,
      String fix,
      String severity,
      String namespace)
      throws IOException {
    draft.property("namespace", entry.text(namespace));
    links(draft, entry.text(link));
    draft.description(entry.text(description));
    fix(draft, entry.text(fix));
    String word = entry.text(severity);
    if (word == null) {
      entry.warnMissing(severity);
    }
    draft.firstRating(Ratings.word("clair", word));
    emit(entry, draft, null, null);
  }

  /** A layer of the security API: the packages, each with its vulnerabilities. */
  private void layer(JsonCursor json, String field) throws IOException, UnreadableReportException {
    if (field.equals("Features")) {
      features = 0;
      json.records(
          () -> {
            ClairTables.Feature feature = tables.feature((int) features++);
            json.object(
                part -> {
                  if (part.equals("Vulnerabilities")) {
                    json.records(() -> ofFeature(feature, JsonEntry.read(json, warnings)));
                  }
                });
          });
    }
  }

  private void ofFeature(ClairTables.Feature feature, JsonEntry entry) throws IOException {
    ObservationDraft draft = draft();
    JsonEntry metadata = entry.at("Metadata");
    Distribution distribution =
        Distribution.of(metadata.text("DistroName"), metadata.text("DistroVersion"));
    if (distribution == null) {
      distribution = Distribution.parse(feature.namespace());
    }
    String name = orEmpty(feature.name());
    if (name.isEmpty()) {
      entry.warn("its package has no name");
    }
    String title = entry.text("Name");
    identify(draft, title, entry.text("Link"));
    draft.component(
        component(
            distribution,
            name,
            feature.version(),
            null,
            null,
            null,
            feature.layer(),
            new ArrayList<>(0)));
    JsonEntry nvd = metadata.at("NVD").at("CVSSv3");
    if (nvd.has("Vectors") || nvd.has("Score")) {
      String vector = ClairTables.blankToNull(nvd.text("Vectors"));
      draft.rating(
          Ratings.cvss("nvd", vector, nvd.number("Score"), Ratings.cvssMethod(vector, "3")));
    }
    draft.title(title);
    complete(entry, draft, "Link", "Description", "FixedBy", "Severity", "NamespaceName");
  }

  private ObservationDraft draft() {
    return new ObservationDraft(settings.redactor()).kind(FindingKind.VULNERABLE_PACKAGE);
  }

  /**
   * Clair's name of a vulnerability begins with an id, or has it in the link only, or is the id. An
   * advisory covers the CVEs that it links to.
   */
  private static void identify(ObservationDraft draft, String name, String links) {
    List<String> linked = AdvisoryIds.cves(links);
    String id = AdvisoryIds.atStart(name);
    if (id == null && linked.size() == 1) {
      id = linked.get(0);
    }
    draft.nativeId(id == null ? name : id);
    for (String cve : linked) {
      if (AdvisoryIds.isCve(id) || AdvisoryIds.isGhsa(id)) {
        draft.related(cve);
      } else {
        draft.upstream(cve);
      }
    }
  }

  private static void links(ObservationDraft draft, String links) {
    if (links != null) {
      for (String link : links.split("\\s+", 60)) {
        draft.reference(link);
      }
    }
  }

  private static void fix(ObservationDraft draft, String version) {
    if (version != null && !version.isBlank() && !version.toLowerCase(Locale.ROOT).equals("none")) {
      draft.fixedVersion(version).fixState(FixState.FIXED);
    } else {
      draft.fixState(FixState.NOT_FIXED);
    }
  }

  private void emit(JsonEntry entry, ObservationDraft draft, String title, String name)
      throws IOException {
    if (title != null || name != null) {
      boolean plain = title == null || title.isBlank() || title.equals(draft.nativeId());
      draft.title(plain ? draft.nativeId() + " in " + name : title);
    }
    if (draft.identified()) {
      handler.observation(draft.build());
    } else {
      entry.warn("has no name and cannot be told from others; it is left out");
    }
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
