package dev.sluice.producers.format.semgrep;

import dev.sluice.events.Component;
import dev.sluice.events.Directness;
import dev.sluice.producers.format.Purls;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code extra.sca_info}: the package that a supply chain rule found in a lockfile. */
final class SemgrepPackage {
  private String name;
  private String version;
  private String ecosystem;
  private String transitivity = "";
  private String lockfile;
  private Boolean reachable;

  void read(JsonCursor json, String field) throws IOException, UnreadableReportException {
    switch (field) {
      case "reachable" -> reachable = json.bool();
      case "dependency_match" ->
          json.object(
              part -> {
                switch (part) {
                  case "found_dependency" -> json.object(each -> found(json, each));
                  case "lockfile" -> lockfile = json.text();
                  default -> {}
                }
              });
      default -> {}
    }
  }

  private void found(JsonCursor json, String field) throws IOException {
    switch (field) {
      case "package" -> name = json.text();
      case "version" -> version = json.text();
      case "ecosystem" -> ecosystem = json.text();
      case "transitivity" -> {
        String word = json.text();
        transitivity = word == null ? "" : word;
      }
      case "lockfile_path" -> lockfile = lockfile == null ? json.text() : lockfile;
      default -> {}
    }
  }

  boolean present() {
    return name != null && !name.isBlank();
  }

  String name() {
    return name;
  }

  /** Whether the vulnerable code is called; null where Semgrep did not look. */
  Boolean reachable() {
    return reachable;
  }

  Component component() {
    String type = Purls.type(ecosystem);
    List<String> places = new ArrayList<>(1);
    if (lockfile != null && !lockfile.isBlank()) {
      places.add(lockfile);
    }
    Directness directness =
        switch (transitivity) {
          case "direct" -> Directness.DIRECT;
          case "transitive" -> Directness.TRANSITIVE;
          default -> Directness.UNKNOWN;
        };
    return new Component(
        Purls.language(type, name, version),
        name,
        version,
        type == null ? "" : type,
        null,
        null,
        null,
        null,
        null,
        directness,
        places,
        places.size());
  }
}
