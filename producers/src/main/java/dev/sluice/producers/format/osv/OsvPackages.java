package dev.sluice.producers.format.osv;

import dev.sluice.events.Reachability;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.format.json.JsonEntry;
import dev.sluice.producers.format.json.Numbers;
import dev.sluice.producers.format.json.Warnings;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the first reading keeps of each source and package: nothing of the vulnerabilities. */
final class OsvPackages {
  /** Most sources and packages; far above any repository or image. */
  private static final int MOST_ROWS = 1_000_000;

  private static final Set<String> PACKAGE =
      Set.of("name", "os_package_name", "version", "ecosystem", "commit");
  private static final Set<String> GROUP =
      Set.of("ids", "max_severity", "experimental_analysis", "experimentalAnalysis");

  /** What OSV-Scanner says of a vulnerability of a package. */
  record Analysis(Double score, Reachability reachability, boolean unimportant, String group) {}

  /** A package as installed; {@code osName} is the binary package's name, where there is one. */
  record Package(
      String name,
      String osName,
      String version,
      String ecosystem,
      String commit,
      String dependencyGroups,
      Map<String, Analysis> analyses) {}

  /** A lockfile, an artifact or a package database. */
  record Source(String path, String type, List<Package> packages) {}

  private final Warnings warnings;
  private final List<Source> sources = new ArrayList<>();
  private final List<String> filters = new ArrayList<>();
  private long rows;
  private boolean listed;

  OsvPackages(Warnings warnings) {
    this.warnings = warnings;
  }

  void check(String report) throws UnreadableReportException {
    if (!listed) {
      throw new UnreadableReportException(
          report + ": has no list of results; check that OSV-Scanner ran to its end");
    }
  }

  List<String> filters() {
    return filters;
  }

  /** Licence checks are a different question: a scan with them compares with its like only. */
  void readConfig(JsonCursor json) throws IOException, UnreadableReportException {
    JsonEntry licences = JsonEntry.read(json, warnings).at("licenses");
    if (licences.has("allowlist") && !licences.texts("allowlist").isEmpty()) {
      filters.add("licences");
    }
  }

  void read(JsonCursor json) throws IOException, UnreadableReportException {
    listed = true;
    sources.clear();
    json.records(
        () -> {
          String[] source = {null, null};
          List<Package> packages = new ArrayList<>();
          json.object(
              name -> {
                switch (name) {
                  case "source" ->
                      json.object(
                          field -> {
                            switch (field) {
                              case "path" -> source[0] = json.text();
                              case "type" -> source[1] = json.text();
                              default -> {}
                            }
                          });
                  case "packages" -> json.records(() -> packages.add(readPackage(json)));
                  default -> {}
                }
              });
          sources.add(new Source(source[0], source[1] == null ? "" : source[1], packages));
        });
  }

  private Package readPackage(JsonCursor json) throws IOException, UnreadableReportException {
    if (rows++ >= MOST_ROWS) {
      throw json.unreadable("more than " + MOST_ROWS + " packages; scan a part at a time");
    }
    JsonEntry[] head = {JsonEntry.absent()};
    List<String> dependencyGroups = new ArrayList<>(0);
    Map<String, Analysis> analyses = new HashMap<>(2);
    json.object(
        name -> {
          switch (name) {
            case "package" -> head[0] = JsonEntry.read(json, warnings, PACKAGE);
            case "dependency_groups" ->
                json.array(
                    () -> {
                      String group = json.text();
                      if (group != null && dependencyGroups.size() < 20) {
                        dependencyGroups.add(group);
                      }
                    });
            case "groups" ->
                json.objects(() -> group(JsonEntry.read(json, warnings, GROUP), analyses));
            default -> {}
          }
        });
    return new Package(
        orEmpty(head[0].text("name")),
        blankToNull(head[0].text("os_package_name")),
        blankToNull(head[0].text("version")),
        orEmpty(head[0].text("ecosystem")),
        blankToNull(head[0].text("commit")),
        dependencyGroups.isEmpty() ? null : String.join(", ", dependencyGroups),
        analyses);
  }

  private static void group(JsonEntry group, Map<String, Analysis> analyses) {
    Double score = Numbers.parse(group.at("max_severity").scalar());
    JsonEntry all =
        group.at(
            group.has("experimental_analysis") ? "experimental_analysis" : "experimentalAnalysis");
    List<String> ids = group.texts("ids");
    String together = ids.size() < 2 ? null : String.join(", ", ids);
    for (String id : ids) {
      JsonEntry analysis = all.at(id);
      boolean unimportant = Boolean.TRUE.equals(analysis.bool("unimportant"));
      Boolean called = analysis.bool("called");
      // What is marked as unimportant is also marked as called, without any analysis of calls.
      Reachability reachability =
          called == null || unimportant
              ? Reachability.UNKNOWN
              : called ? Reachability.CALLED : Reachability.NOT_REACHABLE;
      boolean known = score != null || unimportant || reachability != Reachability.UNKNOWN;
      if (known || together != null) {
        analyses.put(id, new Analysis(score, reachability, unimportant, together));
      }
    }
  }

  Source source(int index) {
    return sources.get(index);
  }

  int size() {
    return sources.size();
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  private static String blankToNull(String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
