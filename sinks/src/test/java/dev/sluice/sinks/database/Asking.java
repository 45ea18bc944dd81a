package dev.sluice.sinks.database;

import java.util.List;

/** A listing, filter by filter. */
final class Asking {
  private List<String> prefixes = List.of("*");
  private String asset;
  private String scanner;
  private List<String> statuses = List.of();
  private List<String> severities = List.of();
  private String kind;
  private String vulnerability;
  private String owner;
  private String line;
  private boolean overdue;
  private int limit = 100;
  private String after;

  Asking prefixes(String... given) {
    prefixes = List.of(given);
    return this;
  }

  Asking asset(String given) {
    asset = given;
    return this;
  }

  Asking scanner(String given) {
    scanner = given;
    return this;
  }

  Asking status(String given) {
    statuses = List.of(given);
    return this;
  }

  Asking severity(String given) {
    severities = List.of(given);
    return this;
  }

  Asking kind(String given) {
    kind = given;
    return this;
  }

  Asking vulnerability(String given) {
    vulnerability = given;
    return this;
  }

  Asking owner(String given) {
    owner = given;
    return this;
  }

  Asking line(String given) {
    line = given;
    return this;
  }

  Asking overdue() {
    overdue = true;
    return this;
  }

  Asking limit(int given) {
    limit = given;
    return this;
  }

  Asking after(String given) {
    after = given;
    return this;
  }

  Listing build() {
    return new Listing(
        prefixes,
        asset,
        scanner,
        statuses,
        severities,
        kind,
        vulnerability,
        owner,
        line,
        overdue,
        limit,
        after);
  }
}
