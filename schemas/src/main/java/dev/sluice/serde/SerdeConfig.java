package dev.sluice.serde;

import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/**
 * Settings of serializer and deserializer under Confluent's own keys.
 *
 * @param autoRegister {@code auto.register.schemas}, default true: register a schema that the
 *     subject does not have; otherwise it is an error
 * @param useLatest {@code use.latest.version}, default false: write with the subject's newest
 *     schema; asks for {@code auto.register.schemas=false}, as Confluent's does
 * @param latestStrict {@code latest.compatibility.strict}, default true: refuse to write with a
 *     newest schema that could not read what our own would write
 * @param specificReader {@code specific.avro.reader}; true by default, unlike Confluent's, because
 *     this serde exists for generated classes
 * @param removeJavaProperties {@code avro.remove.java.properties}; true by default, unlike
 *     Confluent's, so that what is registered says nothing of Java
 * @param subject {@code key.subject.name.strategy} or {@code value.subject.name.strategy}
 */
record SerdeConfig(
    boolean autoRegister,
    boolean useLatest,
    boolean latestStrict,
    boolean specificReader,
    boolean removeJavaProperties,
    SubjectName subject) {

  static final String AUTO_REGISTER = "auto.register.schemas";
  static final String USE_LATEST = "use.latest.version";
  static final String SPECIFIC_READER = "specific.avro.reader";
  static final String REMOVE_JAVA_PROPERTIES = "avro.remove.java.properties";
  static final String KEY_SUBJECT = "key.subject.name.strategy";
  static final String VALUE_SUBJECT = "value.subject.name.strategy";

  static SerdeConfig of(Map<String, ?> configs, boolean isKey) {
    String subjectKey = isKey ? KEY_SUBJECT : VALUE_SUBJECT;
    Object strategy = configs.get(subjectKey);
    return new SerdeConfig(
        flag(configs, AUTO_REGISTER, true),
        flag(configs, USE_LATEST, false),
        flag(configs, "latest.compatibility.strict", true),
        flag(configs, SPECIFIC_READER, true),
        flag(configs, REMOVE_JAVA_PROPERTIES, true),
        strategy == null ? SubjectName.TOPIC_NAME : SubjectName.parse(subjectKey, strategy));
  }

  private static boolean flag(Map<String, ?> configs, String key, boolean otherwise) {
    Object value = configs.get(key);
    if (value == null) {
      return otherwise;
    }
    return switch (value.toString().strip().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new ConfigException(key + " must be true or false and is " + value);
    };
  }
}
