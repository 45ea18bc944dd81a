package dev.sluice.producers.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.producers.publish.PublishOutcome.Reason;
import dev.sluice.producers.publish.PublishOutcome.Refused;
import dev.sluice.producers.publish.PublishOutcome.Unavailable;
import dev.sluice.producers.token.Role;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScanFailureTest extends GatewayFixture {
  @Test
  void publishesThatAScanFailedAndSaysWhereItsVerdictIs() throws Exception {
    start(new Tweaks());

    HttpResponse<String> response =
        post("/v1/scans/s-7/failed?asset=nginx&version=1.19&tool=trivy&reason=out%20of%20disk", "");

    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    FakePublisher.Failure failure = publisher.failures.get(0);
    assertThat(failure.request().scanId()).isEqualTo("s-7");
    assertThat(failure.request().asset()).isEqualTo("nginx");
    assertThat(failure.request().version()).isEqualTo("1.19");
    assertThat(failure.tool()).isEqualTo("trivy");
    assertThat(failure.detail()).isEqualTo("out of disk");
    assertThat(JSON.readTree(response.body()).get("verdict").asText())
        .endsWith("/v1/scans/s-7/verdict");
  }

  @Test
  void hidesACredentialInTheReason() throws Exception {
    start(new Tweaks());

    post("/v1/scans/s-7/failed?tool=trivy&reason=GET%20https://bob:hunter2hunter2@x.example", "");

    assertThat(publisher.failures.get(0).detail()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s-7/failed",
        "s-7/failed?tool=",
        "s-7/failed?tool=trivy&reason=a%0Ab",
        "s-7/failed?tool=trivy&scan=s-8",
        "s-7/failed?tool=trivy&why=x",
        "..%5Cs/failed?tool=trivy"
      })
  void refusesWhatCannotBeUsed(String path) throws Exception {
    start(new Tweaks());

    assertProblem(post("/v1/scans/" + path, ""), 400, "bad-request");
    assertThat(publisher.failures).isEmpty();
  }

  @Test
  void isForThoseWhoMayPublish() throws Exception {
    start(
        new Tweaks()
            .token("dashboard", Role.VIEW, "*")
            .token("ci", "another-token", Role.PUBLISH, "ghcr.io/acme"));

    assertProblem(post("/v1/scans/s-7/failed?tool=trivy", ""), 401, "unauthorized");
    assertProblem(postAs(TOKEN, "/v1/scans/s-7/failed?tool=trivy", ""), 403, "forbidden");
    assertProblem(postAs("another-token", "/v1/scans/s-7/failed?tool=trivy", ""), 403, "forbidden");
  }

  @Test
  void saysWhatBecameOfIt() throws Exception {
    start(new Tweaks());
    publisher.next = new Unavailable("Kafka does not answer");
    assertProblem(post("/v1/scans/s-7/failed?tool=trivy", ""), 503, "unavailable");
    publisher.next = new Refused(Reason.ASSET_UNKNOWN, "failed scan: names no asset");
    assertProblem(post("/v1/scans/s-7/failed?tool=trivy", ""), 422, "unreadable-report");
  }
}
