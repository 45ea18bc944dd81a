package dev.sluice.serde;

import java.util.ArrayList;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * How generated records are made when they are read: with plain lists in place of Avro's own, whose
 * {@code equals} fails on records that hold a nullable time ("Unknown datum type
 * java.time.Instant"), and with it {@code equals} of every record around them.
 */
final class EventData extends SpecificData {

  EventData(Class<?> type) {
    super(type.getClassLoader());
    if (SpecificRecordBase.class.isAssignableFrom(type)) {
      SpecificData.getForClass(type).getConversions().forEach(this::addLogicalTypeConversion);
    }
  }

  /** Avro takes its fast reader only for its own class of data unless told so. */
  @Override
  public boolean isFastReaderEnabled() {
    return true;
  }

  /** The fast reader fills a list that it finds in the record, and makes one of its own if not. */
  @Override
  public InstanceSupplier getNewRecordSupplier(Schema schema) {
    InstanceSupplier plain = super.getNewRecordSupplier(schema);
    int[] lists =
        schema.getFields().stream()
            .filter(field -> field.schema().getType() == Schema.Type.ARRAY)
            .mapToInt(Schema.Field::pos)
            .toArray();
    return (old, ofSchema) -> {
      Object record = plain.newInstance(old, ofSchema);
      if (record != old) {
        for (int position : lists) {
          ((IndexedRecord) record).put(position, new ArrayList<>());
        }
      }
      return record;
    };
  }
}
