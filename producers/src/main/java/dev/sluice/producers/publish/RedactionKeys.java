package dev.sluice.producers.publish;

import dev.sluice.producers.redact.Redactor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the key under which secrets are hashed. */
public final class RedactionKeys {
  private static final Logger log = LoggerFactory.getLogger(RedactionKeys.class);

  private RedactionKeys() {}

  /**
   * From the file, else the value; else a random one that lives as long as this process, with an id
   * of its own, since hashes under two keys must never be compared.
   *
   * @param random a cryptographic source
   * @throws IllegalArgumentException if the key is too short, or both are given
   * @throws IOException if the file cannot be read
   */
  public static Redactor redactor(PublisherSettings settings, RandomGenerator random)
      throws IOException {
    boolean value = !settings.redactionKey().isEmpty();
    if (settings.redactionKeyFile() != null && value) {
      throw new IllegalArgumentException(
          "publisher.redaction-key-file and publisher.redaction-key are both given; keep one");
    }
    if (settings.redactionKeyFile() != null) {
      byte[] key = withoutLineEnd(Files.readAllBytes(settings.redactionKeyFile()));
      return redactor(key, settings.redactionKeyId(), "publisher.redaction-key-file");
    }
    if (value) {
      byte[] key = settings.redactionKey().reveal().getBytes(StandardCharsets.UTF_8);
      return redactor(key, settings.redactionKeyId(), "publisher.redaction-key");
    }
    byte[] key = new byte[32];
    random.nextBytes(key);
    byte[] name = new byte[4];
    random.nextBytes(name);
    String keyId = "random-" + HexFormat.of().formatHex(name);
    log.atWarn()
        .addKeyValue("keyId", keyId)
        .log("No redaction key is set: secrets will look new after a restart");
    return new Redactor(key, keyId);
  }

  private static Redactor redactor(byte[] key, String keyId, String setting) {
    if (key.length < Redactor.MIN_KEY_BYTES) {
      throw new IllegalArgumentException(
          setting
              + " must hold at least "
              + Redactor.MIN_KEY_BYTES
              + " bytes: openssl rand -hex 32");
    }
    return new Redactor(key, keyId);
  }

  /** Editors and echo end a file with a line break that nobody means. */
  private static byte[] withoutLineEnd(byte[] key) {
    int end = key.length;
    while (end > 0 && (key[end - 1] == '\n' || key[end - 1] == '\r')) {
      end--;
    }
    return Arrays.copyOf(key, end);
  }
}
