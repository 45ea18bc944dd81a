package dev.sluice.producers.format.sluice;

import dev.sluice.events.Scope;
import dev.sluice.producers.format.Scanners;
import dev.sluice.producers.format.Times;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** What the report says of the scan: every field but {@code findings}. */
final class SluiceFacts {
  private static final int MOST_IN_SCOPE = 1_000;

  private final Scope scope = Scanners.everything();
  private String scanner;
  private String scannerVersion;
  private String database;
  private Instant databaseBuilt;
  private String asset;
  private String version;
  private String digest;
  private String commit;
  private String branch;
  private Instant time;
  private Integer componentsSeen;
  private boolean statement;

  void read(JsonCursor json, String name) throws IOException, UnreadableReportException {
    switch (name) {
      case "scanner" -> {
        if (json.isText()) {
          scanner = json.text();
        } else {
          json.object(field -> scanner(json, field));
        }
      }
      case "asset" -> asset = json.text();
      case "version" -> version = json.text();
      case "digest" -> digest = json.text();
      case "commit" -> commit = json.text();
      case "branch" -> branch = json.text();
      case "time" -> time = time(json);
      case "scope" -> json.object(field -> scope(json, field));
      case "componentsSeen" -> componentsSeen = json.integer();
      case "statement" -> statement = Boolean.TRUE.equals(json.bool());
      default -> {}
    }
  }

  private void scanner(JsonCursor json, String field) throws IOException {
    switch (field) {
      case "name" -> scanner = json.text();
      case "version" -> scannerVersion = json.text();
      case "database" -> database = json.text();
      case "databaseBuiltAt" -> databaseBuilt = time(json);
      default -> {}
    }
  }

  private void scope(JsonCursor json, String field) throws IOException, UnreadableReportException {
    switch (field) {
      case "name" -> scope.setName(json.text());
      case "paths" -> json.array(() -> add(scope.getPaths(), json.text()));
      case "platform" -> scope.setPlatform(json.text());
      case "languages" -> json.array(() -> add(scope.getLanguages(), json.text()));
      case "ruleset" -> scope.setRuleset(json.text());
      case "filters" -> json.array(() -> add(scope.getFilters(), json.text()));
      default -> {}
    }
  }

  private static void add(List<String> list, String text) {
    if (text != null && !text.isBlank() && list.size() < MOST_IN_SCOPE) {
      list.add(text);
    }
  }

  private static Instant time(JsonCursor json) throws IOException {
    String text = json.text();
    Instant time = Times.parse(text);
    if (text != null && time == null) {
      json.warn("not a time that can be used");
    }
    return time;
  }

  /** Number of components looked at; null where the report does not say. */
  Integer componentsSeen() {
    return componentsSeen == null || componentsSeen < 0 ? null : componentsSeen;
  }

  ScanFacts facts(Redactor redactor) {
    boolean named = scanner != null && !scanner.isBlank();
    return new ScanFacts(
        Scanners.of(named ? scanner : "unknown", scannerVersion, database, databaseBuilt),
        scope,
        redactor.withoutLogin(asset),
        version,
        digest,
        commit,
        branch,
        time,
        statement);
  }
}
