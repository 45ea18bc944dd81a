package dev.sluice.producers.format.sluice;

import dev.sluice.events.Location;
import dev.sluice.producers.format.Locations;
import dev.sluice.producers.format.RepositoryPaths;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.redact.Redactor;
import java.io.IOException;

/** The {@code location} of a finding. */
final class SluicePlace {
  private final RepositoryPaths paths;
  private String path;
  private Integer startLine;
  private Integer endLine;
  private Integer startColumn;
  private Integer endColumn;
  private String symbol;
  private String snippet;

  SluicePlace(RepositoryPaths paths) {
    this.paths = paths;
  }

  void read(JsonCursor json, String field) throws IOException {
    switch (field) {
      case "path" -> path = json.text();
      case "startLine" -> startLine = json.integer();
      case "endLine" -> endLine = json.integer();
      case "startColumn" -> startColumn = json.integer();
      case "endColumn" -> endColumn = json.integer();
      case "symbol" -> symbol = json.text();
      case "snippet" -> snippet = json.text();
      default -> {}
    }
  }

  String snippet() {
    return snippet;
  }

  /** The place; null where neither path nor symbol is known. */
  Location location(Redactor redactor, String secret) {
    String file = path == null ? "" : paths.of(path);
    if (file.isEmpty() && symbol == null) {
      return null;
    }
    String code = snippet == null || secret == null ? snippet : snippet.replace(secret, "***");
    Location location = Locations.snippet(file, startLine, endLine, code, redactor);
    location.setStartColumn(Locations.positive(startColumn));
    location.setEndColumn(Locations.positive(endColumn));
    location.setSymbol(symbol);
    return location;
  }
}
