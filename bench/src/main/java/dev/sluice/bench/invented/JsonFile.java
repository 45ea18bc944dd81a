package dev.sluice.bench.invented;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Report files of any size as scanners write them: the fields, their order, the indentation and the
 * lengths of texts are those of reports for the image {@code nginx}; names and texts are invented.
 */
final class JsonFile {
  static final String LAYER = "sha256:02c055ef67f5904019f43a41ea5f099996d8e7633749b6e606c";

  private static final JsonFactory FACTORY = new ObjectMapper().getFactory();

  private JsonFile() {}

  /** Writes one entry. */
  interface Entry {
    void write(JsonGenerator json, int number) throws IOException;
  }

  /** Writes a whole report. */
  interface Document {
    void write(JsonGenerator json) throws IOException;
  }

  static void write(Path file, boolean indented, Document document) throws IOException {
    try (Counted out = new Counted(Files.newOutputStream(file));
        JsonGenerator json = FACTORY.createGenerator(out)) {
      if (indented) {
        json.setPrettyPrinter(new DefaultPrettyPrinter());
      }
      json.writeStartObject();
      document.write(json);
      json.writeEndObject();
    }
  }

  /** Writes a list until it has enough. */
  static void entries(JsonGenerator json, String field, Until until, Entry entry)
      throws IOException {
    json.writeArrayFieldStart(field);
    Counted out = (Counted) json.getOutputTarget();
    for (int i = 0; !until.isEnough(i, out.count); i++) {
      json.writeStartObject();
      entry.write(json, i);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Knows how far it is. */
  private static final class Counted extends BufferedOutputStream {
    private long count;

    Counted(OutputStream out) {
      super(out, 1 << 16);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
      count += length;
      super.write(bytes, offset, length);
    }
  }
}
