package dev.sluice.producers.format.snyk;

import dev.sluice.events.Scope;
import dev.sluice.producers.format.ImageName;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.RepositoryPaths;
import dev.sluice.producers.format.Scanners;
import dev.sluice.producers.format.TextLimits;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.format.json.JsonEntry;
import dev.sluice.producers.format.json.Warnings;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the first reading keeps: the projects, without their issues. */
final class SnykProjects {
  private static final int MOST_PROJECTS = 100_000;
  private static final Set<String> FACTS =
      Set.of(
          "packageManager",
          "projectType",
          "projectName",
          "displayTargetFile",
          "targetFile",
          "path",
          "platform",
          "dependencyCount",
          "numDependencies",
          "error");

  /** A project: a manifest, the system packages of an image, a file of configuration. */
  static final class Project {
    String manager = "";
    String name = "";
    String file;
    String path;
    String platform;
    String error;
    boolean image;
    boolean listed;
    long dependencies;
    final List<Project> applications = new ArrayList<>(0);

    boolean isImage() {
      return image || name.startsWith("docker-image|");
    }
  }

  private final ReaderSettings settings;
  private final RepositoryPaths paths;
  private final Warnings warnings;
  private final List<Project> projects = new ArrayList<>();
  private boolean array;
  private long count;

  SnykProjects(ReaderSettings settings, Warnings warnings) {
    this.settings = settings;
    this.paths = new RepositoryPaths(settings.checkoutRoots());
    this.warnings = warnings;
  }

  void read(JsonCursor json) throws IOException, UnreadableReportException {
    array = json.isArray();
    if (array) {
      json.records(() -> projects.add(project(json)));
    } else if (json.isObject()) {
      projects.add(project(json));
    } else {
      throw json.unreadable("expected an object or an array of them");
    }
  }

  private Project project(JsonCursor json) throws IOException, UnreadableReportException {
    if (count++ >= MOST_PROJECTS) {
      throw json.unreadable("more than " + MOST_PROJECTS + " projects; send them in parts");
    }
    Project project = new Project();
    json.object(
        name -> {
          switch (name) {
            case "vulnerabilities", "infrastructureAsCodeIssues" -> project.listed = true;
            case "docker" -> project.image = json.isObject();
            case "applications" -> {
              project.applications.clear();
              json.records(() -> project.applications.add(project(json)));
            }
            default -> {
              if (FACTS.contains(name)) {
                fact(project, name, JsonEntry.read(json, warnings));
              }
            }
          }
        });
    return project;
  }

  private void fact(Project project, String name, JsonEntry value) {
    switch (name) {
      case "packageManager" -> project.manager = orEmpty(value.text());
      case "projectType" -> {
        if (project.manager.isEmpty()) {
          project.manager = orEmpty(value.text());
        }
      }
      case "projectName" -> project.name = orEmpty(value.text());
      case "displayTargetFile" -> project.file = paths.of(value.text());
      case "targetFile" -> {
        if (project.file == null || project.file.isEmpty()) {
          project.file = paths.of(value.text());
        }
      }
      case "path" -> project.path = value.text();
      case "platform" -> project.platform = value.text();
      case "dependencyCount", "numDependencies" -> {
        Double number = value.number();
        project.dependencies = number == null || number < 0 ? 0 : Math.round(number);
      }
      default -> project.error = value.scalar();
    }
  }

  /** Refuses a report that says nothing but why Snyk failed: it is not a clean one. */
  void check(String report) throws UnreadableReportException {
    if (projects.stream().anyMatch(p -> p.listed)) {
      return;
    }
    String said =
        projects.stream().map(p -> p.error).filter(e -> e != null).findFirst().orElse(null);
    throw new UnreadableReportException(
        report
            + ": has no list of issues; "
            + (said == null
                ? "check that Snyk ran to its end"
                : "Snyk says: "
                    + TextLimits.cut(
                        TextLimits.oneLine(settings.redactor().redactStrictly(said)), 300)));
  }

  Project project(int index) {
    return projects.get(index);
  }

  int size() {
    return projects.size();
  }

  long dependencies() {
    long sum = 0;
    for (Project each : projects) {
      sum += each.dependencies;
      sum += each.applications.stream().mapToLong(a -> a.dependencies).sum();
    }
    return sum;
  }

  /**
   * The facts. One project's manifest is the scope; an array is the whole repository. Where a
   * project failed, what the others do not show may still be there.
   */
  ScanFacts facts() {
    Scope scope = Scanners.everything();
    Project first = projects.get(0);
    boolean failed = false;
    for (Project each : projects) {
      if (!each.listed) {
        failed = true;
        warnings.add("$", "a project was not tested: nothing counts as gone");
      }
    }
    if (!array && !first.isImage() && first.file != null && !first.file.isEmpty()) {
      scope.getPaths().add(first.file);
    }
    if (first.platform != null && !first.platform.isBlank()) {
      scope.setPlatform(first.platform);
    }
    String asset = null;
    String version = null;
    String digest = null;
    ImageName image = first.isImage() ? image(first) : null;
    if (image != null) {
      asset = image.repository();
      version = image.tag();
      digest = image.digest();
    } else if (first.path != null && first.path.contains("://")) {
      asset = settings.redactor().withoutLogin(first.path);
    }
    return new ScanFacts(
        Scanners.of("snyk", null, null, null),
        scope,
        asset,
        version,
        digest,
        null,
        null,
        null,
        failed);
  }

  /** {@code path} is the reference, behind which an application's name may follow. */
  private static ImageName image(Project project) {
    String path = project.path;
    if (path == null || path.isBlank() || path.startsWith("docker-archive:")) {
      return null;
    }
    int bar = project.name.indexOf('|');
    String repository = bar < 0 ? "" : project.name.substring(bar + 1);
    if (!repository.isEmpty() && path.startsWith(repository + ":")) {
      int slash = path.indexOf('/', repository.length());
      return ImageName.parse(slash < 0 ? path : path.substring(0, slash));
    }
    return ImageName.isArchive(path) ? null : ImageName.parse(path);
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
