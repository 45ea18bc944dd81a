package dev.sluice.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * A registry over HTTP. Ids, and what was registered, never change and are asked for once. Keys of
 * the configuration are Confluent's: {@code schema.registry.url}, {@code basic.auth.*}, {@code
 * bearer.auth.*}, {@code schema.registry.ssl.*}, {@code http.connect.timeout.ms}, {@code
 * schema.registry.request.timeout.ms}, {@code max.retries}, {@code retries.wait.ms}, {@code
 * retries.max.wait.ms}, {@code missing.id.cache.ttl.sec}, {@code normalize.schemas}.
 */
public final class HttpRegistryClient implements RegistryClient {
  private record Registration(String subject, Schema schema) {}

  private record Missing(RegistryRefusedException why, long until) {}

  private static final int MAX_MISSING = 1_000;

  private final RegistryHttp http;
  private final String query;
  private final Duration missingIdTtl;
  private final LongSupplier nanos;
  private final SingleFlight<Integer, Schema> schemas = new SingleFlight<>();
  private final SingleFlight<Registration, Integer> registered = new SingleFlight<>();
  private final SingleFlight<Registration, Integer> found = new SingleFlight<>();
  private final Map<Integer, Missing> missing = new ConcurrentHashMap<>();

  /**
   * @throws org.apache.kafka.common.config.ConfigException if a setting is missing or wrong
   */
  public HttpRegistryClient(Map<String, ?> configs) {
    this(configs, HttpRegistryClient::sleepAboutHalf, System::nanoTime);
  }

  HttpRegistryClient(Map<String, ?> configs, RegistryHttp.Pause pause, LongSupplier nanos) {
    ClientConfig config = ClientConfig.of(configs);
    Object normalize = configs.get("normalize.schemas");
    this.http = new RegistryHttp(config, pause);
    this.query =
        normalize != null && Boolean.parseBoolean(normalize.toString()) ? "?normalize=true" : "";
    this.missingIdTtl = config.missingIdTtl();
    this.nanos = nanos;
  }

  /** Many clients that lost the registry together must not come back together. */
  private static void sleepAboutHalf(Duration wait) throws InterruptedException {
    long millis = wait.toMillis();
    Thread.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
  }

  @Override
  public int register(String subject, Schema schema) {
    return registered.get(
        new Registration(subject, schema),
        () -> {
          String purpose = "register " + schema.getFullName() + " under subject " + subject;
          return id(
              http.send("POST", subject(subject) + "/versions" + query, body(schema), purpose),
              purpose);
        });
  }

  @Override
  public int idOf(String subject, Schema schema) {
    return found.get(
        new Registration(subject, schema),
        () -> {
          String purpose = "find the id of " + schema.getFullName() + " under subject " + subject;
          return id(http.send("POST", subject(subject) + query, body(schema), purpose), purpose);
        });
  }

  @Override
  public Schema schema(int id) {
    Missing known = missing.get(id);
    if (known != null) {
      if (nanos.getAsLong() - known.until() < 0) {
        throw known.why();
      }
      missing.remove(id, known);
    }
    try {
      return schemas.get(
          id,
          () -> {
            String purpose = "read the schema of id " + id;
            return parse(http.get("/schemas/ids/" + id, purpose), purpose);
          });
    } catch (RegistryRefusedException e) {
      // A topic full of strange records must not become a flood of requests.
      if (e.notFound() && missing.size() < MAX_MISSING) {
        missing.put(id, new Missing(e, nanos.getAsLong() + missingIdTtl.toNanos()));
      }
      throw e;
    }
  }

  @Override
  public List<String> subjects() {
    List<String> names = new ArrayList<>();
    http.get("/subjects", "list the subjects").forEach(node -> names.add(node.asText()));
    return names;
  }

