package dev.sluice.producers.format.trivy;

import dev.sluice.producers.format.ImageName;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code Metadata} of a cluster's resource: an object, and in newer versions one an image. */
final class TrivyImages {
  private static final int MOST = 100;

  private final List<String> tags = new ArrayList<>(1);
  private final List<String> digests = new ArrayList<>(1);

  void read(JsonCursor json, TrivyFacts facts) throws IOException, UnreadableReportException {
    int[] images = {0};
    if (json.isArray()) {
      json.objects(
          () -> {
            images[0]++;
            json.object(field -> field(json, field, facts));
          });
    } else {
      json.object(field -> field(json, field, facts));
    }
    if (images[0] > 1) {
      // Which result is of which image is not said.
      facts.forgetOs();
    }
  }

  private void field(JsonCursor json, String field, TrivyFacts facts)
      throws IOException, UnreadableReportException {
    switch (field) {
      case "OS" -> facts.readOs(json);
      case "RepoTags" -> json.array(() -> add(tags, json.text()));
      case "RepoDigests" -> json.array(() -> add(digests, json.text()));
      default -> {}
    }
  }

  /** Versions without metadata name the image in the target: {@code nginx:1.27 (debian 12.1)}. */
  void target(String target) {
    int blank = target == null ? -1 : target.indexOf(" (");
    if (tags.isEmpty() && digests.isEmpty() && blank > 0) {
      String image = target.substring(0, blank);
      if (!ImageName.isArchive(image) && image.indexOf(' ') < 0) {
        add(image.indexOf('@') < 0 ? tags : digests, image);
      }
    }
  }

  private static void add(List<String> list, String reference) {
    if (reference != null && !reference.isBlank() && list.size() < MOST) {
      list.add(reference.strip());
    }
  }

  List<String> tags() {
    return tags;
  }

  List<String> digests() {
    return digests;
  }
}
