package dev.sluice.sinks.database;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * One topic that is followed, with the table that it fills.
 *
 * @param topic its name on the broker
 * @param values reads its values
 * @param table where they go
 */
record Feed<V extends SpecificRecord>(String topic, Deserializer<V> values, Table<V> table) {

  /** A record as an entry; throws what the deserializer throws. */
  Entry<?> decode(ConsumerRecord<byte[], byte[]> record) {
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    V value =
        record.value() == null
            ? null
            : values.deserialize(record.topic(), record.headers(), record.value());
    return new Entry<>(key, value, record.partition(), record.offset());
  }

  /** Applies entries that {@link #decode} made. */
  @SuppressWarnings("unchecked")
  void apply(Connection connection, List<Entry<?>> entries) throws SQLException {
    List<Entry<V>> own = new ArrayList<>(entries.size());
    entries.forEach(entry -> own.add((Entry<V>) entry));
    table.apply(connection, own);
  }
}
