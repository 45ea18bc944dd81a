package dev.sluice.producers.format.npm;

import dev.sluice.events.Component;
import dev.sluice.events.Directness;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FixState;
import dev.sluice.producers.format.AdvisoryIds;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.Purls;
import dev.sluice.producers.format.Ratings;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.TextLimits;
import dev.sluice.producers.format.json.JsonEntry;
import dev.sluice.producers.report.ReportHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Observations of advisories, each of one package. */
final class NpmAdvisories {
  private static final Pattern FIXED = Pattern.compile(">=\\s*([0-9][^\\s|,<]*)");

  private final ReaderSettings settings;
  private final ReportHandler handler;

  NpmAdvisories(ReaderSettings settings, ReportHandler handler) {
    this.settings = settings;
    this.handler = handler;
  }

  /** An advisory of npm 6 or pnpm, with every place in which the package was found. */
  void ofSix(JsonEntry advisory, String key) throws IOException {
    Set<String> versions = new LinkedHashSet<>();
    List<String> paths = new ArrayList<>();
    int[] count = {0};
    advisory
        .at("findings")
        .objects(
            each -> {
              String version = each.text("version");
              if (version != null && !version.isBlank()) {
                versions.add(version);
              }
              for (String path : each.texts("paths")) {
                count[0]++;
                if (paths.size() < TextLimits.PLACES) {
                  paths.add(path);
                }
              }
            });
    advisory(advisory, key, versions, paths, count[0]);
  }

  /** A line of Yarn: an advisory on one path. */
  void ofYarn(JsonEntry data) throws IOException {
    JsonEntry advisory = data.at("advisory");
    String path = data.at("resolution").text("path");
    Set<String> versions = new LinkedHashSet<>();
    Set<String> others = new LinkedHashSet<>();
    advisory
        .at("findings")
        .objects(
            each -> {
              String version = each.text("version");
              if (version != null && !version.isBlank()) {
                (each.texts("paths").contains(path) ? versions : others).add(version);
              }
            });
    List<String> paths = new ArrayList<>(1);
    if (path != null && !path.isBlank()) {
      paths.add(path);
    }
    advisory(
        advisory, advisory.at("id").scalar(), versions.isEmpty() ? others : versions, paths, 1);
  }

  private void advisory(
      JsonEntry advisory, String key, Set<String> versions, List<String> paths, int count)
      throws IOException {
    ObservationDraft draft = draft(advisory, key);
    List<String> cves = advisory.texts("cves");
    for (String cve : cves) {
      if (cves.size() == 1) {
        draft.alias(cve);
      } else {
        draft.related(cve);
      }
    }
    draft.description(advisory.text("overview"));
    draft.property("vulnerableVersions", advisory.text("vulnerable_versions"));
    draft.property("recommendation", advisory.text("recommendation"));
    if (versions.size() > 1) {
      draft.property("versions", String.join(", ", versions));
    }
    String patched = advisory.text("patched_versions");
    Matcher fixes = FIXED.matcher(patched == null ? "" : patched);
    while (fixes.find()) {
      draft.fixedVersion(fixes.group(1));
    }
    draft.fixState(
        draft.hasFix()
            ? FixState.FIXED
            : patched != null && patched.startsWith("<0.0.0")
                ? FixState.NOT_FIXED
                : FixState.UNKNOWN);
    String name = advisory.text("module_name");
    boolean nested = paths.stream().allMatch(p -> bare(p).indexOf('>') >= 0);
    Directness directness =
        paths.isEmpty() ? Directness.UNKNOWN : nested ? Directness.TRANSITIVE : Directness.DIRECT;
    String version = versions.isEmpty() ? null : versions.iterator().next();
    draft.component(component(advisory, name, version, directness, paths, count));
    emit(advisory, draft);
  }

  /** pnpm begins each path with the project. */
  private static String bare(String path) {
    return path.startsWith(".>") ? path.substring(2) : path;
  }

