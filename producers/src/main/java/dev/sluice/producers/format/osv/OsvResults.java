package dev.sluice.producers.format.osv;

import dev.sluice.events.Component;
import dev.sluice.events.Directness;
import dev.sluice.events.FindingKind;
import dev.sluice.producers.format.Distribution;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.Purls;
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
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The second reading: vulnerabilities and licence violations, each with its package. */
final class OsvResults {
  private static final Set<String> VULNERABILITY =
      Set.of(
          "id",
          "aliases",
          "upstream",
          "related",
          "summary",
          "details",
          "severity",
          "database_specific",
          "references",
          "affected",
          "published",
          "withdrawn");

  /** OSV's ecosystems (OSV schema, "Defined ecosystems") where purls have another name. */
  private static final Map<String, String> ECOSYSTEMS =
      Map.ofEntries(
          Map.entry("crates.io", "cargo"),
          Map.entry("packagist", "composer"),
          Map.entry("go", "golang"),
          Map.entry("rubygems", "gem"),
          Map.entry("conancenter", "conan"),
          Map.entry("swifturl", "swift"),
          Map.entry("github actions", "githubactions"),
          Map.entry("cran", "cran"),
          Map.entry("hackage", "hackage"),
          Map.entry("bioconductor", "bioconductor"),
          Map.entry("julia", "julia"));

  private final ReaderSettings settings;
  private final RepositoryPaths paths;
  private final ReportHandler handler;
  private final Warnings warnings;
  private final OsvPackages packages;

  OsvResults(
      ReaderSettings settings, ReportHandler handler, Warnings warnings, OsvPackages packages) {
    this.settings = settings;
    this.paths = new RepositoryPaths(settings.checkoutRoots());
    this.handler = handler;
    this.warnings = warnings;
    this.packages = packages;
  }

  void read(JsonCursor json) throws IOException, UnreadableReportException {
    int[] index = {0};
    json.records(
        () -> {
          if (index[0] >= packages.size()) {
            // The list of results is there twice: the last one counted in the first reading.
            return;
          }
          OsvPackages.Source source = packages.source(index[0]++);
          int[] inner = {0};
          json.object(
              name -> {
                if (name.equals("packages")) {
                  json.records(
                      () -> {
                        if (inner[0] < source.packages().size()) {
                          ofPackage(json, source, source.packages().get(inner[0]++));
                        }
                      });
                }
              });
        });
  }

  private void ofPackage(JsonCursor json, OsvPackages.Source source, OsvPackages.Package each)
      throws IOException, UnreadableReportException {
    json.object(
        name -> {
          switch (name) {
            case "vulnerabilities" ->
                json.records(
                    () ->
                        vulnerability(JsonEntry.read(json, warnings, VULNERABILITY), source, each));
            case "license_violations" -> json.list(() -> licence(json, source, each));
            default -> {}
          }
        });
  }

  private void vulnerability(JsonEntry entry, OsvPackages.Source source, OsvPackages.Package each)
      throws IOException {
    ObservationDraft draft = draft(source, each, FindingKind.VULNERABLE_PACKAGE);
    new OsvVulnerability(entry, each).write(draft);
    if (draft.identified()) {
      handler.observation(draft.build());
    } else {
      entry.warn("has no id and cannot be told from others; it is left out");
    }
  }

  private void licence(JsonCursor json, OsvPackages.Source source, OsvPackages.Package each)
      throws IOException {
    String licence = json.text();
    if (licence != null && !licence.isBlank()) {
      ObservationDraft draft = draft(source, each, FindingKind.LICENCE);
      draft.nativeId(licence).licence(licence);
      draft.title("Licence " + licence + " of " + nameOf(each) + " is not on the list");
      handler.observation(draft.build());
    }
  }

  private ObservationDraft draft(
      OsvPackages.Source source, OsvPackages.Package each, FindingKind kind) {
    ObservationDraft draft = new ObservationDraft(settings.redactor()).kind(kind);
    draft.component(component(source, each));
    draft.place(source.type() + ":" + paths.of(source.path()));
    draft.property("dependencyGroups", each.dependencyGroups());
    draft.property("commit", each.commit());
    return draft;
  }

  static String nameOf(OsvPackages.Package each) {
    return each.osName() == null ? each.name() : each.osName();
  }

  /** A distribution's package goes by its source package's name, unless its own is told, too. */
  private Component component(OsvPackages.Source source, OsvPackages.Package each) {
    Distribution distribution = Distribution.parse(each.ecosystem());
    String version = each.version() == null ? each.commit() : each.version();
    String type = distribution == null ? type(each.ecosystem()) : distribution.type();
    String purl =
        distribution == null
            ? Purls.language(type, each.name(), version)
            : distribution.purl(nameOf(each), version, null);
    List<String> places = new ArrayList<>(1);
    if (source.path() != null && !source.path().isBlank()) {
      places.add(paths.of(source.path()));
    }
    return new Component(
        purl,
        nameOf(each),
        version,
        type == null ? "" : type,
        distribution == null || each.name().isEmpty() ? null : each.name(),
        null,
        distribution == null ? null : distribution.label(),
        null,
        null,
        Directness.UNKNOWN,
        places,
        places.size());
  }

  private static String type(String ecosystem) {
    int colon = ecosystem.indexOf(':');
    String name = (colon < 0 ? ecosystem : ecosystem.substring(0, colon)).toLowerCase(Locale.ROOT);
    return ECOSYSTEMS.getOrDefault(name, Purls.type(name));
  }
}
