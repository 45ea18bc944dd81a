package dev.sluice.producers.format.anchore;

import dev.sluice.events.Scope;
import dev.sluice.producers.format.ImageName;
import dev.sluice.producers.format.Scanners;
import dev.sluice.producers.format.Times;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.time.Instant;

/** What an Anchore report says of the image. */
final class AnchoreFacts {
  private String fullTag;
  private String registry;
  private String repository;
  private String tag;
  private String digest;
  private String type;
  private Instant time;

  void read(JsonCursor json, String name) throws IOException, UnreadableReportException {
    switch (name) {
      case "imageFullTag", "imageTag" -> fullTag = json.text();
      case "imageDigest", "image_digest" -> digest = json.text();
      case "vulnerability_type", "vulnerabilityType" -> type = json.text();
      case "metadata" ->
          json.object(
              field -> {
                switch (field) {
                  case "registry" -> registry = json.text();
                  case "repository" -> repository = json.text();
                  case "tag" -> tag = json.text();
                  case "imageDigest" -> digest = json.text();
                  case "timestamp" -> time = Times.parse(json.text());
                  default -> {}
                }
              });
      default -> {}
    }
  }

  ScanFacts facts() {
    String asset = null;
    String version = null;
    if (fullTag != null && !fullTag.isBlank()) {
      ImageName image = ImageName.parse(fullTag);
      asset = image.repository();
      version = image.tag();
    } else if (repository != null && !repository.isBlank()) {
      asset = registry == null || registry.isBlank() ? repository : registry + "/" + repository;
      version = tag;
    }
    return of(asset, version, digest, time, type);
  }

  /** An image's scan; everything may be null. */
  static ScanFacts of(String asset, String version, String digest, Instant time, String type) {
    Scope scope = Scanners.everything();
    if (type != null && !type.isBlank() && !type.equals("all")) {
      scope.getFilters().add("type=" + type);
    }
    boolean real = digest != null && digest.startsWith("sha256:");
    return new ScanFacts(
        Scanners.of("anchore", null, null, null),
        scope,
        asset,
        version,
        real ? digest : null,
        null,
        null,
        time,
        false);
  }
}
