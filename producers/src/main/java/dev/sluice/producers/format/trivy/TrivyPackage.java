package dev.sluice.producers.format.trivy;

import dev.sluice.events.Directness;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;

/** What the list of packages says beyond what a vulnerability repeats. */
record TrivyPackage(
    String id, String sourceName, String sourceVersion, String arch, Directness directness) {
  static TrivyPackage read(JsonCursor json) throws IOException, UnreadableReportException {
    String[] parts = {null, null, null, null, null};
    Directness[] directness = {Directness.UNKNOWN};
    json.object(
        name -> {
          switch (name) {
            case "ID" -> parts[0] = json.text();
            case "SrcName" -> parts[1] = json.text();
            case "SrcVersion" -> parts[2] = json.text();
            case "SrcRelease" -> parts[3] = json.text();
            case "Arch" -> parts[4] = json.text();
            case "Relationship" -> directness[0] = directness(json.text());
            case "Indirect" -> {
              if (Boolean.TRUE.equals(json.bool())) {
                directness[0] = Directness.TRANSITIVE;
              }
            }
            default -> {}
          }
        });
    boolean release = parts[2] != null && parts[3] != null && !parts[3].isBlank();
    String version = release ? parts[2] + "-" + parts[3] : parts[2];
    return new TrivyPackage(parts[0], parts[1], version, parts[4], directness[0]);
  }

  private static Directness directness(String relationship) {
    return switch (TrivyResults.orEmpty(relationship)) {
      case "direct", "root", "workspace" -> Directness.DIRECT;
      case "indirect" -> Directness.TRANSITIVE;
      default -> Directness.UNKNOWN;
    };
  }
}
