package dev.sluice.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OneMachineIT {
  @TempDir Path directory;

  @Test
  void keepsSchemaIdsAcrossRestarts() throws Exception {
    try (OneMachine machine = OneMachine.persistent(directory)) {
      assertThat(register(machine, "first", "int")).isEqualTo(1);
      assertThat(register(machine, "second", "string")).isEqualTo(2);
    }
    try (OneMachine machine = OneMachine.persistent(directory)) {
      assertThat(register(machine, "third", "string")).isEqualTo(2);
      assertThat(register(machine, "fourth", "long")).isEqualTo(3);
    }
  }

  private static int register(OneMachine machine, String subject, String type) throws Exception {
    URI url = machine.registryUrl().resolve("/subjects/" + subject + "/versions");
    String body = "{\"schema\":\"\\\"" + type + "\\\"\"}";
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    String answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    return Integer.parseInt(answer.replaceAll(".*\"id\":([0-9]+).*", "$1"));
  }
}
