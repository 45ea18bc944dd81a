package dev.sluice.app;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/** A log line as one JSON object: the constant message, and its values apart. */
final class JsonLogEncoder extends EncoderBase<ILoggingEvent> {
  private static final JsonFactory JSON = new JsonFactory();

  @Override
  public byte[] encode(ILoggingEvent event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("time", event.getInstant().toString());
      json.writeStringField("level", event.getLevel().toString());
      json.writeStringField("logger", event.getLoggerName());
      json.writeStringField("thread", event.getThreadName());
      json.writeStringField("message", event.getFormattedMessage());
      String trace = event.getMDCPropertyMap().get("traceId");
      if (trace != null) {
        json.writeStringField("traceId", trace);
      }
      values(json, event.getKeyValuePairs());
      error(json, event.getThrowableProxy());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written to", e);
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  private static void values(JsonGenerator json, List<KeyValuePair> values) throws IOException {
    if (values == null || values.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("data");
    for (KeyValuePair each : values) {
      if (each.value instanceof Integer || each.value instanceof Long) {
        json.writeNumberField(each.key, ((Number) each.value).longValue());
      } else if (each.value instanceof Boolean truth) {
        json.writeBooleanField(each.key, truth);
      } else {
        json.writeStringField(each.key, String.valueOf(each.value));
      }
    }
    json.writeEndObject();
  }

  /** Type and place; messages of others may quote what was sent, and are for --debug. */
  private static void error(JsonGenerator json, IThrowableProxy thrown) throws IOException {
    if (thrown == null) {
      return;
    }
    json.writeStringField("error", thrown.getClassName());
    if (thrown.getStackTraceElementProxyArray().length > 0) {
      json.writeStringField(
          "at", thrown.getStackTraceElementProxyArray()[0].getStackTraceElement().toString());
    }
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }
}
