package dev.sluice.producers.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.producers.gateway.UploadStream.Trouble;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class UploadStreamTest {
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void passesOnWhatArrives() throws IOException {
    UploadStream stream = stream(new ByteArrayInputStream(new byte[1_000]));

    assertThat(stream.readAllBytes()).hasSize(1_000);
    assertThat(stream.trouble()).isEqualTo(Trouble.NONE);
    assertThat(stream.count()).isEqualTo(1_000);
  }

  @Test
  void endsAnUploadThatTricklesIn() throws IOException {
    UploadStream stream = stream(new ByteArrayInputStream(new byte[1_000]));
    nanos.set(Duration.ofSeconds(29).toNanos());
    stream.readNBytes(10);

    nanos.set(Duration.ofSeconds(31).toNanos());

    assertThatThrownBy(stream::read).isInstanceOf(IOException.class);
    assertThat(stream.trouble()).isEqualTo(Trouble.TOO_SLOW);
  }

  @Test
  void endsAnUploadThatTakesTooLongHoweverFast() throws IOException {
    UploadStream stream = stream(new ByteArrayInputStream(new byte[10_000_000]));
    stream.readNBytes(9_000_000);

    nanos.set(Duration.ofMinutes(16).toNanos());

    assertThatThrownBy(stream::read).isInstanceOf(IOException.class);
    assertThat(stream.trouble()).isEqualTo(Trouble.TOO_SLOW);
  }

  @Test
  void takesAnUncheckedFailureOfTheServerForACut() {
    UploadStream stream =
        stream(
            new InputStream() {
              @Override
              public int read() {
                throw new IllegalStateException("early EOF");
              }
            });

    assertThatThrownBy(stream::read).isInstanceOf(IOException.class);
    assertThat(stream.trouble()).isEqualTo(Trouble.CUT_OFF);
  }

  @Test
  void takesAnIdleTimeoutForSlowness() {
    UploadStream stream =
        stream(
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException(new TimeoutException("idle"));
              }
            });

    assertThatThrownBy(stream::read).isInstanceOf(IOException.class);
    assertThat(stream.trouble()).isEqualTo(Trouble.TOO_SLOW);
  }

  @Test
  void staysEndedOnceItEnded() {
    UploadStream stream = stream(new ByteArrayInputStream(new byte[1_000]));
    nanos.set(Duration.ofMinutes(16).toNanos());
    assertThatThrownBy(stream::read).isInstanceOf(IOException.class);

    nanos.set(0);

    assertThatThrownBy(stream::read).isInstanceOf(IOException.class);
  }

  private UploadStream stream(InputStream in) {
    return new UploadStream(
        in, GatewaySettings.defaults(), GatewaySettings.defaults().maxBodyBytes(), nanos::get);
  }
}
