package dev.sluice.embedded.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.registry.CompatibilityLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Every path of the registry, with what answers it. Segments written {@code *} are left open. */
final class Routes {
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Route(String method, List<String> path, Function<Request, JsonNode> answer) {}

  /** A route that was found, and what the open segments hold. */
  record Match(Function<Request, JsonNode> answer, List<String> open) {}

  private final List<Route> routes = new ArrayList<>();
  private final Subjects subjects;
  private final Deletions deletions;
  private final Settings settings;
  private final String clusterId;

  Routes(SchemaStore store, CompatibilityLevel defaultLevel, String clusterId) {
    this.settings = new Settings(store, defaultLevel);
    this.subjects = new Subjects(store, settings);
    this.deletions = new Deletions(store, settings);
    this.clusterId = clusterId;
    addSubjects();
    addSchemas();
    addCompatibility();
    addSettings();
    addMetadata();
  }

  /**
   * @throws Refusal 404 if there is no such path, 405 if it does not take the method
   */
  Match find(String method, List<String> path) {
    boolean known = false;
    for (Route route : routes) {
      if (fits(route.path(), path)) {
        if (route.method().equals(method)) {
          return new Match(route.answer(), open(route.path(), path));
        }
        known = true;
      }
    }
    throw known
        ? Refusal.of(405, "HTTP 405 Method Not Allowed")
        : Refusal.of(404, "HTTP 404 Not Found");
  }

