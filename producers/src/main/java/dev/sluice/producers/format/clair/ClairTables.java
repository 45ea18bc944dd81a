package dev.sluice.producers.format.clair;

import dev.sluice.producers.format.Distribution;
import dev.sluice.producers.format.ImageName;
import dev.sluice.producers.format.Scanners;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.format.json.JsonEntry;
import dev.sluice.producers.format.json.Warnings;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the first reading keeps: packages, where they are, and which vulnerability concerns which of
 * them; of each a few words, never a text.
 */
final class ClairTables {
  /** Most packages, vulnerabilities and pairs of both; far above any image. */
  private static final int MOST_ROWS = 1_000_000;

  private static final Set<String> PACKAGE =
      Set.of("id", "name", "version", "arch", "source", "package_db", "kind");
  private static final Set<String> FEATURE = Set.of("Name", "Version", "NamespaceName", "AddedBy");
  private static final Set<String> DISTRIBUTION = Set.of("did", "name", "version", "version_id");

  /** A package as installed. */
  record Package(String name, String version, String arch, String sourceName, String source) {}

  /** Where a package was found. */
  record Place(String database, String layer, String distribution) {}

  /** A package of the security API, with what its vulnerabilities need. */
  record Feature(String name, String version, String namespace, String layer) {}

  /** NVD's score of a vulnerability. */
  record Score(String vector, Double score, String version) {}

  private final Warnings warnings;
  private final Map<String, Package> packages = new HashMap<>();
  private final Map<String, Distribution> distributions = new HashMap<>();
  private final Map<String, Place> places = new HashMap<>();
  private final Map<String, List<String>> packagesOf = new HashMap<>();
  private final Map<String, Score> scores = new HashMap<>();
  private final Set<String> unapproved = new HashSet<>();
  private final Set<String> seen = new HashSet<>();
  private final List<Feature> features = new ArrayList<>();
  private long pairs;
  private String manifest;
  private String image;

  ClairTables(Warnings warnings) {
    this.warnings = warnings;
  }

  void read(JsonCursor json, String name) throws IOException, UnreadableReportException {
    seen.add(name);
    switch (name) {
      case "manifest_hash" -> manifest = json.text();
      case "image" -> image = json.text();
      case "unapproved" ->
          json.list(() -> unapproved.add(limited(json, unapproved.size(), json.text())));
      case "packages" -> json.object(id -> readPackage(json, id));
      case "distributions" -> json.object(id -> readDistribution(json, id));
      case "environments" -> json.object(id -> readPlace(json, id));
      case "package_vulnerabilities" -> json.structure(id -> readPairs(json, id));
      case "enrichments" ->
          json.object(
              key -> {
                if (key.contains("clair.cvss")) {
                  json.objects(() -> json.object(id -> readScore(json, id)));
                }
              });
      case "Layer" -> json.object(field -> layer(json, field));
      case "data" ->
          json.object(
              part -> {
                if (part.equals("Layer")) {
                  json.object(field -> layer(json, field));
                }
              });
      default -> {}
    }
  }

  private void layer(JsonCursor json, String field) throws IOException, UnreadableReportException {
    switch (field) {
      case "Name" -> manifest = json.text();
      case "Features" -> {
        seen.add("Features");
        features.clear();
        json.records(
            () -> {
              JsonEntry entry = JsonEntry.read(json, warnings, FEATURE);
              features.add(
                  limited(
                      json,
                      features.size(),
                      new Feature(
                          entry.text("Name"),
                          entry.text("Version"),
                          blankToNull(entry.text("NamespaceName")),
                          blankToNull(entry.text("AddedBy")))));
            });
      }
      default -> {}
    }
  }

  private static <T> T limited(JsonCursor json, long rows, T value)
      throws UnreadableReportException {
    if (rows >= MOST_ROWS) {
      throw json.unreadable("more than " + MOST_ROWS + " entries; this is no report of one image");
    }
    return value;
  }

  private void readPackage(JsonCursor json, String id)
      throws IOException, UnreadableReportException {
    JsonEntry entry = JsonEntry.read(json, warnings, PACKAGE);
    JsonEntry source = entry.at("source");
    packages.put(
        id,
        limited(
            json,
            packages.size(),
            new Package(
                entry.text("name"),
                entry.text("version"),
                blankToNull(entry.text("arch")),
                blankToNull(source.text("name")),
                blankToNull(source.text("version")))));
  }

  private void readDistribution(JsonCursor json, String id)
      throws IOException, UnreadableReportException {
    JsonEntry entry = JsonEntry.read(json, warnings, DISTRIBUTION);
    Distribution known = distribution(entry);
    if (known != null) {
      distributions.put(id, limited(json, distributions.size(), known));
    }
  }

