package dev.sluice.serde;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * How generated records are made when they are read. Avro's own lists fail in {@code equals} where
 * their records hold a nullable time ("Unknown datum type java.time.Instant"), and with them every
 * record around them; these get plain lists instead. The others keep Avro's, which are faster.
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
            .filter(field -> holdsNullableTime(field.schema(), new HashSet<>()))
            .mapToInt(Schema.Field::pos)
            .toArray();
    if (lists.length == 0) {
      return plain;
    }
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

  private static boolean holdsNullableTime(Schema schema, Set<Schema> seen) {
    return switch (schema.getType()) {
      case RECORD ->
          seen.add(schema)
              && schema.getFields().stream().anyMatch(f -> holdsNullableTime(f.schema(), seen));
      case ARRAY -> holdsNullableTime(schema.getElementType(), seen);
      case MAP -> holdsNullableTime(schema.getValueType(), seen);
      case UNION ->
          schema.getTypes().stream()
              .anyMatch(each -> each.getLogicalType() != null || holdsNullableTime(each, seen));
      default -> false;
    };
  }
}
