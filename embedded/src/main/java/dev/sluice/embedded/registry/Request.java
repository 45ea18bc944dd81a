package dev.sluice.embedded.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request as the routes see it.
 *
 * @param path segments of the path that a route leaves open, decoded
 * @param query query parameters, decoded
 * @param body the JSON object sent; an empty one if nothing was sent
 */
record Request(List<String> path, Map<String, String> query, JsonNode body) {

  /**
   * @throws Refusal 42208 if it names another context: this registry has only the default one
   */
  String subject() {
    String subject = path.get(0);
    String plain = subject.startsWith(":.:") ? subject.substring(3) : subject;
    if (plain.isBlank() || plain.startsWith(":.") || plain.startsWith("__")) {
      throw Refusal.of(
          42208,
          "The specified subject '"
              + subject
              + "' is not valid: it must not be empty, begin with __ or name a context");
    }
    return plain;
  }

  /**
   * A version in the path: its number, {@code latest} or -1.
   *
   * @throws Refusal 42202 if it is none of them
   */
  int version() {
    String text = path.get(1);
    if (text.equals("latest") || text.equals("-1")) {
      return Subjects.LATEST;
    }
    int version = number(text).orElse(0);
    if (version < 1) {
      throw Refusal.of(
          42202,
          "The specified version '"
              + text
              + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the string"
              + " \"latest\"");
    }
    return version;
  }

  /**
   * @throws Refusal 40403 if it is no number, as there is no such schema
   */
  int id() {
    return number(path.get(0))
        .orElseThrow(() -> Refusal.of(404, "Schema id '" + path.get(0) + "' is not a number"));
  }

  private static Optional<Integer> number(String text) {
    try {
      return Optional.of(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  boolean flag(String name) {
    return Boolean.parseBoolean(query.get(name));
  }

  /**
   * The schema in the body.
   *
   * @throws Refusal if the request asks for what this registry does not have
   */
  String schema() {
    String type = body.path("schemaType").asText("AVRO");
    if (!type.equalsIgnoreCase("AVRO")) {
      throw Refusal.invalidSchema("Invalid schema type " + type + ": this registry has AVRO only");
    }
    if (!body.path("references").isEmpty()) {
      throw Refusal.invalidSchema(
          "Schema references are not supported by this registry: write nested types out in full");
    }
    if (flag("normalize") || body.path("normalize").asBoolean()) {
      throw Refusal.notPermitted(
          "normalize is not supported by this registry: register without it");
    }
    if (body.path("id").asInt(-1) >= 0) {
      throw Refusal.notPermitted(
          "Subject "
              + subject()
              + " is not in import mode, and this registry has none: register without an id");
    }
    return body.path("schema").asText("");
  }
}
