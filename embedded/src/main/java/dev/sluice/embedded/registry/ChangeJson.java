package dev.sluice.embedded.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Keys and values of the {@code _schemas} topic as Confluent's registry writes them, so that either
 * can take over the other's topic. What only we remember, the highest id, is the value of the key
 * {@code NOOP}: Confluent's skips that key without a look at its value, and would stop at a key
 * that it does not know.
 */
final class ChangeJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NOOP = "NOOP";

  /**
   * One record as written.
   *
   * @param value null for a tombstone
   */
  record Text(String key, String value) {}

  private ChangeJson() {}

  static Text write(Change change) {
    if (change instanceof Change.Put put) {
      Version v = put.version();
      ObjectNode value = JSON.createObjectNode();
      value.put("subject", v.subject()).put("version", v.version()).put("id", v.id());
      value.put("schema", v.schema()).put("deleted", v.deleted());
      return new Text(versionKey(v.subject(), v.version()), value.toString());
    }
    if (change instanceof Change.Drop drop) {
      return new Text(versionKey(drop.subject(), drop.version()), null);
    }
    if (change instanceof Change.DropSubject drop) {
      ObjectNode value = JSON.createObjectNode();
      value.put("subject", drop.subject()).put("version", drop.upTo());
      return new Text(
          key("DELETE_SUBJECT", Optional.of(drop.subject())).put("magic", 0).toString(),
          value.toString());
    }
    if (change instanceof Change.Level level) {
      return new Text(
          key("CONFIG", level.subject()).put("magic", 0).toString(),
          level.level().map(l -> single("compatibilityLevel", l.name())).orElse(null));
    }
    if (change instanceof Change.SetMode mode) {
      return new Text(
          key("MODE", mode.subject()).put("magic", 0).toString(),
          mode.mode().map(m -> single("mode", m.name())).orElse(null));
    }
    if (change instanceof Change.Given given) {
      ObjectNode value = JSON.createObjectNode().put("maxId", given.id());
      return new Text(
          JSON.createObjectNode().put("keytype", NOOP).put("magic", 0).toString(),
          value.toString());
    }
    throw new IllegalArgumentException("not written: " + change);
  }

  /**
   * @throws IllegalArgumentException if the record is not one that this registry can serve
   */
  static Change read(Text text) {
    try {
      JsonNode key = JSON.readTree(text.key());
      JsonNode value = text.value() == null ? null : JSON.readTree(text.value());
      Optional<String> subject = Optional.ofNullable(key.path("subject").textValue());
      return switch (key.path("keytype").asText()) {
        case "SCHEMA" -> version(key, value);
        case "DELETE_SUBJECT" ->
            value == null
                ? new Change.Nothing()
                : new Change.DropSubject(subject.orElseThrow(), value.path("version").asInt());
        case "CONFIG" ->
            new Change.Level(
                subject,
                Optional.ofNullable(value)
                    .map(v -> v.path("compatibilityLevel").textValue())
                    .map(Settings::parseLevel));
        case "MODE" ->
            new Change.SetMode(
                subject,
                Optional.ofNullable(value).map(v -> v.path("mode").textValue()).map(Mode::parse));
        case NOOP ->
            value == null ? new Change.Nothing() : new Change.Given(value.path("maxId").asInt());
        default -> new Change.Nothing();
      };
    } catch (JsonProcessingException | RuntimeException e) {
      throw new IllegalArgumentException(
          "key " + text.key() + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Change version(JsonNode key, JsonNode value) {
    if (value == null) {
      return new Change.Drop(key.path("subject").asText(), key.path("version").asInt());
    }
    String type = value.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO") || !value.path("references").isEmpty()) {
      throw new IllegalArgumentException(
          "it has schema type "
              + type
              + " or references, and this registry serves plain Avro only");
    }
    return new Change.Put(
        new Version(
            value.path("subject").asText(),
            value.path("version").asInt(),
            value.path("id").asInt(),
            AvroText.stored(value.path("schema").asText()).canonical(),
            value.path("deleted").asBoolean()));
  }

  private static String versionKey(String subject, int version) {
    return key("SCHEMA", Optional.of(subject)).put("version", version).put("magic", 1).toString();
  }

  private static ObjectNode key(String type, Optional<String> subject) {
    return JSON.createObjectNode().put("keytype", type).put("subject", subject.orElse(null));
  }

  private static String single(String name, String value) {
    return JSON.createObjectNode().put(name, value).toString();
  }
}
