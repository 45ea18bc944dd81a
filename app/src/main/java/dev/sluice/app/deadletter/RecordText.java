package dev.sluice.app.deadletter;

import dev.sluice.events.ActionEvent;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.topics.Topic;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/** Records of one topic of ours as Avro's JSON, and back. */
final class RecordText {
  private final AvroSerdes serdes;
  private final String prefix;

  RecordText(AvroSerdes serdes, String prefix) {
    this.serdes = serdes;
    this.prefix = prefix;
  }

  /** The topic of ours that has a name on the broker; empty if it is none of ours. */
  Optional<Topic<?>> topic(String name) {
    for (Realm realm : Realm.values()) {
      for (Topic<?> topic : Topics.all()) {
        if (Topics.name(prefix, realm, topic).equals(name)) {
          return Optional.of(topic);
        }
      }
    }
    return Optional.empty();
  }

  /** The record; empty if the bytes are none of the topic's. */
  Optional<SpecificRecord> decode(String topicName, byte[] value) {
    if (value == null) {
      return Optional.empty();
    }
    return topic(topicName)
        .flatMap(
            topic -> {
              try {
                return Optional.ofNullable(
                    serdes.forTopic(topic).deserializer().deserialize(topicName, value));
              } catch (SerializationException | AvroRuntimeException e) {
                return Optional.empty();
              }
            });
  }

  /** Avro's JSON encoding, indented. */
  static String json(SpecificRecord record) {
    Schema schema = record.getSchema();
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      JsonEncoder encoder = EncoderFactory.get().jsonEncoder(schema, out, true);
      new SpecificDatumWriter<SpecificRecord>(schema, data(record.getClass()))
          .write(record, encoder);
      encoder.flush();
      return out.toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads what {@link #json} wrote and somebody changed.
   *
   * @throws IllegalArgumentException if it is no record of the topic; the message says where
   */
  <V extends SpecificRecord> byte[] encode(Topic<V> topic, String topicName, String json) {
    return serdes.forTopic(topic).serializer().serialize(topicName, parse(topic, json));
  }

  <V extends SpecificRecord> V parse(Topic<V> topic, String json) {
    Schema schema = SpecificData.get().getSchema(topic.value());
    try {
      return new SpecificDatumReader<V>(schema, schema, data(topic.value()))
          .read(null, DecoderFactory.get().jsonDecoder(schema, json));
    } catch (IOException | AvroTypeException | ClassCastException e) {
      throw new IllegalArgumentException(
          "not the JSON of a record of " + topic.name() + ": " + e.getMessage(), e);
    }
  }

  private static SpecificData data(Class<?> type) {
    return SpecificData.getForClass(type);
  }

  /** The asset that a record is about; it decides the partition. Empty where there is none. */
  static Optional<String> asset(SpecificRecord record) {
    if (record instanceof ActionEvent event) {
      return Optional.of(event.getItem().getAsset());
    }
    Schema.Field field = record.getSchema().getField("asset");
    Object value = field == null ? null : record.get(field.pos());
    return value == null || value.toString().isEmpty()
        ? Optional.empty()
        : Optional.of(value.toString());
  }
}
