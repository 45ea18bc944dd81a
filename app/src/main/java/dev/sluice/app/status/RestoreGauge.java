package dev.sluice.app.status;

import dev.sluice.app.settings.ManagementSettings;
import dev.sluice.topics.Topics.Realm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much state the topology on this machine has still to read, from its metrics. Kafka does not
 * know it; without {@code management.port} nobody tells.
 */
final class RestoreGauge {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ManagementSettings management;

  RestoreGauge(ManagementSettings management) {
    this.management = management;
  }

  Optional<Long> remaining(Realm realm) {
    if (management.port() == 0) {
      return Optional.empty();
    }
    String host = management.address().equals("0.0.0.0") ? "127.0.0.1" : management.address();
    URI uri = URI.create("http://" + host + ":" + management.port() + "/metrics");
    try {
      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .connectTimeout(PATIENCE)
              .build()
              .send(
                  HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
                  HttpResponse.BodyHandlers.ofString());
      return value(answer.body(), realm);
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  static Optional<Long> value(String metrics, Realm realm) {
    Matcher line =
        Pattern.compile(
                "(?m)^sluice_streams_restoring\\{realm=\""
                    + realm.name().toLowerCase(Locale.ROOT)
                    + "\"\\} ([0-9.Ee+]+)")
            .matcher(metrics);
    return line.find() ? Optional.of((long) Double.parseDouble(line.group(1))) : Optional.empty();
  }
}
