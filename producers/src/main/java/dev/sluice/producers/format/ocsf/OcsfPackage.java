package dev.sluice.producers.format.ocsf;

import dev.sluice.events.Component;
import dev.sluice.events.Directness;
import dev.sluice.producers.format.Distribution;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.Purls;
import dev.sluice.producers.format.RepositoryPaths;
import dev.sluice.producers.format.json.JsonEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One of a vulnerability's {@code affected_packages}, or {@code packages} of older products. */
final class OcsfPackage {
  /** Programs that install packages, where Purls knows the kind of package only. */
  private static final Map<String, String> MANAGERS =
      Map.of("dpkg", "deb", "apt", "deb", "yum", "rpm", "dnf", "rpm", "zypper", "rpm");

  private final JsonEntry entry;
  private final RepositoryPaths paths;

  OcsfPackage(JsonEntry entry, RepositoryPaths paths) {
    this.entry = entry;
    this.paths = paths;
  }

  /** Amazon Inspector writes a word where there is no fix. */
  boolean unfixed() {
    return "NotAvailable".equalsIgnoreCase(fixedVersion());
  }

  private String fixedVersion() {
    return OcsfVulnerability.first(entry.text("fixed_in_version"), null);
  }

  void describe(ObservationDraft draft) {
    if (!unfixed()) {
      draft.fixedVersion(fixedVersion());
    }
    draft.property("fix", entry.at("remediation").text("desc"));
    draft.property("cpe", entry.text("cpe_name"));
    draft.property("packageManager", entry.text("package_manager"));
    draft.component(component());
  }

  private Component component() {
    String name = OcsfVulnerability.first(entry.text("name"), null);
    String version = version();
    String manager = OcsfVulnerability.first(entry.text("package_manager"), "");
    String lower = manager == null ? "" : manager.toLowerCase(Locale.ROOT);
    String type = MANAGERS.getOrDefault(lower, Purls.type(lower));
    String arch = OcsfVulnerability.first(entry.text("architecture"), null);
    Distribution distribution = Distribution.of(entry.text("vendor_name"), null);
    String purl = OcsfVulnerability.first(entry.text("purl"), null);
    if (purl == null
        && distribution != null
        && (type == null || distribution.type().equals(type))) {
      purl = distribution.purl(name, version, arch);
    } else if (purl == null && !MANAGERS.containsKey(lower)) {
      purl = Purls.language(type, name, version);
    }
    String known = purl == null ? type : Purls.typeOf(purl);
    List<String> places = new ArrayList<>(1);
    String path = OcsfVulnerability.first(entry.text("path"), null);
    if (path != null) {
      places.add(paths.of(path));
    }
    if (name == null) {
      entry.warnMissing("name");
      name = purl == null ? "unnamed" : Purls.nameOf(purl);
    }
    return new Component(
        purl,
        name,
        version,
        known == null ? "" : known,
        null,
        null,
        null,
        arch,
        null,
        Directness.UNKNOWN,
        places,
        places.size());
  }

  /** Of rpm packages epoch and release come apart from the version. */
  private String version() {
    String version = OcsfVulnerability.first(entry.at("version").scalar(), null);
    String release = OcsfVulnerability.first(entry.at("release").scalar(), null);
    String epoch = OcsfVulnerability.first(entry.at("epoch").scalar(), null);
    if (version == null) {
      return null;
    }
    String whole = release == null || version.endsWith(release) ? version : version + "-" + release;
    return epoch == null || epoch.equals("0") || whole.contains(":") ? whole : epoch + ":" + whole;
  }
}
