package dev.sluice.producers.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.events.Completeness;
import dev.sluice.events.ScanPurpose;
import dev.sluice.events.ScanVerdict;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** A report that was published before is acknowledged and not published again. */
final class RepeatTest extends GatewayFixture {
  private static final String LARGE = " ".repeat(600_000) + "{}";

  @Test
  void acknowledgesARepeatWithTheFirstScan() throws Exception {
    start(new Tweaks());

    JsonNode first = scan(post("/v1/scans?asset=nginx&version=1&scan=one", "{}"));
    JsonNode second = scan(post("/v1/scans?asset=nginx&version=1&scan=two", "{}"));

    assertThat(first.get("repeated").asBoolean()).isFalse();
    assertThat(second.get("repeated").asBoolean()).isTrue();
    assertThat(second.get("scanId").asText()).isEqualTo("one");
    assertThat(second.get("verdict").asText()).endsWith("/v1/scans/one/verdict");
    assertThat(publisher.bodies).hasSize(1);
  }

  @Test
  void theSameBytesAboutSomethingElseAreNoRepeat() throws Exception {
    start(new Tweaks());
    post("/v1/scans?asset=nginx&version=1&commit=0123456", "{}");

    post("/v1/scans?asset=nginx&version=2&commit=0123456", "{}");
    post("/v1/scans?asset=nginx&version=1&commit=6543210", "{}");
    post("/v1/scans?asset=nginx&version=1&commit=0123456&unit=a", "{}");
    post("/v1/scans?asset=nginx&version=1&commit=0123456&releaseLine=1.x", "{}");
    post("/v1/scans?asset=nginx&version=1&commit=0123456&purpose=proposal", "{}");
    post("/v1/scans?asset=nginx&version=1&commit=0123456", "{ }");

    assertThat(publisher.bodies).hasSize(7);
  }

  @Test
  void aLargeReportIsARepeatWhereItsDigestIsAnnounced() throws Exception {
    start(new Tweaks());
    post("/v1/scans", LARGE);

    assertThat(scan(announced(LARGE)).get("repeated").asBoolean()).isTrue();
    // Without, it is streamed on before its digest is known, and streams knows it.
    assertThat(scan(post("/v1/scans", LARGE)).get("repeated").asBoolean()).isFalse();
  }

  @Test
  void refusesADigestThatIsNone() throws Exception {
    start(new Tweaks());

    assertProblem(
        send(
            request("/v1/scans")
                .header("Content-Digest", "sha-256=abc")
                .POST(BodyPublishers.ofString("{}"))),
        400,
        "bad-request");
  }

  @Test
  void aRepeatIsOneForAWhileOnly() throws Exception {
    start(new Tweaks());
    post("/v1/scans", "{}");
    now = now.plus(Duration.ofMinutes(61));

    assertThat(scan(post("/v1/scans", "{}")).get("repeated").asBoolean()).isFalse();
  }

  @Test
  void nothingIsARepeatWhereTheWindowIsZero() throws Exception {
    start(new Tweaks().repeats(Duration.ZERO));
    post("/v1/scans", "{}");

    assertThat(scan(post("/v1/scans", "{}")).get("repeated").asBoolean()).isFalse();
  }

  @Test
  void knowsTheReportsOfOtherGatewaysByTheirVerdicts() throws Exception {
    start(new Tweaks());
    recall.decided(decided("{}", Completeness.COMPLETE));

    JsonNode scan = scan(post("/v1/scans?version=1", "{}"));
    JsonNode stated = scan(post("/v1/scans?version=1&releaseLine=1.x", "{}"));

    assertThat(scan.get("scanId").asText()).isEqualTo("theirs");
    assertThat(stated.get("scanId").asText()).isEqualTo("theirs");
    assertThat(publisher.bodies).isEmpty();
  }

  @Test
  void takesAReportAgainThatDidNotArriveWhole() throws Exception {
    start(new Tweaks());
    recall.decided(decided("{}", Completeness.INCOMPLETE));

    assertThat(scan(post("/v1/scans?version=1", "{}")).get("repeated").asBoolean()).isFalse();
  }

  @Test
  void takesAReportAgainWhoseOwnScanTurnsOutIncomplete() throws Exception {
    start(new Tweaks());
    post("/v1/scans?version=1&scan=mine", "{}");
    ScanVerdict verdict = decided("{}", Completeness.INCOMPLETE);
    verdict.setScanId("mine");
    verdict.setAttemptId("a-1");
    recall.decided(verdict);

    assertThat(scan(post("/v1/scans?version=1", "{}")).get("repeated").asBoolean()).isFalse();
  }

  @Test
  void takesAReportAgainWhoseVerdictIsNoLongerToBeHad() throws Exception {
    start(new Tweaks());
    recall.decided(decided("{}", Completeness.COMPLETE));
    recall.remove("theirs");

    assertThat(scan(post("/v1/scans?version=1", "{}")).get("repeated").asBoolean()).isFalse();
  }

  private HttpResponse<String> announced(String body) throws Exception {
    String digest = Base64.getEncoder().encodeToString(sha256(body));
    return send(
        request("/v1/scans")
            .header("Content-Digest", "sha-512=:AA==:, sha-256=:" + digest + ":")
            .POST(BodyPublishers.ofString(body)));
  }

  private JsonNode scan(HttpResponse<String> response) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    return JSON.readTree(response.body()).get("scans").get(0);
  }

  private ScanVerdict decided(String body, Completeness completeness) throws Exception {
    return ScanVerdict.newBuilder(verdict("theirs", "b-1", FakePublisher.ASSET))
        .setVersion("1")
        .setLine("1.x")
        .setSeries("trivy")
        .setPurpose(ScanPurpose.HEAD)
        .setDecidedAt(now)
        .setCompleteness(completeness)
        .setReportDigest("sha256:" + HexFormat.of().formatHex(sha256(body)))
        .build();
  }

  private static byte[] sha256(String body) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
  }
}
