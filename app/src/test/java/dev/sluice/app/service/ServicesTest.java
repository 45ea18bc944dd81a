package dev.sluice.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.app.settings.ManagementSettings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServicesTest {
  private final List<String> closed = new ArrayList<>();

  @Test
  void stopsTheLastOneStartedFirst() {
    Services services = new Services();
    services.add(service("kafka"));
    services.add(service("gateway"));

    services.close();

    assertThat(closed).containsExactly("gateway", "kafka");
  }

  @Test
  void goesOnStoppingWhenOneFailsToStop() {
    Services services = new Services();
    services.add(service("kafka"));
    services.add(
        new Fake("gateway") {
          @Override
          public void close() {
            throw new IllegalStateException("stuck");
          }
        });

    services.close();

    assertThat(closed).containsExactly("kafka");
  }

  @Test
  void closesAServiceThatComesTooLate() {
    Services services = new Services();
    services.close();

    assertThatThrownBy(() -> services.add(service("late")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(closed).containsExactly("late");
  }

  @Test
  void endsWhenAServiceFailsForGood() throws Exception {
    Services services = new Services();
    services.add(service("gateway"));
    services.add(
        new Fake("streams") {
          @Override
          public Optional<String> failure() {
            return Optional.of("state lost");
          }
        });

    assertThat(services.await()).contains("streams: state lost");
  }

  @Test
  void readyOnlyWhenAllAre() throws Exception {
    Services services = new Services();
    Fake late = service("streams");
    late.ready = false;
    services.add(service("gateway"));
    services.add(late);
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    metrics.counter("sluice_test").increment();
    try (ManagementServer server =
        ManagementServer.start(new ManagementSettings("127.0.0.1", 0), services, metrics)) {
      assertThat(get(server, "/health/ready").statusCode()).isEqualTo(503);
      assertThat(get(server, "/health/ready").body())
          .isEqualTo("gateway ready\nstreams not ready\n");

      late.ready = true;

      assertThat(get(server, "/health/ready").statusCode()).isEqualTo(200);
      assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);
      assertThat(get(server, "/metrics").body()).contains("sluice_test_total 1.0");
      assertThat(get(server, "/health/ready/x").statusCode()).isEqualTo(404);
    }
  }

  private static HttpResponse<String> get(ManagementServer server, String path)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private Fake service(String name) {
    return new Fake(name);
  }

  private class Fake implements Service {
    private final String name;
    private boolean ready = true;

    private Fake(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public Optional<String> failure() {
      return Optional.empty();
    }

    @Override
    public void close() {
      closed.add(name);
    }
  }
}