  private static boolean fits(List<String> pattern, List<String> path) {
    if (pattern.size() != path.size()) {
      return false;
    }
    for (int i = 0; i < path.size(); i++) {
      if (!pattern.get(i).equals("*") && !pattern.get(i).equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static List<String> open(List<String> pattern, List<String> path) {
    List<String> open = new ArrayList<>();
    for (int i = 0; i < path.size(); i++) {
      if (pattern.get(i).equals("*")) {
        open.add(path.get(i));
      }
    }
    return open;
  }

  private void on(String method, String path, Function<Request, JsonNode> answer) {
    List<String> segments = path.equals("/") ? List.of() : List.of(path.substring(1).split("/"));
    routes.add(new Route(method, segments, answer));
  }

  private void addSubjects() {
    on("GET", "/subjects", r -> tree(subjects.names(prefix(r), deleted(r))));
    on(
        "POST",
        "/subjects/*",
        r -> version(subjects.lookUp(r.subject(), r.schema(), r.flag("deleted"))));
    on(
        "DELETE",
        "/subjects/*",
        r -> tree(deletions.deleteSubject(r.subject(), r.flag("permanent"))));
    on("GET", "/subjects/*/versions", r -> tree(subjects.versions(r.subject(), deleted(r))));
    on(
        "POST",
        "/subjects/*/versions",
        r ->
            version(subjects.register(r.subject(), r.schema(), r.body().path("version").asInt(0))));
    on(
        "GET",
        "/subjects/*/versions/*",
        r -> version(subjects.version(r.subject(), r.version(), deleted(r))));
    on(
        "GET",
        "/subjects/*/versions/*/schema",
        r -> raw(subjects.version(r.subject(), r.version(), deleted(r)).schema()));
    on(
        "GET",
        "/subjects/*/versions/*/referencedby",
        r -> {
          subjects.version(r.subject(), r.version(), true);
          return JSON.createArrayNode();
        });
    on(
        "DELETE",
        "/subjects/*/versions/*",
        r -> tree(deletions.deleteVersion(r.subject(), r.version(), r.flag("permanent"))));
  }

  private void addSchemas() {
    on("GET", "/schemas/types", r -> tree(List.of("AVRO")));
    on("GET", "/schemas", r -> versions(subjects.all(prefix(r), deleted(r), r.flag("latestOnly"))));
    on("GET", "/schemas/ids/*", r -> object("schema", subjects.schema(r.id())));
    on("GET", "/schemas/ids/*/schema", r -> raw(subjects.schema(r.id())));
    on(
        "GET",
        "/schemas/ids/*/subjects",
        r ->
            tree(
                subjects.versionsWith(r.id(), deleted(r)).stream()
                    .map(Version::subject)
                    .distinct()
                    .toList()));
    on(
        "GET",
        "/schemas/ids/*/versions",
        r -> {
          ArrayNode all = JSON.createArrayNode();
          for (Version each : subjects.versionsWith(r.id(), deleted(r))) {
            all.addObject().put("subject", each.subject()).put("version", each.version());
          }
          return all;
        });
  }

  private void addCompatibility() {
    on(
        "POST",
        "/compatibility/subjects/*/versions/*",
        r -> verdict(r, settings.check(r.subject(), r.schema(), Optional.of(r.version()))));
    on(
        "POST",
        "/compatibility/subjects/*/versions",
        r -> verdict(r, settings.check(r.subject(), r.schema(), Optional.empty())));
  }

  private void addSettings() {
    Function<Request, Optional<String>> global = r -> Optional.empty();
    addSettings("", global);
    addSettings("/*", r -> Optional.of(r.subject()));
  }

  private void addSettings(String suffix, Function<Request, Optional<String>> subject) {
    String level = "compatibilityLevel";
    on(
        "GET",
        "/config" + suffix,
        r -> object(level, settings.level(subject.apply(r), r.flag("defaultToGlobal")).name()));
    on(
        "PUT",
        "/config" + suffix,
        r -> {
          CompatibilityLevel wanted = Settings.parseLevel(r.body().path("compatibility").asText());
          settings.setLevel(subject.apply(r), wanted);
          return object("compatibility", wanted.name());
        });
    on(
        "DELETE",
        "/config" + suffix,
        r -> object(level, settings.clearLevel(subject.apply(r)).name()));
    on(
        "GET",
        "/mode" + suffix,
        r -> object("mode", settings.mode(subject.apply(r), r.flag("defaultToGlobal")).name()));
    on(
        "PUT",
        "/mode" + suffix,
        r -> {
          Mode wanted = Mode.parse(r.body().path("mode").asText());
          settings.setMode(subject.apply(r), wanted);
          return object("mode", wanted.name());
        });
    on(
        "DELETE",
        "/mode" + suffix,
        r -> object("mode", settings.clearMode(subject.apply(r)).name()));
  }

  private void addMetadata() {
    on("GET", "/", r -> JSON.createObjectNode());
    on("GET", "/contexts", r -> tree(List.of(".")));
    on(
        "GET",
        "/v1/metadata/id",
        r -> {
          ObjectNode answer = JSON.createObjectNode();
          ObjectNode scope = answer.putObject("scope");
          scope.putArray("path");
          scope
              .putObject("clusters")
              .put("kafka-cluster", clusterId)
              .put("schema-registry-cluster", "schema-registry");
          return answer.put("id", "");
        });
  }

  private static JsonNode verdict(Request request, List<String> problems) {
    ObjectNode answer = JSON.createObjectNode().put("is_compatible", problems.isEmpty());
    if (request.flag("verbose")) {
      answer.set("messages", tree(problems));
    }
    return answer;
  }

  private static JsonNode version(Version v) {
    return JSON.createObjectNode()
        .put("subject", v.subject())
        .put("version", v.version())
        .put("id", v.id())
        .put("schema", v.schema());
  }

  private static JsonNode versions(List<Version> all) {
    ArrayNode answer = JSON.createArrayNode();
    all.forEach(each -> answer.add(version(each)));
    return answer;
  }

  /** The schema itself and not a string that holds it. */
  private static JsonNode raw(String schema) {
    try {
      return JSON.readTree(schema);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException("a stored schema is not JSON", e);
    }
  }

  private static JsonNode object(String name, String value) {
    return JSON.createObjectNode().put(name, value);
  }

  private static JsonNode tree(Object value) {
    return JSON.valueToTree(value);
  }

  private static boolean deleted(Request request) {
    return request.flag("deleted");
  }

  private static String prefix(Request request) {
    return request.query().getOrDefault("subjectPrefix", "");
  }
}
