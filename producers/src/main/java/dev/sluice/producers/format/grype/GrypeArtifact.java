package dev.sluice.producers.format.grype;

import dev.sluice.events.Component;
import dev.sluice.events.Directness;
import dev.sluice.producers.format.Purls;
import dev.sluice.producers.format.RepositoryPaths;
import dev.sluice.producers.format.TextLimits;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The package of a match. */
final class GrypeArtifact {
  private static final Set<String> DISTRIBUTION_TYPES = Set.of("deb", "rpm", "apk");

  private final GrypeFacts facts;
  private final RepositoryPaths paths;
  private final List<String> places = new ArrayList<>(2);
  private int placeCount;
  private String name;
  private String version;
  private String type = "";
  private String purl;
  private String layer;
  private String sourceName;
  private String sourceVersion;

  GrypeArtifact(GrypeFacts facts, RepositoryPaths paths) {
    this.facts = facts;
    this.paths = paths;
  }

  void read(JsonCursor json) throws IOException, UnreadableReportException {
    json.object(
        field -> {
          switch (field) {
            case "name" -> name = json.text();
            case "version" -> version = json.text();
            case "type" -> type = json.text();
            case "purl" -> purl = json.text();
            case "locations" -> json.objects(() -> location(json));
            case "upstreams" -> json.objects(() -> upstream(json));
            default -> {}
          }
        });
  }

  private void location(JsonCursor json) throws IOException, UnreadableReportException {
    json.object(
        field -> {
          switch (field) {
            case "path" -> place(json.text());
            case "layerID" -> layer = layer == null ? json.text() : layer;
            default -> {}
          }
        });
  }

  private void place(String path) {
    if (path != null && !path.isBlank()) {
      placeCount++;
      if (places.size() < TextLimits.PLACES) {
        places.add(paths.of(path));
      }
    }
  }

  private void upstream(JsonCursor json) throws IOException, UnreadableReportException {
    String[] parts = {null, null};
    json.object(
        field -> {
          switch (field) {
            case "name" -> parts[0] = json.text();
            case "version" -> parts[1] = json.text();
            default -> {}
          }
        });
    if (sourceName == null && parts[0] != null) {
      sourceName = parts[0];
      sourceVersion = parts[1] == null || parts[1].isBlank() ? null : parts[1];
    }
  }

  /** Warns about what the match must have. */
  void finish(JsonCursor json) {
    if (name == null) {
      json.warnField("artifact.name", "is missing");
      name = "";
    }
    if (version == null) {
      json.warnField("artifact.version", "is missing");
    }
    type = type == null ? "" : type;
  }

  String name() {
    return name;
  }

  Component component() {
    boolean distribution = DISTRIBUTION_TYPES.contains(type);
    String distro = facts.distroName();
    String url = purl;
    if (url == null || url.isBlank()) {
      url =
          distribution && !distro.isEmpty()
              ? Purls.distribution(type, distro, facts.distroVersion(), name, version, null)
              : Purls.language(Purls.type(type), name, version);
    }
    String ecosystem = Purls.typeOf(url) == null ? Purls.type(type) : Purls.typeOf(url);
    return new Component(
        url,
        name,
        version,
        ecosystem == null ? "" : ecosystem,
        sourceName,
        sourceVersion,
        distribution && !distro.isEmpty() ? distro + "-" + facts.distroVersion() : null,
        null,
        layer,
        Directness.UNKNOWN,
        places,
        placeCount);
  }
}
