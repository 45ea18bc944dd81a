package dev.sluice.producers.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.events.AssetProfile;
import dev.sluice.events.Completeness;
import dev.sluice.events.ExpectedScan;
import dev.sluice.events.Outcome;
import dev.sluice.events.ScanVerdict;
import dev.sluice.producers.gate.EventJson;
import dev.sluice.producers.token.Role;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class GateHandlerTest extends GatewayFixture {
  private static final String ASSET = "ghcr.io/acme/pay";
  private static final String QUESTION = "/v1/gate?asset=ghcr.io/acme/pay&version=5.2.1";

  @Test
  void answersAtOnceWhereEverythingIsKnown() throws Exception {
    start(new Tweaks());
    recall.decided(scan("s-1", "trivy", Outcome.PASS));

    HttpResponse<String> response = get(QUESTION + "&wait=20s");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(response.body()).get("outcome").asText()).isEqualTo("PASS");
  }

  @Test
  void waitsForTheLastOfTheExpectedScans() throws Exception {
    start(new Tweaks());
    expect("trivy", "grype");
    recall.decided(scan("s-1", "trivy", Outcome.PASS));
    CompletableFuture<HttpResponse<String>> response =
        client.sendAsync(request(QUESTION + "&wait=20s").GET().build(), BodyHandlers.ofString());
    await().until(() -> recall.verdicts().waiting("asset " + ASSET));

    recall.decided(scan("s-2", "hadolint", Outcome.PASS));
    await().until(() -> recall.verdicts().waiting("asset " + ASSET));
    recall.decided(scan("s-3", "grype", Outcome.FAIL));

    assertThat(response.join().statusCode()).isEqualTo(200);
    JsonNode answer = JSON.readTree(response.join().body());
    assertThat(answer.get("outcome").asText()).isEqualTo("FAIL");
    assertThat(answer.get("scans")).hasSize(3);
    assertThat(recall.verdicts().waiting("asset " + ASSET)).isFalse();
  }

  @Test
  void saysWhatIsMissingWhenTimeIsUp() throws Exception {
    start(new Tweaks());
    expect("trivy", "grype");
    recall.decided(scan("s-1", "trivy", Outcome.PASS));

    HttpResponse<String> response = get(QUESTION + "&wait=100ms");

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
    JsonNode answer = JSON.readTree(response.body());
    assertThat(answer.get("outcome").asText()).isEqualTo("CANNOT_KNOW");
    assertThat(answer.at("/missing/0/scanner").asText()).isEqualTo("grype");
    assertThat(recall.verdicts().waiting("asset " + ASSET)).isFalse();
  }

  @Test
  void waitsForAReportThatItHasTakenItself() throws Exception {
    start(new Tweaks());
    post("/v1/scans", "{}"); // the fake publisher's scan is s-1 of nginx

    HttpResponse<String> before = get("/v1/gate?asset=nginx&scans=s-1");
    recall.decided(verdict("s-1", "a-1", "docker.io/library/nginx"));
    HttpResponse<String> after = get("/v1/gate?asset=nginx&scans=s-1");

    assertThat(before.statusCode()).as(before.body()).isEqualTo(202);
    assertThat(before.body()).contains("not judged yet");
    assertThat(after.statusCode()).as(after.body()).isEqualTo(200);
  }

  @Test
  void neverJudgesByHalfOfWhatIsThere() throws Exception {
    start(new Tweaks());
    missing = Optional.of("the gateway has not reached Kafka yet; try again");

    assertProblem(get(QUESTION), 503, "unavailable");
  }

  @Test
  void hidesAssetsThatATokenDoesNotCover() throws Exception {
    start(new Tweaks().token("ci", Role.VIEW, "ghcr.io/acme-labs"));

    HttpResponse<String> response =
        send(request(QUESTION).header("Authorization", "Bearer " + TOKEN).GET());

    assertProblem(response, 403, "forbidden");
    assertThat(get(QUESTION).statusCode()).isEqualTo(401);
  }

  @Test
  void namesWhatIsWrongWithAQuestion() throws Exception {
    start(new Tweaks());

    assertThat(assertProblem(get("/v1/gate?version=1"), 400, "bad-request").get("detail").asText())
        .contains("asset is missing");
    assertThat(assertProblem(get("/v1/gate?asset=nginx"), 400, "bad-request").toString())
        .contains("version is missing");
    assertProblem(get(QUESTION + "&failon=high"), 400, "bad-request");
    assertProblem(get(QUESTION + "&failOn=worst"), 400, "bad-request");
    assertProblem(get(QUESTION + "&wait=soon"), 400, "bad-request");
    assertProblem(get(QUESTION + "&version=5.2.2"), 400, "bad-request");
  }

  @Test
  void knowsOlderScansFromTheReadModel() throws Exception {
    start(new Tweaks());
    String old = EventJson.of(scan("s-0", "trivy", Outcome.FAIL));
    gateway.answerWith(
        question ->
            question.subject() == Lookup.Subject.SCANS
                ? Optional.of(("{\"documents\":[" + old + "]}").getBytes(StandardCharsets.UTF_8))
                : Optional.empty());

    assertThat(JSON.readTree(get(QUESTION).body()).get("outcome").asText()).isEqualTo("FAIL");
    recall.decided(
        ScanVerdict.newBuilder(scan("s-1", "trivy", Outcome.PASS))
            .setDecidedAt(now.plusSeconds(1))
            .setScanTime(now.plusSeconds(1))
            .build());
    assertThat(JSON.readTree(get(QUESTION).body()).get("outcome").asText()).isEqualTo("PASS");
  }

  @Test
  void keepsWhoLetsItPassAndWhy() throws Exception {
    start(new Tweaks().token("lead", Role.ACCEPT, "ghcr.io/acme"));
    recall.decided(scan("s-1", "trivy", Outcome.FAIL));

    HttpResponse<String> response = override("&by=alex&reason=INC-4711");

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(JSON.readTree(response.body()).at("/override/by").asText()).isEqualTo("alex");
    assertThat(kept).hasSize(1);
    assertThat(kept.get(0).getToken()).isEqualTo("lead");
    assertThat(kept.get(0).getReason()).isEqualTo("INC-4711");
    assertThat(kept.get(0).getOutcome()).isEqualTo(Outcome.FAIL);
    assertThat(kept.get(0).getScans()).containsExactly("s-1");
    assertProblem(override("&by=alex"), 400, "bad-request");
  }

  @Test
  void keepsNothingOfWhatPassesByItself() throws Exception {
    start(new Tweaks().token("lead", Role.ACCEPT, "ghcr.io/acme"));
    recall.decided(scan("s-1", "trivy", Outcome.PASS));

    assertThat(JSON.readTree(override("&by=alex&reason=r").body()).get("override").isNull())
        .isTrue();
    assertThat(kept).isEmpty();
  }

  @Test
  void letsNobodyOverrideWhoMayOnlyPublish() throws Exception {
    start(new Tweaks().token("ci", Role.PUBLISH, "ghcr.io/acme"));
    recall.decided(scan("s-1", "trivy", Outcome.FAIL));

    assertProblem(override("&by=alex&reason=r"), 403, "forbidden");
    assertThat(kept).isEmpty();
  }

  private HttpResponse<String> override(String who) throws Exception {
    return send(
        request(QUESTION.replace("/v1/gate", "/v1/gate/overrides") + who)
            .header("Authorization", "Bearer " + TOKEN)
            .POST(BodyPublishers.noBody()));
  }

  private void expect(String... scanners) {
    AssetProfile profile =
        AssetProfile.newBuilder()
            .setAsset(ASSET)
            .setExpected(
                List.of(scanners).stream()
                    .map(s -> ExpectedScan.newBuilder().setScanner(s).setCadenceHours(24).build())
                    .toList())
            .build();
    recall.profiles().put(ASSET, profile);
  }

  private ScanVerdict scan(String id, String scanner, Outcome outcome) {
    return ScanVerdict.newBuilder(verdict(id, "a-1", ASSET))
        .setVersion("5.2.1")
        .setScanner(scanner)
        .setSeries(scanner)
        .setDecidedAt(now)
        .setScanTime(now)
        .setCompleteness(Completeness.COMPLETE)
        .setOutcome(outcome)
        .setFailingCount(outcome == Outcome.FAIL ? 1 : 0)
        .build();
  }
}
