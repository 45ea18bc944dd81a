package dev.sluice.producers.format.operator;

import dev.sluice.events.Scope;
import dev.sluice.producers.format.Distribution;
import dev.sluice.producers.format.Scanners;
import dev.sluice.producers.format.Times;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.format.json.JsonEntry;
import dev.sluice.producers.format.json.Warnings;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the first reading keeps of each resource: what it is about. */
final class OperatorResources {
  private static final int MOST_RESOURCES = 200_000;

  /** Kinds that are read; those of the whole cluster begin with {@code Cluster}. */
  private static final Set<String> KINDS =
      Set.of(
          "VulnerabilityReport",
          "ConfigAuditReport",
          "RbacAssessmentReport",
          "InfraAssessmentReport",
          "ExposedSecretReport");

  private static final String LABEL = "trivy-operator.resource.";

  /** One resource. */
  static final class Resource {
    String kind = "";
    JsonEntry metadata = JsonEntry.absent();
    JsonEntry artifact = JsonEntry.absent();
    JsonEntry registry = JsonEntry.absent();
    JsonEntry scanner = JsonEntry.absent();
    JsonEntry os = JsonEntry.absent();
    String time;
    boolean list;

    boolean isRead() {
      return KINDS.contains(kind.startsWith("Cluster") ? kind.substring(7) : kind);
    }

    Distribution distribution() {
      return Distribution.of(os.text("family"), os.text("name"));
    }

    private String label(String name) {
      return metadata.at("labels").text(LABEL + name);
    }

    private String workloadName() {
      String name = label("name");
      String plain = name == null ? metadata.text("name") : name;
      boolean generated = "ReplicaSet".equals(label("kind")) && plain != null;
      // A ReplicaSet is named for its Deployment and a hash, which changes with every rollout.
      return generated ? plain.replaceFirst("-[a-z0-9]{6,10}$", "") : plain;
    }

    /** {@code ReplicaSet/default/web}, without the hash of a rollout. */
    String workload() {
      String namespace = namespace();
      String workloadKind = label("kind");
      return (workloadKind == null ? kind : workloadKind)
          + (namespace.isEmpty() ? "" : "/" + namespace)
          + "/"
          + workloadName();
    }

    private String namespace() {
      String labelled = label("namespace");
      String namespace = labelled == null ? metadata.text("namespace") : labelled;
      return namespace == null ? "" : namespace;
    }

    String container() {
      return metadata.at("labels").text("trivy-operator.container.name");
    }

    ScanFacts facts() {
      Scope scope = Scanners.everything();
      String asset = null;
      String version = null;
      String digest = null;
      String repository = artifact.text("repository");
      if (repository != null && !repository.isBlank()) {
        String server = registry.text("server");
        asset = server == null || server.isBlank() ? repository : server + "/" + repository;
        version = artifact.text("tag");
        digest = artifact.text("digest");
      } else if (!namespace().isEmpty() && workloadName() != null) {
        asset = "deployment:" + namespace() + "/" + workloadName();
      } else {
        scope.getPaths().add(workload());
      }
      scope.setRuleset(kind);
      String when = time == null ? metadata.text("creationTimestamp") : time;
      return new ScanFacts(
          Scanners.of("trivy", scanner.text("version"), null, null),
          scope,
          asset,
          version == null || version.isBlank() ? null : version,
          digest == null || digest.isBlank() ? null : digest,
          null,
          null,
          Times.parse(when),
          false);
    }
  }

  private final List<Resource> resources = new ArrayList<>();

  void read(JsonCursor json, Warnings warnings) throws IOException, UnreadableReportException {
    if (resources.size() >= MOST_RESOURCES) {
      throw json.unreadable("more than " + MOST_RESOURCES + " resources; send them in parts");
    }
    Resource resource = new Resource();
    resources.add(resource);
    json.structure(
        name -> {
          switch (name) {
            case "kind" -> resource.kind = orEmpty(json.text());
            case "metadata" ->
                resource.metadata =
                    JsonEntry.read(
                        json, warnings, Set.of("name", "namespace", "labels", "creationTimestamp"));
            case "report" -> json.object(field -> report(json, warnings, resource, field));
            case "items" -> {
              resource.list = true;
              json.records(() -> read(json, warnings));
            }
            default -> {}
          }
        });
    if (!resource.list && !resource.isRead()) {
      json.warn("a resource of a kind that is not read; it is passed over");
    }
  }

  private static void report(JsonCursor json, Warnings warnings, Resource resource, String field)
      throws IOException, UnreadableReportException {
    switch (field) {
      case "artifact" -> resource.artifact = JsonEntry.read(json, warnings);
      case "registry" -> resource.registry = JsonEntry.read(json, warnings);
      case "scanner" -> resource.scanner = JsonEntry.read(json, warnings);
      case "os" -> resource.os = JsonEntry.read(json, warnings);
      case "updateTimestamp" -> resource.time = json.text();
      default -> {}
    }
  }

  /** The resources in the order of reading; a list is one, before those in it. */
  OperatorResources.Cursor next(int[] index) {
    return () -> resources.get(index[0]++);
  }

  /** Hands out resources in the order in which they were read. */
  interface Cursor {
    Resource take();
  }

  void check(String report) throws UnreadableReportException {
    boolean empty = resources.stream().allMatch(r -> r.list);
    if (!empty && resources.stream().noneMatch(Resource::isRead)) {
      throw new UnreadableReportException(
          report
              + ": has no report of vulnerabilities, configuration or secrets; compliance reports"
              + " and SBOMs of Trivy Operator repeat others, so send those");
    }
    if (empty) {
      throw new UnreadableReportException(
          report + ": is an empty list of resources, which is no scan of anything");
    }
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
