package dev.sluice.producers.format.govulncheck;

import dev.sluice.events.Scope;
import dev.sluice.producers.format.Scanners;
import dev.sluice.producers.format.TextLimits;
import dev.sluice.producers.format.Times;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What the messages say of the scan: {@code config}, {@code SBOM}, and the modules of old. */
final class GovulncheckFacts {
  private static final int MOST_MODULES = 20_000;

  /** Hosts on which a module's path begins with its repository. */
  private static final Pattern CODE_HOST =
      Pattern.compile("(github\\.com|gitlab\\.com|bitbucket\\.org|codeberg\\.org)/.+");

  private final Redactor redactor;
  private final Map<String, String> versions = new HashMap<>();
  private boolean configured;
  private boolean legacy;
  private Long components;
  private String mainModule;
  private String scannerVersion;
  private String database;
  private String databaseTime;
  private String goVersion;
  private String level;
  private String mode;

  GovulncheckFacts(Redactor redactor) {
    this.redactor = redactor;
  }

  void read(JsonCursor json, String field) throws IOException, UnreadableReportException {
    switch (field) {
      case "config" -> {
        configured |= json.isObject();
        json.object(part -> config(json, part));
      }
      case "SBOM" -> json.object(part -> sbom(json, part));
      case "Vulns" -> legacy = true;
      case "Modules" -> {
        long[] count = {0};
        json.objects(() -> legacyModule(json, count));
        components = count[0];
      }
      case "Requires" ->
          json.object(
              part -> {
                if (part.equals("Modules")) {
                  json.object(id -> legacyModule(json, new long[1]));
                }
              });
      default -> {}
    }
  }

  private void config(JsonCursor json, String part) throws IOException {
    switch (part) {
      case "scanner_version" -> scannerVersion = json.text();
      case "db" -> database = redactor.withoutLogin(json.text());
      case "db_last_modified" -> databaseTime = json.text();
      case "go_version" -> goVersion = json.text();
      case "scan_level" -> level = json.text();
      case "scan_mode" -> mode = json.text();
      default -> {}
    }
  }

  private void sbom(JsonCursor json, String part) throws IOException, UnreadableReportException {
    switch (part) {
      case "go_version" -> goVersion = goVersion == null ? json.text() : goVersion;
      case "modules" -> {
        long[] count = {0};
        json.objects(
            () -> {
              String[] path = {null, null};
              json.object(
                  name -> {
                    switch (name) {
                      case "path" -> path[0] = json.text();
                      case "version" -> path[1] = json.text();
                      default -> {}
                    }
                  });
              // The module that was scanned comes first and alone has no version.
              if (count[0]++ == 0 && path[1] == null) {
                mainModule = path[0];
              }
            });
        components = count[0];
      }
      default -> {}
    }
  }

  private void legacyModule(JsonCursor json, long[] count)
      throws IOException, UnreadableReportException {
    count[0]++;
    String[] module = {null, null};
    json.object(
        name -> {
          switch (name) {
            case "Path" -> module[0] = json.text();
            case "Version" -> module[1] = json.text();
            default -> {}
          }
        });
    if (module[0] != null && module[1] != null && versions.size() < MOST_MODULES) {
      versions.putIfAbsent(
          TextLimits.cutIdentity(module[0], TextLimits.ID),
          TextLimits.cutIdentity(module[1], TextLimits.VERSION));
    }
  }

  /** Whether there was a message without which no govulncheck report is complete. */
  boolean known() {
    return configured || legacy;
  }

  /** Number of modules, the scanned one and the standard library included; null if not said. */
  Long components() {
    return components;
  }

  String goVersion() {
    return goVersion;
  }

  /** Version of a module by the lists of the format of before 1.0; null where it has none. */
  String version(String module) {
    String version = versions.get(module);
    return version == null || version.isBlank() ? null : version;
  }

  ScanFacts facts() {
    Scope scope = Scanners.everything();
    if (mode != null && !mode.isBlank()) {
      scope.getFilters().add("scan_mode=" + TextLimits.cut(mode, 60));
    }
    if (level != null && !level.isBlank()) {
      scope.getFilters().add("scan_level=" + TextLimits.cut(level, 60));
    }
    return new ScanFacts(
        Scanners.of("govulncheck", scannerVersion, database, Times.parse(databaseTime)),
        scope,
        asset(),
        null,
        null,
        null,
        null,
        null,
        false);
  }

  private String asset() {
    if (mainModule == null || !CODE_HOST.matcher(mainModule).matches()) {
      return null;
    }
    // golang.org/ref/mod#major-version-suffixes: the suffix is no part of the repository.
    return mainModule.replaceFirst("/v[0-9]+$", "");
  }
}
