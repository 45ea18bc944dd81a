package dev.sluice.sinks.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionItem;
import dev.sluice.sinks.EventJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An action event as a CloudEvent 1.0 over HTTP, in both content modes. Besides the required
 * attributes it has {@code subject} (the item), {@code partitionkey} (the item: events of one come
 * in order) and, where known, {@code traceparent}.
 */
record CloudEvent(String contentType, Map<String, String> headers, byte[] body) {
  private static final JsonFactory FACTORY = new JsonFactory();

  static CloudEvent of(
      WebhookSettings.Mode mode, String source, ActionEvent event, ActionItem item) {
    Map<String, String> attributes = attributes(source, event, item);
    return switch (mode) {
      case STRUCTURED ->
          new CloudEvent(
              "application/cloudevents+json; charset=UTF-8",
              Map.of(),
              structured(attributes, event, item));
      case BINARY -> {
        Map<String, String> headers = new LinkedHashMap<>();
        attributes.forEach((name, value) -> headers.put("ce-" + name, encoded(value)));
        yield new CloudEvent("application/json", headers, EventJson.bytes(event, item));
      }
    };
  }

  private static Map<String, String> attributes(String source, ActionEvent event, ActionItem item) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("specversion", "1.0");
    attributes.put("id", event.getId());
    attributes.put("source", source);
    attributes.put("type", "dev.sluice.item." + EventJson.word(event.getType()) + ".v1");
    attributes.put("subject", item.getId());
    if (event.getAt() != null) {
      attributes.put("time", event.getAt().toString());
    }
    attributes.put("partitionkey", item.getId());
    if (item.getTraceparent() != null) {
      attributes.put("traceparent", item.getTraceparent());
    }
    return attributes;
  }

  private static byte[] structured(
      Map<String, String> attributes, ActionEvent event, ActionItem item) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.writeStartObject();
      for (Map.Entry<String, String> attribute : attributes.entrySet()) {
        json.writeStringField(attribute.getKey(), attribute.getValue());
      }
      json.writeStringField("datacontenttype", "application/json");
      json.writeFieldName("data");
      EventJson.write(json, event, item);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
    return out.toByteArray();
  }

  /** Percent-encoding of header values, CloudEvents HTTP binding 3.1.3.2. */
  static String encoded(String value) {
    StringBuilder out = new StringBuilder(value.length());
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      int c = Byte.toUnsignedInt(b);
      if (c <= 0x20 || c >= 0x7F || c == '"' || c == '%') {
        out.append("%%%02X".formatted(c));
      } else {
        out.append((char) c);
      }
    }
    return out.toString();
  }
}
