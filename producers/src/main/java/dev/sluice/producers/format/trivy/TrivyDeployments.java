package dev.sluice.producers.format.trivy;

import dev.sluice.events.Deployment;
import dev.sluice.events.FindingKind;
import dev.sluice.producers.format.ImageName;
import dev.sluice.producers.format.Images;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.ReportHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What runs in a cluster: the images of each workload. A workload has several resources in a
 * report, one an image, so they are gathered and passed on at the end.
 */
final class TrivyDeployments {
  /** Most workloads of one report; the largest clusters have fewer. */
  private static final int MOST = 20_000;

  private final Redactor redactor;
  private final Map<String, Deployment> workloads = new LinkedHashMap<>();
  private final Map<String, String> kinds = new LinkedHashMap<>();

  TrivyDeployments(Redactor redactor) {
    this.redactor = redactor;
  }

  /**
   * @param tags references with a tag, as {@code nginx:1.27}
   * @param digests references with a digest, as {@code nginx@sha256:…}
   */
  void add(String kind, String name, List<String> tags, List<String> digests) {
    if (tags.isEmpty() && digests.isEmpty()) {
      return;
    }
    Deployment workload = workloads.get(name);
    if (workload == null) {
      if (workloads.size() >= MOST) {
        return;
      }
      workload = new Deployment(name, null, null, null, new ArrayList<>());
      workloads.put(name, workload);
      kinds.put(name, kind);
    }
    for (String reference : references(tags, digests)) {
      Images.add(workload.getImages(), reference, redactor);
    }
  }

  /** Tag and digest of one repository are one image. */
  private static List<String> references(List<String> tags, List<String> digests) {
    List<String> references = new ArrayList<>();
    List<String> left = new ArrayList<>(digests);
    for (String tag : tags) {
      String repository = ImageName.parse(tag).repository();
      String digest = null;
      for (String each : digests) {
        if (ImageName.parse(each).repository().equals(repository)) {
          digest = ImageName.parse(each).digest();
          left.remove(each);
        }
      }
      references.add(digest == null ? tag : tag + "@" + digest);
    }
    references.addAll(left);
    return references;
  }

  void pass(ReportHandler handler) throws IOException {
    for (Map.Entry<String, Deployment> each : workloads.entrySet()) {
      ObservationDraft draft = new ObservationDraft(redactor);
      draft.kind(FindingKind.DEPLOYMENT).nativeId("workload");
      draft.title("Workload " + each.getKey()).place(each.getKey());
      draft.property("kind", kinds.get(each.getKey()));
      handler.observation(draft.deployment(each.getValue()).build());
    }
  }
}
