package dev.sluice.serde;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;

/** Decodes records of one schema id. May be called by several threads at once. */
final class RecordDecoder<T extends IndexedRecord> {
  private final int id;
  private final Schema writer;
  private final DatumReader<T> reader;
  private final AtomicReference<BinaryDecoder> spare = new AtomicReference<>();

  private RecordDecoder(int id, Schema writer, DatumReader<T> reader) {
    this.id = id;
    this.writer = writer;
    this.reader = reader;
  }

  static <T extends IndexedRecord> RecordDecoder<T> specific(
      int id, Schema writer, Schema reader, Class<T> type) {
    return new RecordDecoder<>(
        id, writer, new SpecificDatumReader<>(writer, reader, new EventData(type)));
  }

  static <T extends IndexedRecord> RecordDecoder<T> generic(int id, Schema writer) {
    return new RecordDecoder<>(
        id, writer, new GenericDatumReader<>(writer, writer, new GenericData()));
  }

  T decode(byte[] bytes) throws MalformedRecordException {
    int length = bytes.length - WireFormat.HEADER;
    BinaryDecoder reused = spare.getAndSet(null);
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(bytes, WireFormat.HEADER, length, reused);
    try {
      T record = reader.read(null, decoder);
      if (!decoder.isEnd()) {
        throw new MalformedRecordException(described() + " leaves bytes over");
      }
      spare.set(decoder);
      return record;
    } catch (IOException | RuntimeException e) {
      String detail = e.getMessage() == null ? "" : ": " + e.getMessage();
      throw new MalformedRecordException(
          described() + " does not fit its bytes (" + e.getClass().getSimpleName() + detail + ")");
    }
  }

  private String described() {
    return "schema id " + id + " (" + writer.getFullName() + ")";
  }
}
