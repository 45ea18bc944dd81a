package dev.sluice.serde;

import java.util.Locale;
import org.apache.kafka.common.config.ConfigException;

/** Whose classes turn records into bytes. The bytes are the same. */
public enum SerdeProvider {
  /** Confluent's where they are on the class path, else ours. */
  AUTO,
  /** Ours. */
  SLUICE,
  /** Confluent's; an error where they are not on the class path. */
  CONFLUENT;

  /** Key among the registry's properties. */
  public static final String KEY = "serde.provider";

  static SerdeProvider parse(Object value) {
    if (value == null) {
      return AUTO;
    }
    try {
      return valueOf(value.toString().strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(KEY + " must be auto, sluice or confluent and is " + value);
    }
  }

  SerdeProvider decide(OfficialClasses official) {
    boolean present = official.present();
    return switch (this) {
      case AUTO -> present ? CONFLUENT : SLUICE;
      case SLUICE -> SLUICE;
      case CONFLUENT -> {
        if (!present) {
          throw new ConfigException(
              KEY
                  + " is confluent and "
                  + official.serializer()
                  + " is not on the class path: build with the Maven profile confluent, or add"
                  + " io.confluent:kafka-avro-serializer");
        }
        yield CONFLUENT;
      }
    };
  }
}
