package dev.sluice.serde;

import java.util.Arrays;
import org.apache.kafka.common.config.ConfigException;

/** Under which name a schema is registered. */
public enum SubjectName {
  /** Topic and {@code -key} or {@code -value}: one type for a topic. Confluent's default. */
  TOPIC_NAME("TopicNameStrategy") {
    @Override
    String of(String topic, boolean key, String type) {
      return topic + (key ? "-key" : "-value");
    }
  },
  /** The type's full name, whatever the topic. */
  RECORD_NAME("RecordNameStrategy") {
    @Override
    String of(String topic, boolean key, String type) {
      return type;
    }
  },
  /** Topic, {@code -} and the type's full name. */
  TOPIC_RECORD_NAME("TopicRecordNameStrategy") {
    @Override
    String of(String topic, boolean key, String type) {
      return topic + "-" + type;
    }
  };

  private static final String CONFLUENT = "io.confluent.kafka.serializers.subject.";

  private final String strategy;

  SubjectName(String strategy) {
    this.strategy = strategy;
  }

  abstract String of(String topic, boolean key, String type);

  /** Confluent's class of the strategy. */
  public String confluentClass() {
    return CONFLUENT + strategy;
  }

  /** The strategy of a configured value: a name of ours, or Confluent's class by name or object. */
  static SubjectName parse(String configKey, Object value) {
    String name = value instanceof Class<?> type ? type.getName() : String.valueOf(value).strip();
    for (SubjectName subject : values()) {
      if (name.equals(subject.strategy)
          || name.equals(subject.confluentClass())
          || name.equals(subject.name())) {
        return subject;
      }
    }
    throw new ConfigException(
        configKey
            + " must be one of "
            + String.join(", ", Arrays.stream(values()).map(s -> s.strategy).toList())
            + " and is "
            + name);
  }
}
