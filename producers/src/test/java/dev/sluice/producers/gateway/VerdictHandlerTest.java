package dev.sluice.producers.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.producers.token.Role;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class VerdictHandlerTest extends GatewayFixture {
  @Test
  void answersWithTheVerdictOnceItIsThere() throws Exception {
    start(new Tweaks());
    var response =
        client.sendAsync(
            request("/v1/scans/s-9/verdict?wait=20s").GET().build(), BodyHandlers.ofString());
    await().until(() -> recall.verdicts().waiting("s-9"));

    recall.decided(verdict("s-9", "a-1", "docker.io/library/nginx"));

    JsonNode verdict = JSON.readTree(response.join().body());
    assertThat(response.join().statusCode()).isEqualTo(200);
    assertThat(verdict.get("outcome").asText()).isEqualTo("FAIL");
    assertThat(verdict.get("decidedAt").isNull()).isTrue();
  }

  @Test
  void saysWhenToAskAgainWhileTheVerdictIsUnknown() throws Exception {
    start(new Tweaks().idle(Duration.ofMillis(200)));

    HttpResponse<String> response = get("/v1/scans/s-9/verdict?wait=600ms");

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
    assertThat(recall.verdicts().waiting("s-9")).isFalse();
  }

  @Test
  void doesNotAnswerWithTheVerdictOfAnEarlierAttempt() throws Exception {
    start(new Tweaks());
    recall.decided(verdict("s-1", "a-0", "docker.io/library/nginx"));

    post("/v1/scans", "{}");

    assertThat(get("/v1/scans/s-1/verdict").statusCode()).isEqualTo(202);
    recall.decided(verdict("s-1", "a-0", "docker.io/library/nginx"));
    assertThat(get("/v1/scans/s-1/verdict").statusCode()).isEqualTo(202);
    recall.decided(verdict("s-1", "a-1", "docker.io/library/nginx"));
    assertThat(get("/v1/scans/s-1/verdict").statusCode()).isEqualTo(200);
  }

  @Test
  void hidesVerdictsOfAssetsThatATokenDoesNotCover() throws Exception {
    start(new Tweaks().token("ci", Role.PUBLISH, "ghcr.io/acme"));
    recall.decided(verdict("s-9", "a-1", "docker.io/library/nginx"));

    HttpResponse<String> response =
        send(request("/v1/scans/s-9/verdict").header("Authorization", "Bearer " + TOKEN).GET());

    assertProblem(response, 403, "forbidden");
    assertThat(response.body()).doesNotContain("nginx");
  }

  @Test
  void keepsNewestVerdictsWithinItsBytes() {
    VerdictView small = new VerdictView(20_000, 1);
    for (int i = 0; i < 100; i++) {
      small.put(verdict("s-" + i, "a", "docker.io/library/nginx"));
    }

    assertThat(small.find("s-99")).isPresent();
    assertThat(small.find("s-0")).isEmpty();
  }
}
