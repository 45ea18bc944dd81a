package dev.sluice.producers.format.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.producers.report.Report;
import dev.sluice.producers.report.ReportHead;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;

/**
 * A whole JSON report made short enough to be recognised: every field of the root in its place, of
 * all below it the first fields, of an array the first elements, of a text its beginning. Some
 * tools write a megabyte of their own errors before the first field that tells them apart.
 */
public final class Abridgement {
  private static final int ELEMENTS = 2;
  private static final int TEXT = 100;
  private static final int FIELDS = 40;
  private static final int DEEPEST = 8;

  /** With the limits of every reader: a text that they refuse is not made here either. */
  private static final JsonFactory FACTORY = new ReportJson();

  private final JsonParser from;
  private final JsonGenerator to;
  private final StringWriter text;

  private Abridgement(JsonParser from, JsonGenerator to, StringWriter text) {
    this.from = from;
    this.to = to;
    this.text = text;
  }

  /**
   * Reads the report to its end, or to where it is no JSON any more. What comes back is shorter
   * than a head may be.
   *
   * @param report a report that can be opened again afterwards
   * @throws IOException if the bytes cannot be had
   */
  public static ReportHead of(Report report) throws IOException {
    StringWriter text = new StringWriter();
    JsonGenerator to = FACTORY.createGenerator(text);
    try (InputStream in = report.open();
        JsonParser from = FACTORY.createParser(in)) {
      new Abridgement(from, to, text).value(from.nextToken(), 0);
    } catch (JacksonException brokenOff) {
      // As far as it goes is all that can be recognised.
    }
    to.close();
    return new ReportHead(text.toString(), true);
  }

  private boolean isFull() throws IOException {
    to.flush();
    return text.getBuffer().length() > ReportHead.LIMIT - 4 * 1024;
  }

  private void value(JsonToken token, int depth) throws IOException {
    if (token == null) {
      return;
    }
    switch (token) {
      case START_OBJECT -> object(depth);
      case START_ARRAY -> array(depth);
      case VALUE_STRING -> to.writeString(beginning(from.getText()));
      default -> to.copyCurrentEvent(from);
    }
  }

  private void object(int depth) throws IOException {
    to.writeStartObject();
    int fields = 0;
    while (from.nextToken() == JsonToken.FIELD_NAME) {
      String name = from.currentName();
      JsonToken token = from.nextToken();
      // Below the root a map from file to figures has as many fields as there are files.
      boolean enough = depth > 0 && fields++ >= FIELDS;
      if (enough || depth >= DEEPEST || name.length() > TEXT || isFull()) {
        from.skipChildren();
      } else {
        to.writeFieldName(name);
        value(token, depth + 1);
      }
    }
    to.writeEndObject();
  }

  private void array(int depth) throws IOException {
    to.writeStartArray();
    JsonToken token;
    for (int n = 0; (token = from.nextToken()) != JsonToken.END_ARRAY && token != null; n++) {
      if (n >= ELEMENTS || depth >= DEEPEST || isFull()) {
        from.skipChildren();
      } else {
        value(token, depth + 1);
      }
    }
    to.writeEndArray();
  }

  private static String beginning(String value) {
    return value.length() <= TEXT ? value : value.substring(0, TEXT);
  }
}
