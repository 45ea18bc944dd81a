package dev.sluice.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.Component;
import dev.sluice.events.Directness;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.avro.util.ClassSecurityValidator;
import org.junit.jupiter.api.Test;

class TrustedEventsTest {

  /** Runs in a JVM of its own, where nothing of ours but the generated class is touched. */
  static final class Fresh {
    public static void main(String[] arguments) {
      System.out.print(Component.newBuilder().setName("x").build().getDirectness());
    }
  }

  @Test
  void buildersWorkBeforeAnySerdeIsMade() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Fresh.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).endsWith("UNKNOWN");
  }

  @Test
  void trustsGeneratedRecordsAndEnumsOnly() {
    TrustedEvents.install();
    ClassSecurityValidator.validate(Component.class);
    ClassSecurityValidator.validate(Directness.class);
    for (Class<?> type : new Class<?>[] {AvroSerdes.class, SubjectName.class, Runtime.class}) {
      assertThatThrownBy(() -> ClassSecurityValidator.validate(type))
          .isInstanceOf(SecurityException.class);
    }
  }

  @Test
  void installsOnce() {
    TrustedEvents.install();
    var first = ClassSecurityValidator.getGlobal();
    TrustedEvents.install();
    assertThat(ClassSecurityValidator.getGlobal()).isSameAs(first);
  }
}
