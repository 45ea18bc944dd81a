package dev.sluice.streams.state;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Writes a row as one byte of version and Avro binary. The version says with which schema a row was
 * written; a row of an unknown version stops the task rather than being misread. Not safe for
 * concurrent use.
 */
public final class RowCodec<T extends SpecificRecordBase> {
  /** Raising it needs an entry in the upgrades of a new generation. */
  static final byte VERSION = 3;

  private final String name;
  private final SpecificDatumWriter<T> writer;
  private final SpecificDatumReader<T> reader;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
  private BinaryEncoder encoder;
  private BinaryDecoder decoder;

  public RowCodec(Class<T> type) {
    Schema schema = SpecificData.get().getSchema(type);
    name = schema.getName();
    SpecificData data = SpecificData.getForClass(type);
    writer = new SpecificDatumWriter<>(schema, data);
    reader = new SpecificDatumReader<>(schema, schema, data);
  }

  public byte[] encode(T row) {
    out.reset();
    out.write(VERSION);
    encoder = EncoderFactory.get().binaryEncoder(out, encoder);
    try {
      writer.write(row, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("a row does not fit its schema: " + name, e);
    }
    return out.toByteArray();
  }

  public ByteBuffer wrap(T row) {
    return ByteBuffer.wrap(encode(row));
  }

  /** The row, or null for null. */
  public T decode(byte[] bytes) {
    return bytes == null ? null : decode(bytes, 0, bytes.length);
  }

  public T decode(ByteBuffer bytes) {
    return bytes == null
        ? null
        : decode(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
  }

  private T decode(byte[] bytes, int offset, int length) {
    if (length == 0 || bytes[offset] != VERSION) {
      throw new IllegalStateException(
          "state holds a row of another version: " + name + "; start a new generation");
    }
    decoder = DecoderFactory.get().binaryDecoder(bytes, offset + 1, length - 1, decoder);
    try {
      return reader.read(null, decoder);
    } catch (IOException e) {
      throw new UncheckedIOException("state holds a broken row: " + name, e);
    }
  }
}
