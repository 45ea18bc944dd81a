package dev.sluice.topics;

import java.time.Duration;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/**
 * One topic of the contract.
 *
 * @param name name without prefix, for example {@code findings.v1}
 * @param value class of the record value
 * @param key what the key is, for people
 * @param retention how the broker keeps it
 * @param byAsset whether the partition is chosen by the asset's name whatever the key is
 * @param doc what flows here, for people
 */
public record Topic<V extends SpecificRecord>(
    String name, Class<V> value, String key, Retention retention, boolean byAsset, String doc) {

  public Topic {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(retention, "retention");
  }

  /** How the broker keeps a topic: by key, by age, or by both. */
  public record Retention(boolean compacted, Duration age) {
    static final Retention COMPACTED = new Retention(true, null);

    static Retention days(int days) {
      return new Retention(false, Duration.ofDays(days));
    }

    static Retention compactedAndDays(int days) {
      return new Retention(true, Duration.ofDays(days));
    }

    /** The broker's {@code cleanup.policy}. */
    public String cleanupPolicy() {
      if (!compacted) {
        return "delete";
      }
      return age == null ? "compact" : "compact,delete";
    }
  }
}
