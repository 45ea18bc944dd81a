package dev.sluice.serde;

import dev.sluice.registry.RegisteredSchema;
import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Turns a record of our schema into one of the subject's newest schema, by Avro's rules of schema
 * resolution. Writing a generated record with a foreign schema directly would go by the position of
 * fields and put values into the wrong ones.
 */
final class Projection {
  private final RecordEncoder own;
  private final GenericDatumReader<IndexedRecord> reader;

  private Projection(RecordEncoder own, GenericDatumReader<IndexedRecord> reader) {
    this.own = own;
    this.reader = reader;
  }

  /** Whether records of both schemas have the same bytes: then there is nothing to project. */
  static boolean sameBytes(Schema one, Schema other) {
    return SchemaNormalization.toParsingForm(one).equals(SchemaNormalization.toParsingForm(other));
  }

  static Projection of(
      Schema schema, Class<?> type, RegisteredSchema latest, boolean strict, String topic) {
    var result = SchemaCompatibility.checkReaderWriterCompatibility(latest.schema(), schema);
    if (strict && result.getType() != SchemaCompatibilityType.COMPATIBLE) {
      throw new SerializationException(
          "Topic "
              + topic
              + ": version "
              + latest.version()
              + " of subject "
              + latest.subject()
              + " (id "
              + latest.id()
              + ") cannot hold records of "
              + schema.getFullName()
              + "; register the schema of this release, or set use.latest.version=false");
    }
    return new Projection(
        new RecordEncoder(schema, type),
        new GenericDatumReader<>(schema, latest.schema(), new GenericData()));
  }

  IndexedRecord apply(IndexedRecord record) throws MalformedRecordException {
    byte[] bytes = own.encode(0, record);
    int length = bytes.length - WireFormat.HEADER;
    try {
      return reader.read(
          null, DecoderFactory.get().binaryDecoder(bytes, WireFormat.HEADER, length, null));
    } catch (IOException | AvroRuntimeException e) {
      throw new MalformedRecordException(
          "the subject's newest schema has no room for one of its values ("
              + e.getClass().getSimpleName()
              + ")");
    }
  }
}