  /** A distribution as Clair writes one; null where it names none. */
  static Distribution distribution(JsonEntry entry) {
    String release = blankToNull(entry.text("version_id"));
    Distribution byId = Distribution.of(entry.text("did"), release);
    String version = release == null ? entry.text("version") : release;
    return byId == null || release == null ? byName(entry, byId, version) : byId;
  }

  private static Distribution byName(JsonEntry entry, Distribution byId, String version) {
    return Distribution.of(byId == null ? entry.text("name") : byId.name(), version);
  }

  /** The first environment says most: the others repeat it without a distribution. */
  private void readPlace(JsonCursor json, String id) throws IOException, UnreadableReportException {
    Place[] first = {null};
    json.array(
        () -> {
          JsonEntry entry =
              JsonEntry.read(
                  json, warnings, Set.of("package_db", "introduced_in", "distribution_id"));
          String distribution = blankToNull(entry.text("distribution_id"));
          if (first[0] == null || (first[0].distribution() == null && distribution != null)) {
            first[0] =
                new Place(entry.text("package_db"), entry.text("introduced_in"), distribution);
          }
        });
    if (first[0] != null) {
      places.put(id, limited(json, places.size(), first[0]));
    }
  }

  private void readPairs(JsonCursor json, String packageId)
      throws IOException, UnreadableReportException {
    json.list(
        () -> {
          String vulnerability = json.scalar();
          if (vulnerability != null) {
            limited(json, pairs++, vulnerability);
            packagesOf.computeIfAbsent(vulnerability, id -> new ArrayList<>(1)).add(packageId);
          }
        });
  }

  private void readScore(JsonCursor json, String id) throws IOException, UnreadableReportException {
    json.array(
        () -> {
          JsonEntry entry =
              JsonEntry.read(json, warnings, Set.of("vectorString", "baseScore", "version"));
          Score score =
              new Score(
                  entry.text("vectorString"),
                  entry.number("baseScore"),
                  entry.at("version").scalar());
          if (score.vector() != null || score.score() != null) {
            scores.putIfAbsent(id, limited(json, scores.size(), score));
          }
        });
  }

  /** Refuses a report that says nothing of vulnerabilities: it is not a clean one. */
  void check(String report) throws UnreadableReportException {
    boolean four = seen.contains("manifest_hash");
    if (four && !(seen.contains("package_vulnerabilities") && seen.contains("vulnerabilities"))) {
      throw new UnreadableReportException(
          report
              + ": has no list of vulnerabilities; an index report of Clair has only packages, so"
              + " send the vulnerability report");
    }
    boolean listed =
        four
            || seen.contains("vulnerabilities")
            || seen.contains("Vulnerabilities")
            || seen.contains("Features");
    if (!listed) {
      throw new UnreadableReportException(
          report
              + ": has no list of packages or vulnerabilities; wait until Clair has scanned the"
              + " image and ask again");
    }
  }

  boolean isFour() {
    return seen.contains("manifest_hash");
  }

  ScanFacts facts() {
    boolean named = image != null && !image.isBlank();
    ImageName name = named ? ImageName.parse(image) : null;
    String digest = manifest != null && manifest.startsWith("sha256:") ? manifest : null;
    return new ScanFacts(
        Scanners.of("clair", null, null, null),
        Scanners.everything(),
        name == null ? null : name.repository(),
        name == null ? null : name.tag(),
        name == null || name.digest() == null ? digest : name.digest(),
        null,
        null,
        null,
        false);
  }

  Feature feature(int index) {
    return index < features.size() ? features.get(index) : new Feature(null, null, null, null);
  }

  int packageCount() {
    return packages.size();
  }

  boolean listsPackages() {
    return seen.contains("packages");
  }

  /** Ids of the packages that a vulnerability concerns. */
  List<String> packagesOf(String vulnerability) {
    return packagesOf.getOrDefault(vulnerability, List.of());
  }

  /** Forgets what has been reported; what is left was never described. */
  void reported(String vulnerability) {
    packagesOf.remove(vulnerability);
  }

  int undescribed() {
    return packagesOf.size();
  }

  Package packageOf(String id) {
    return packages.get(id);
  }

  Place placeOf(String packageId) {
    return places.get(packageId);
  }

  Distribution distributionOf(String packageId) {
    Place place = places.get(packageId);
    return place == null ? null : distributions.get(place.distribution());
  }

  Score scoreOf(String vulnerability) {
    return scores.get(vulnerability);
  }

  /** Whether clair-scanner's white list approved of a vulnerability. */
  boolean approved(String vulnerability) {
    return seen.contains("unapproved") && !unapproved.contains(vulnerability);
  }

  static String blankToNull(String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
