package dev.sluice.producers.format.grype;

import dev.sluice.events.Scope;
import dev.sluice.producers.format.ImageName;
import dev.sluice.producers.format.Scanners;
import dev.sluice.producers.format.Times;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a Grype report says of the scan: {@code source}, {@code distro} and {@code descriptor}. */
final class GrypeFacts {
  private String sourceType = "";
  private String path;
  private String userInput;
  private String imageId;
  private String architecture;
  private String os;
  private final List<String> tags = new ArrayList<>();
  private final List<String> repoDigests = new ArrayList<>();
  private String distroName = "";
  private String distroVersion = "";
  private String version;
  private Instant time;
  private String databaseVersion;
  private Instant databaseBuilt;
  private final List<String> filters = new ArrayList<>();

  void read(JsonCursor json, String name) throws IOException, UnreadableReportException {
    switch (name) {
      case "source" -> json.object(field -> source(json, field));
      case "distro" ->
          json.object(
              field -> {
                switch (field) {
                  case "name" -> distroName = orEmpty(json.text());
                  case "version" -> distroVersion = orEmpty(json.text());
                  default -> {}
                }
              });
      case "descriptor" -> json.object(field -> descriptor(json, field));
      case "matches", "ignoredMatches" -> json.skipUnchecked();
      default -> {}
    }
  }

  private void source(JsonCursor json, String field) throws IOException, UnreadableReportException {
    switch (field) {
      case "type" -> sourceType = orEmpty(json.text());
      case "target" -> {
        if (json.isText()) {
          path = json.text();
        } else {
          json.object(part -> target(json, part));
        }
      }
      default -> {}
    }
  }

  private void target(JsonCursor json, String part) throws IOException, UnreadableReportException {
    switch (part) {
      case "userInput" -> userInput = json.text();
      case "imageID" -> imageId = json.text();
      case "architecture" -> architecture = json.text();
      case "os" -> os = json.text();
      case "tags" -> json.array(() -> add(tags, json.text()));
      case "repoDigests" -> json.array(() -> add(repoDigests, json.text()));
      default -> {}
    }
  }

  private void descriptor(JsonCursor json, String field)
      throws IOException, UnreadableReportException {
    switch (field) {
      case "version" -> version = json.text();
      case "timestamp" -> time = Times.parse(json.text());
      case "db" -> json.object(part -> database(json, part));
      case "configuration" -> json.object(part -> configuration(json, part));
      default -> {}
    }
  }

  /** Schema 5 and before have the database's facts here, schema 6 has them in {@code status}. */
  private void database(JsonCursor json, String part)
      throws IOException, UnreadableReportException {
    switch (part) {
      case "status" -> json.object(inner -> database(json, inner));
      case "built" -> databaseBuilt = Times.parse(json.text());
      case "schemaVersion" -> databaseVersion = json.scalar();
      default -> {}
    }
  }

  /** Settings that hide findings; without them two scans cannot be compared. */
  private void configuration(JsonCursor json, String part)
      throws IOException, UnreadableReportException {
    switch (part) {
      case "only-fixed", "only-notfixed" -> {
        if (Boolean.TRUE.equals(json.bool())) {
          filters.add(part);
        }
      }
      case "ignore-wontfix" -> {
        String states = json.scalar();
        if (states != null && !states.isBlank() && !states.equals("false")) {
          filters.add("ignore-states=" + states);
        }
      }
      case "exclude" ->
          json.array(
              () -> {
                String excluded = json.text();
                if (excluded != null && filters.size() < 50) {
                  filters.add("exclude=" + excluded);
                }
              });
      default -> {}
    }
  }

  ScanFacts facts() {
    Scope scope = Scanners.everything();
    scope.getFilters().addAll(filters.stream().distinct().sorted().toList());
    if (os != null && architecture != null && !architecture.isBlank()) {
      scope.setPlatform(os + "/" + architecture);
    }
    ImageName image = image();
    if (image == null && path != null && !path.isBlank() && !path.equals(".")) {
      scope.getPaths().add(path);
    }
    return new ScanFacts(
        Scanners.of("grype", version, databaseVersion, databaseBuilt),
        scope,
        image == null ? null : image.repository(),
        image == null ? null : image.tag(),
        image == null ? null : digestOf(image),
        null,
        null,
        time,
        false);
  }

  private ImageName image() {
    if (!sourceType.equals("image")) {
      return null;
    }
    String name = stripScheme(userInput);
    if (name == null || name.isBlank() || ImageName.isArchive(name)) {
      return tags.isEmpty() ? null : ImageName.parse(tags.get(0));
    }
    ImageName asked = ImageName.parse(name);
    if (asked.tag() == null && asked.digest() == null) {
      for (String tag : tags) {
        if (ImageName.parse(tag).repository().equals(asked.repository())) {
          return ImageName.parse(tag);
        }
      }
    }
    return asked;
  }

  /** {@code docker:}, {@code registry:} and so on say where Grype got the image, not its name. */
  private static String stripScheme(String input) {
    if (input == null) {
      return null;
    }
    for (String scheme : List.of("docker:", "podman:", "registry:", "containerd:")) {
      if (input.startsWith(scheme)) {
        return input.substring(scheme.length());
      }
    }
    return input;
  }

  private String digestOf(ImageName image) {
    if (image.digest() != null) {
      return image.digest();
    }
    for (String each : repoDigests) {
      ImageName known = ImageName.parse(each);
      if (known.repository().equals(image.repository()) || repoDigests.size() == 1) {
        return known.digest();
      }
    }
    return imageId == null || imageId.isBlank() ? null : imageId;
  }

  String distroName() {
    return distroName;
  }

  String distroVersion() {
    return distroVersion;
  }

  private static void add(List<String> list, String value) {
    if (value != null && !value.isBlank() && list.size() < 100) {
      list.add(value);
    }
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
