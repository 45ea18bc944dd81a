package dev.sluice.producers.publish;

import dev.sluice.settings.SecretValue;
import dev.sluice.settings.Setting;
import java.nio.file.Path;
import java.time.Duration;

/** How reports are published. */
public record PublisherSettings(
    @Setting(
            doc =
                "File that holds the redaction key: at least 16 bytes; anything that is found as a"
                    + " secret is known by its HMAC under this key only.")
        Path redactionKeyFile,
    @Setting(
            doc =
                "The redaction key itself, where no file is given. Without either a random key is"
                    + " made for this process, and secrets are not recognised again after a"
                    + " restart.")
        SecretValue redactionKey,
    @Setting(value = "k1", doc = "Name of the redaction key; change it whenever the key changes.")
        String redactionKeyId,
    @Setting(value = "16777216", doc = "Bytes of events that wait for Kafka, for all uploads.")
        long bufferMemory,
    @Setting(value = "2097152", doc = "Bytes of one report's events on their way at once.")
        long windowBytes,
    @Setting(
            value = "900000",
            doc =
                "Largest event in bytes; a larger one is cut and marked. Below the topic's"
                    + " max.message.bytes.")
        int maxRecordBytes,
    @Setting(value = "1000", doc = "Most scans in one report.") int maxScans,
    @Setting(value = "5m", doc = "How far a report's clock may be ahead of ours.")
        Duration clockSkew,
    @Setting(value = "10s", doc = "How long to wait for Kafka to be found or to take more events.")
        Duration blockTimeout,
    @Setting(value = "30s", doc = "How long Kafka has to acknowledge an event.")
        Duration deliveryTimeout) {

  /** Smallest event that can be sent: the fixed fields of an observation cut to the utmost. */
  static final int MIN_RECORD_BYTES = 64 * 1024;

  public PublisherSettings {
    if (maxRecordBytes < MIN_RECORD_BYTES) {
      throw new IllegalArgumentException(
          "publisher.max-record-bytes must be at least " + MIN_RECORD_BYTES);
    }
    if (windowBytes < maxRecordBytes || bufferMemory < windowBytes) {
      throw new IllegalArgumentException(
          "publisher.window-bytes must be at least publisher.max-record-bytes, and"
              + " publisher.buffer-memory at least publisher.window-bytes");
    }
    if (maxScans < 1) {
      throw new IllegalArgumentException("publisher.max-scans must be at least 1");
    }
    positive("clock-skew", clockSkew);
    positive("block-timeout", blockTimeout);
    positive("delivery-timeout", deliveryTimeout);
    redactionKey = redactionKey == null ? SecretValue.of("") : redactionKey;
    if (redactionKeyId == null || !redactionKeyId.matches("[A-Za-z0-9._-]{1,50}")) {
      throw new IllegalArgumentException(
          "publisher.redaction-key-id must be 1 to 50 letters, digits, dots, _ and -");
    }
  }

  /** The documented defaults. */
  public static PublisherSettings defaults() {
    return new PublisherSettings(
        null,
        SecretValue.of(""),
        "k1",
        16_777_216,
        2_097_152,
        900_000,
        1_000,
        Duration.ofMinutes(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30));
  }

  private static void positive(String name, Duration value) {
    if (value == null || value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException("publisher." + name + " must be positive");
    }
  }
}
