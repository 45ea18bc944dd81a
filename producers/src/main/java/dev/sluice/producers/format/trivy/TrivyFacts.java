package dev.sluice.producers.format.trivy;

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

/** What a Trivy report says of the scan as a whole. */
final class TrivyFacts {
  /** Name, class and type of one result, needed before its entries. */
  record ResultHead(String target, String resultClass, String type) {}

  private static final int MAX_HEADS = 200_000;

  private String trivyVersion;
  private String artifactName;
  private String artifactType;
  private String clusterName;
  private String repositoryUrl;
  private String branch;
  private String commit;
  private String imageId;
  private String reference;
  private String platformOs;
  private String architecture;
  private Instant createdAt;
  private String osFamily = "";
  private String osName = "";
  private final List<String> repoTags = new ArrayList<>();
  private final List<String> repoDigests = new ArrayList<>();
  private final List<ResultHead> heads = new ArrayList<>();

  /** A pass over a whole report whose fields are in an unusual order. */
  void readAll(JsonCursor json) throws IOException, UnreadableReportException {
    if (json.isArray()) {
      heads(json);
    } else if (json.isObject()) {
      json.structure(
          name -> {
            switch (name) {
              case "Results" -> heads(json);
              case "Resources", "Findings", "Vulnerabilities", "Misconfigurations" ->
                  json.objects(
                      () ->
                          json.object(
                              field -> {
                                if (field.equals("Results")) {
                                  heads(json);
                                }
                              }));
              default -> read(json, name);
            }
          });
    }
  }

  private void heads(JsonCursor json) throws IOException, UnreadableReportException {
    json.objects(
        () -> {
          String[] head = {null, null, null};
          json.object(
              name -> {
                switch (name) {
                  case "Target" -> head[0] = json.text();
                  case "Class" -> head[1] = json.text();
                  case "Type" -> head[2] = json.text();
                  default -> {}
                }
              });
          if (heads.size() < MAX_HEADS) {
            heads.add(new ResultHead(head[0], head[1], head[2]));
          }
        });
  }

  ResultHead head(int index) {
    return index < heads.size() ? heads.get(index) : new ResultHead(null, null, null);
  }

  void read(JsonCursor json, String name) throws IOException, UnreadableReportException {
    switch (name) {
      case "Trivy" ->
          json.object(
              field -> {
                if (field.equals("Version")) {
                  trivyVersion = json.text();
                }
              });
      case "CreatedAt" -> createdAt = time(json);
      case "ArtifactName" -> artifactName = json.text();
      case "ArtifactType" -> artifactType = json.text();
      case "ClusterName" -> clusterName = json.text();
      case "Metadata" -> json.object(field -> metadata(json, field));
      default -> {}
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

  private void metadata(JsonCursor json, String name)
      throws IOException, UnreadableReportException {
    switch (name) {
      case "OS" -> readOs(json);
      case "ImageID" -> imageId = json.text();
      case "Reference" -> reference = json.text();
      case "RepoTags" -> json.array(() -> add(repoTags, json.text()));
      case "RepoDigests" -> json.array(() -> add(repoDigests, json.text()));
      case "RepoURL" -> repositoryUrl = json.text();
      case "Branch" -> branch = json.text();
      case "Commit" -> commit = json.text();
      case "ImageConfig" ->
          json.object(
              field -> {
                switch (field) {
                  case "architecture" -> architecture = json.text();
                  case "os" -> platformOs = json.text();
                  default -> {}
                }
              });
      default -> {}
    }
  }

  /** The distribution of an image; in a cluster report, of the image of the current resource. */
  void readOs(JsonCursor json) throws IOException, UnreadableReportException {
    osFamily = "";
    osName = "";
    json.object(
        field -> {
          switch (field) {
            case "Family" -> osFamily = orEmpty(json.text());
            case "Name" -> osName = orEmpty(json.text());
            default -> {}
          }
        });
  }

  void forgetOs() {
    osFamily = "";
    osName = "";
  }

  String osFamily() {
    return osFamily;
  }

  String osName() {
    return osName;
  }

  boolean isImage() {
    return "container_image".equals(artifactType);
  }

  private static void add(List<String> list, String value) {
    if (value != null && !value.isBlank() && list.size() < 100) {
      list.add(value);
    }
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  ScanFacts facts(String withoutLogin) {
    Scope scope = Scanners.everything();
    if (platformOs != null && architecture != null && !architecture.isBlank()) {
      scope.setPlatform(platformOs + "/" + architecture);
    }
    String asset = null;
    String version = null;
    String digest = null;
    if (clusterName != null) {
      asset = blankToNull(clusterName);
    } else if (isImage() || artifactType == null) {
      ImageName image = image();
      asset = image == null ? null : image.repository();
      version = image == null ? null : image.tag();
      digest = image == null ? null : digestOf(image);
    } else if (repositoryUrl != null || isRemote(artifactName)) {
      asset = withoutLogin;
    } else if (artifactName != null && !artifactName.isBlank() && !artifactName.equals(".")) {
      // A directory or a file is where somebody stood, not what was scanned.
      scope.getPaths().add(artifactName);
    }
    return new ScanFacts(
        Scanners.of("trivy", trivyVersion, null, null),
        scope,
        asset,
        version,
        digest,
        blankToNull(commit),
        blankToNull(branch),
        createdAt,
        false);
  }

  String repository() {
    return repositoryUrl != null ? repositoryUrl : artifactName;
  }

  private static boolean isRemote(String name) {
    return name != null
        && (name.contains("://") || name.startsWith("git@") || name.startsWith("github.com/"));
  }

  /** The image by the name that was asked for, or by a tag of the archive that was read. */
  private ImageName image() {
    if (artifactName != null && !artifactName.isBlank() && !ImageName.isArchive(artifactName)) {
      ImageName asked = ImageName.parse(artifactName);
      if (asked.tag() == null && asked.digest() == null) {
        for (String tagged : repoTags) {
          if (ImageName.parse(tagged).repository().equals(asked.repository())) {
            return ImageName.parse(tagged);
          }
        }
      }
      return asked;
    }
    String name =
        !repoTags.isEmpty()
            ? repoTags.get(0)
            : reference != null ? reference : repoDigests.isEmpty() ? null : repoDigests.get(0);
    return name == null || name.isBlank() || ImageName.isArchive(name)
        ? null
        : ImageName.parse(name);
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
    return blankToNull(imageId);
  }

  private static String blankToNull(String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
