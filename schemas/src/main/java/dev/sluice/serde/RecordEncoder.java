package dev.sluice.serde;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;

/** Encodes records of one schema. May be called by several threads at once. */
final class RecordEncoder {
  /** A buffer that one huge record blew up is not kept. */
  private static final int MAX_KEPT_BYTES = 256 * 1024;

  /** What one call at a time works with; a second call at the same moment makes its own. */
  private static final class Scratch {
    private final RecordBuffer buffer = new RecordBuffer();
    private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(buffer, null);
  }

  private final DatumWriter<IndexedRecord> fast;
  private final DatumWriter<IndexedRecord> exact;
  private final AtomicReference<Scratch> spare = new AtomicReference<>();

  RecordEncoder(Schema schema, Class<?> type) {
    this.fast = writer(schema, type, true);
    this.exact = writer(schema, type, false);
  }

  /**
   * Custom coders are the code that Avro's compiler generates for records without logical types.
   */
  private static DatumWriter<IndexedRecord> writer(Schema schema, Class<?> type, boolean custom) {
    if (!SpecificRecord.class.isAssignableFrom(type)) {
      return new GenericDatumWriter<>(schema, new GenericData());
    }
    return new SpecificDatumWriter<>(schema, model(type, custom));
  }

  /** A model of our own, so that the switch for custom coders is not thrown for everybody. */
  static SpecificData model(Class<?> type, boolean customCoders) {
    SpecificData model = new SpecificData(type.getClassLoader());
    if (SpecificRecordBase.class.isAssignableFrom(type)) {
      SpecificData.getForClass(type).getConversions().forEach(model::addLogicalTypeConversion);
    }
    model.setCustomCoders(customCoders);
    return model;
  }

  byte[] encode(int schemaId, IndexedRecord record) throws MalformedRecordException {
    Scratch scratch = spare.getAndSet(null);
    if (scratch == null) {
      scratch = new Scratch();
    }
    scratch.buffer.start(schemaId);
    try {
      fast.write(record, scratch.encoder);
      scratch.encoder.flush();
    } catch (IOException | RuntimeException e) {
      // The scratch may hold half a record and is not given back.
      throw new MalformedRecordException(reason(record));
    }
    byte[] bytes = scratch.buffer.toByteArray();
    if (scratch.buffer.capacity() <= MAX_KEPT_BYTES) {
      spare.set(scratch);
    }
    return bytes;
  }

  /**
   * Encodes once more without custom coders, which do not say which field is wrong. Messages of
   * Avro that hold a value are not repeated: the value may be a secret.
   */
  private String reason(IndexedRecord record) {
    try {
      exact.write(record, EncoderFactory.get().binaryEncoder(new RecordBuffer(), null));
      return "it changed while it was written";
    } catch (NullPointerException e) {
      return e.getMessage() == null ? "a field that must be set is null" : e.getMessage();
    } catch (IOException | RuntimeException e) {
      return "a field has a value that its type does not allow ("
          + e.getClass().getSimpleName()
          + ")";
    }
  }
}
