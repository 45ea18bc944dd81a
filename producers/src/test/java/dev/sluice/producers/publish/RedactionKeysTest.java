package dev.sluice.producers.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.settings.SecretValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RedactionKeysTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";

  @TempDir Path directory;

  @Test
  void aFileAndAValueHoldTheSameKey() throws Exception {
    Path file = Files.writeString(directory.resolve("key"), KEY + "\n");

    String fromFile = RedactionKeys.redactor(settings(file, ""), new Random(1)).hmac("s");
    String fromValue = RedactionKeys.redactor(settings(null, KEY), new Random(2)).hmac("s");

    assertThat(fromFile).isEqualTo(fromValue);
  }

  @Test
  void aRandomKeyNeverHasTheIdOfAnother() throws Exception {
    var one = RedactionKeys.redactor(settings(null, ""), new Random(1));
    var other = RedactionKeys.redactor(settings(null, ""), new Random(2));

    assertThat(one.keyId()).startsWith("random-").isNotEqualTo(other.keyId());
    assertThat(one.hmac("s")).isNotEqualTo(other.hmac("s"));
  }

  @Test
  void refusesAShortKeyWithoutShowingIt() {
    assertThatThrownBy(() -> RedactionKeys.redactor(settings(null, "hunter2"), new Random(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("publisher.redaction-key")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void refusesTwoKeys() {
    assertThatThrownBy(
            () -> RedactionKeys.redactor(settings(directory.resolve("key"), KEY), new Random(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("keep one");
  }

  private static PublisherSettings settings(Path file, String key) {
    PublisherSettings d = PublisherSettings.defaults();
    return new PublisherSettings(
        file,
        SecretValue.of(key),
        "k1",
        d.bufferMemory(),
        d.windowBytes(),
        d.maxRecordBytes(),
        d.maxScans(),
        d.clockSkew(),
        d.blockTimeout(),
        d.deliveryTimeout());
  }
}
