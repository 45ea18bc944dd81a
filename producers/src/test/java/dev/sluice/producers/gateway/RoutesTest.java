package dev.sluice.producers.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RoutesTest extends GatewayFixture {
  @Test
  void answersTooLargeAHeaderWithAProblem() throws Exception {
    start(new Tweaks());

    HttpResponse<String> response =
        send(request("/healthz").header("X-Long", "x".repeat(20_000)).GET());

    assertThat(response.statusCode()).isEqualTo(431);
    assertThat(response.headers().firstValue("Content-Type")).hasValue(Problem.MEDIA_TYPE);
  }

  @Test
  void saysWhetherItIsAliveAndReady() throws Exception {
    start(new Tweaks());

    assertThat(get("/healthz").statusCode()).isEqualTo(200);
    assertThat(get("/readyz").statusCode()).isEqualTo(200);
    missing = Optional.of("Kafka does not answer");
    assertProblem(get("/readyz"), 503, "unavailable");
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void answersUnknownPathsAndMethodsWithProblems() throws Exception {
    start(new Tweaks());

    assertProblem(get("/v1/nothing"), 404, "not-found");
    assertProblem(get("/v1/scans"), 405, "method");
  }

  @Test
  void describesExactlyItsRoutes() throws Exception {
    start(new Tweaks());

    JsonNode document = JSON.readTree(get("/v1/openapi.json").body());

    List<String> described = new ArrayList<>();
    document
        .get("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            described.add(
                                method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
    assertThat(document.get("openapi").asText()).startsWith("3.1");
    assertThat(described).containsExactlyInAnyOrderElementsOf(gateway.routes());
  }

  @Test
  void describesExactlyTheParametersOfAScan() throws Exception {
    start(new Tweaks());

    JsonNode parameters =
        JSON.readTree(get("/v1/openapi.json").body()).at("/paths/~1v1~1scans/post/parameters");

    List<String> names = new ArrayList<>();
    parameters.forEach(
        p -> {
          if (p.get("in").asText().equals("query")) {
            names.add(p.get("name").asText());
          }
        });
    assertThat(names).containsExactlyElementsOf(ScanParameters.NAMES);
  }
}