  /**
   * A package of npm 7. Only objects in {@code via} are advisories; a name there says that the
   * package depends on one that has them, which is reported by itself.
   */
  void ofSeven(JsonEntry each, String key) throws IOException {
    List<JsonEntry> found = new ArrayList<>();
    each.at("via")
        .items(
            via -> {
              if (via.isObject()) {
                found.add(via);
              }
            });
    for (JsonEntry via : found) {
      ObservationDraft draft = draft(via, via.at("source").scalar());
      draft.property("vulnerableVersions", via.text("range"));
      draft.property("effects", String.join(", ", each.texts("effects")));
      JsonEntry fix = each.at("fixAvailable");
      if (fix.isObject()) {
        draft.property("fixAvailable", fix.text("name") + "@" + fix.text("version"));
      } else {
        draft.property("fixAvailable", fix.scalar());
      }
      List<String> nodes = each.texts("nodes");
      Boolean direct = each.bool("isDirect");
      Directness directness =
          direct == null ? Directness.UNKNOWN : direct ? Directness.DIRECT : Directness.TRANSITIVE;
      String name = via.text(via.has("dependency") ? "dependency" : "name");
      draft.component(
          component(via, name == null ? key : name, null, directness, nodes, nodes.size()));
      emit(via, draft);
    }
  }

  private ObservationDraft draft(JsonEntry advisory, String number) {
    ObservationDraft draft = new ObservationDraft(settings.redactor());
    draft.kind(FindingKind.VULNERABLE_PACKAGE);
    String link = advisory.text("url");
    String ghsa = AdvisoryIds.ghsa(advisory.text("github_advisory_id"));
    ghsa = ghsa == null ? AdvisoryIds.ghsa(link) : ghsa;
    String npm = number == null || number.isBlank() ? null : "npm:" + number;
    draft.nativeId(ghsa == null ? npm : ghsa);
    // npm's own numbers are not lasting: a new one comes with every change of the advisory.
    draft.property("npmAdvisory", number);
    draft.title(advisory.text("title"));
    draft.reference(link);
    String severity = advisory.text("severity");
    if (severity == null) {
      advisory.warnMissing("severity");
    }
    draft.rating(Ratings.word(ghsa == null ? "npm" : "ghsa", severity));
    JsonEntry cvss = advisory.at("cvss");
    String vector = cvss.isObject() ? cvss.text("vectorString") : null;
    Double score = cvss.isObject() ? cvss.number("score") : null;
    if ((vector != null && !vector.isBlank()) || (score != null && score > 0)) {
      draft.rating(Ratings.cvss("ghsa", vector, score, Ratings.cvssMethod(vector, "3")));
    }
    cwes(draft, advisory);
    return draft;
  }

  /** A list, one id, or a list written as a string. */
  private static void cwes(ObservationDraft draft, JsonEntry advisory) {
    JsonEntry cwe = advisory.at("cwe");
    if (cwe.isArray()) {
      advisory.texts("cwe").forEach(draft::cwe);
    } else if (cwe.isText()) {
      for (String each : cwe.text().split("[\\[\\]\",\\s]+", 60)) {
        draft.cwe(each);
      }
    }
  }

  private static Component component(
      JsonEntry entry,
      String name,
      String version,
      Directness directness,
      List<String> places,
      int count) {
    if (name == null) {
      entry.warn("names no package");
    }
    String known = name == null ? "" : name;
    return new Component(
        Purls.language("npm", known, version),
        known,
        version,
        "npm",
        null,
        null,
        null,
        null,
        null,
        directness,
        places,
        Math.max(count, places.size()));
  }

  private void emit(JsonEntry entry, ObservationDraft draft) throws IOException {
    if (draft.identified()) {
      handler.observation(draft.build());
    } else {
      entry.warn("has no id and cannot be told from others; it is left out");
    }
  }
}
