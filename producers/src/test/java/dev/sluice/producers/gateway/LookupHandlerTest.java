package dev.sluice.producers.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.producers.token.Role;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LookupHandlerTest extends GatewayFixture {
  @Test
  void handsQuestionsOnWithTheCallersPrefixes() throws Exception {
    start(new Tweaks().token("dashboard", Role.VIEW, "registry.example/acme"));
    gateway.answerWith(
        question ->
            question.id().equals("gone")
                ? Optional.empty()
                : Optional.of(
                    ("[\""
                            + question.subject()
                            + " "
                            + question.parameters()
                            + " "
                            + question.assets()
                            + "\"]")
                        .getBytes(StandardCharsets.UTF_8)));

    HttpResponse<String> list =
        send(request("/v1/findings?limit=7").header("Authorization", "Bearer " + TOKEN).GET());
    assertThat(list.statusCode()).isEqualTo(200);
    assertThat(list.body()).isEqualTo("[\"FINDINGS {limit=7} [registry.example/acme]\"]");
    HttpResponse<String> none =
        send(request("/v1/explain/gone").header("Authorization", "Bearer " + TOKEN).GET());
    assertThat(none.statusCode()).isEqualTo(404);
    assertThat(get("/v1/items").statusCode()).isEqualTo(401);
  }

  @Test
  void questionsAreRefusedWhileNobodyCanAnswer() throws Exception {
    start(new Tweaks());

    HttpResponse<String> refused = get("/v1/findings");

    assertThat(refused.statusCode()).isEqualTo(501);
    assertThat(JSON.readTree(refused.body()).get("detail").asText()).contains("database.url");
    gateway.answerWith(
        question -> {
          throw new Lookup.AwayException("the database is being opened");
        });
    HttpResponse<String> away = get("/v1/findings");
    assertThat(away.statusCode()).isEqualTo(503);
    assertThat(away.headers().firstValue("Retry-After")).hasValue("2");
    gateway.answerWith(
        question -> {
          throw new IllegalArgumentException("limit must be 1 to 500");
        });
    assertThat(get("/v1/findings?limit=0").statusCode()).isEqualTo(400);
  }
}
