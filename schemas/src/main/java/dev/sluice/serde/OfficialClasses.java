package dev.sluice.serde;

import dev.sluice.registry.RegistryUnavailableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Confluent's own classes by name: they are not on Maven Central, so nothing here may need them to
 * compile.
 */
record OfficialClasses(String serializer, String deserializer) {
  static final OfficialClasses CONFLUENT =
      new OfficialClasses(
          "io.confluent.kafka.serializers.KafkaAvroSerializer",
          "io.confluent.kafka.serializers.KafkaAvroDeserializer");

  boolean present() {
    try {
      load(serializer);
      load(deserializer);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Confluent's serde held to one type, which its own would not be. */
  <V extends SpecificRecord> Serde<V> serde(Class<V> type, Map<String, ?> configs) {
    Serializer<Object> writer = make(serializer);
    Deserializer<Object> reader = make(deserializer);
    writer.configure(configs, false);
    reader.configure(configs, false);
    return Serdes.serdeFrom(new Writer<>(type, writer), new Reader<>(type, reader));
  }

  private record Writer<V>(Class<V> type, Serializer<Object> official) implements Serializer<V> {
    @Override
    public byte[] serialize(String topic, V value) {
      check(topic, type, value);
      try {
        return official.serialize(topic, value);
      } catch (SerializationException e) {
        throw cause(topic, e);
      }
    }

    @Override
    public void close() {
      official.close();
    }
  }

  private record Reader<V>(Class<V> type, Deserializer<Object> official)
      implements Deserializer<V> {
    @Override
    public V deserialize(String topic, byte[] bytes) {
      Object value;
      try {
        value = official.deserialize(topic, bytes);
      } catch (SerializationException e) {
        throw cause(topic, e);
      }
      check(topic, type, value);
      return type.cast(value);
    }

    @Override
    public void close() {
      official.close();
    }
  }

  /** Confluent's classes say of a registry that is down that the record is broken. */
  private static KafkaException cause(String topic, SerializationException failure) {
    for (Throwable e = failure.getCause(); e != null; e = e.getCause()) {
      if (e instanceof SocketException
          || e instanceof SocketTimeoutException
          || e instanceof UnknownHostException
          || e instanceof SSLException) {
        return new RegistryUnavailableException(
            "Topic " + topic + ": no registry answers (" + e.getClass().getSimpleName() + ")",
            failure);
      }
    }
    return failure;
  }

  private static void check(String topic, Class<?> type, Object value) {
    if (value != null && !type.isInstance(value)) {
      throw new SerializationException(
          "Topic "
              + topic
              + " carries "
              + type.getName()
              + " and was given "
              + value.getClass().getName());
    }
  }

  @SuppressWarnings("unchecked")
  private static <S> S make(String name) {
    try {
      return (S) load(name).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new ConfigException(
          name + " cannot be made (" + e + "): check the version of io.confluent");
    }
  }

  private static Class<?> load(String name) throws ClassNotFoundException {
    return Class.forName(name, true, OfficialClasses.class.getClassLoader());
  }
}
