package dev.sluice.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares one component of a settings record. The key is the component's name in kebab case under
 * the key of the record it is in: {@code bootstrapServers} of the record at {@code kafka} is {@code
 * kafka.bootstrap-servers}, and {@code SLUICE_KAFKA_BOOTSTRAP_SERVERS} in the environment.
 *
 * <p>Component types: {@code String}, {@code boolean}, {@code int}, {@code long}, {@code double},
 * an enum, {@link java.time.Duration} ({@code 30s}, {@code 5m}, {@code 12h}, {@code 7d}), {@link
 * java.net.URI}, {@link java.nio.file.Path}, {@link SecretValue}, {@code List<String>} (comma
 * separated or a YAML list), {@code Map<String, String>} and nested settings records, alone or as a
 * {@code Map<String, record>} by name.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
  /** One sentence with units and limits. */
  String doc();

  /** The default as it would be written in sluice.yaml; empty means none, and null, empty or 0. */
  String value() default "";
}