  @Override
  public List<Integer> versions(String subject) {
    List<Integer> versions = new ArrayList<>();
    try {
      http.get(subject(subject) + "/versions", "list the versions of subject " + subject)
          .forEach(node -> versions.add(node.asInt()));
    } catch (RegistryRefusedException e) {
      if (!e.notFound()) {
        throw e;
      }
    }
    return versions;
  }

  @Override
  public RegisteredSchema version(String subject, int version) {
    return version(subject, Integer.toString(version));
  }

  @Override
  public RegisteredSchema latest(String subject) {
    return version(subject, "latest");
  }

  private RegisteredSchema version(String subject, String version) {
    String purpose = "read version " + version + " of subject " + subject;
    JsonNode answer = http.get(subject(subject) + "/versions/" + version, purpose);
    return new RegisteredSchema(
        subject, answer.path("version").asInt(), id(answer, purpose), parse(answer, purpose));
  }

  @Override
  public CompatibilityCheck check(String subject, Schema schema) {
    try {
      JsonNode answer =
          http.send(
              "POST",
              "/compatibility" + subject(subject) + "/versions?verbose=true",
              body(schema),
              "check " + schema.getFullName() + " against subject " + subject);
      List<String> messages = new ArrayList<>();
      answer.path("messages").forEach(node -> messages.add(node.asText()));
      return new CompatibilityCheck(answer.path("is_compatible").asBoolean(false), messages);
    } catch (RegistryRefusedException e) {
      if (e.notFound()) {
        return new CompatibilityCheck(true, List.of());
      }
      throw e;
    }
  }

  @Override
  public CompatibilityLevel compatibility(String subject) {
    String purpose = "read the compatibility level of subject " + subject;
    JsonNode answer = http.get("/config/" + encode(subject) + "?defaultToGlobal=true", purpose);
    String level = answer.path("compatibilityLevel").asText("");
    try {
      return CompatibilityLevel.valueOf(level);
    } catch (IllegalArgumentException e) {
      throw new RegistryRefusedException("Cannot " + purpose + ": it is not known here", 200, 0);
    }
  }

  @Override
  public void setCompatibility(String subject, CompatibilityLevel level) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("compatibility", level.name());
    http.send(
        "PUT",
        "/config/" + encode(subject),
        body,
        "set the compatibility level of subject " + subject);
  }

  private static ObjectNode body(Schema schema) {
    return JsonNodeFactory.instance.objectNode().put("schema", schema.toString());
  }

  private static int id(JsonNode answer, String purpose) {
    JsonNode id = answer.path("id");
    if (!id.isInt()) {
      throw new RegistryRefusedException(
          "Cannot " + purpose + ": the schema registry's answer has no id", 200, 0);
    }
    return id.asInt();
  }

  private Schema parse(JsonNode answer, String purpose) {
    Schema.Parser parser = new Schema.Parser();
    addReferences(parser, answer, new HashSet<>(), purpose);
    String type = answer.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw new RegistryRefusedException(
          "Cannot " + purpose + ": it is a schema of type " + type + ", not AVRO", 200, 0);
    }
    try {
      return parser.parse(answer.path("schema").asText());
    } catch (SchemaParseException e) {
      throw new RegistryRefusedException(
          "Cannot " + purpose + ": it is not a valid Avro schema: " + e.getMessage(), 200, 0);
    }
  }

  /** Teaches the parser every named type that the schema borrows from other subjects. */
  private void addReferences(
      Schema.Parser parser, JsonNode answer, Set<String> seen, String purpose) {
    for (JsonNode reference : answer.path("references")) {
      String subject = reference.path("subject").asText();
      int version = reference.path("version").asInt();
      if (seen.add(subject + "/" + version)) {
        JsonNode target =
            http.get(subject(subject) + "/versions/" + version, purpose + ", which refers to it");
        addReferences(parser, target, seen, purpose);
        parser.parse(target.path("schema").asText());
      }
    }
  }

  private static String subject(String subject) {
    return "/subjects/" + encode(subject);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
