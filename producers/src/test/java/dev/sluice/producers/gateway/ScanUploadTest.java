package dev.sluice.producers.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.events.ScanPurpose;
import dev.sluice.producers.publish.PublishOutcome.Reason;
import dev.sluice.producers.publish.PublishOutcome.Refused;
import dev.sluice.producers.publish.PublishOutcome.Unavailable;
import dev.sluice.producers.publish.PublishOutcome.Unreadable;
import dev.sluice.producers.publish.PublishRequest;
import dev.sluice.producers.report.BadInputException;
import dev.sluice.producers.token.Role;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

final class ScanUploadTest extends GatewayFixture {
  @Test
  void publishesTheBodyAndAnswersWithScansAndVerdictUrls() throws Exception {
    start(new Tweaks());

    HttpResponse<String> response = post("/v1/scans?asset=nginx:1.19", "{\"a\":1}");

    assertThat(response.statusCode()).isEqualTo(202);
    JsonNode scan = JSON.readTree(response.body()).get("scans").get(0);
    assertThat(scan.get("scanId").asText()).isEqualTo("s-1");
    assertThat(scan.get("asset").asText()).isEqualTo("docker.io/library/nginx");
    assertThat(scan.get("tool").asText()).isEqualTo("trivy");
    assertThat(scan.get("observations").asLong()).isEqualTo(3);
    assertThat(scan.get("warnings").get(0).asText()).isEqualTo("$.x: odd");
    assertThat(scan.get("verdict").asText())
        .isEqualTo("http://127.0.0.1:" + gateway.port() + "/v1/scans/s-1/verdict");
    assertThat(publisher.bodies).containsExactly("{\"a\":1}");
  }

  @Test
  void handsEveryParameterToThePublisher() throws Exception {
    start(new Tweaks());

    HttpResponse<String> response =
        send(
            request(
                    "/v1/scans?asset=nginx&version=1&releaseLine=1.x&scope=s&purpose=proposal"
                        + "&unit=services%2Fpay&commit=0123456&branch=main&format=trivy-json&scan=b-1"
                        + "&commitTime=2026-01-31T12:00:00Z&name=t.json")
                .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .POST(BodyPublishers.ofString("{}")));

    assertThat(response.statusCode()).isEqualTo(202);
    PublishRequest request = publisher.requests.get(0);
    assertThat(request.asset()).isEqualTo("nginx");
    assertThat(request.version()).isEqualTo("1");
    assertThat(request.releaseLine()).isEqualTo("1.x");
    assertThat(request.scope()).isEqualTo("s");
    assertThat(request.purpose()).isEqualTo(ScanPurpose.PROPOSAL);
    assertThat(request.unit()).isEqualTo("services/pay");
    assertThat(request.commit()).isEqualTo("0123456");
    assertThat(request.commitTime()).isEqualTo("2026-01-31T12:00:00Z");
    assertThat(request.branch()).isEqualTo("main");
    assertThat(request.format()).isEqualTo("trivy-json");
    assertThat(request.scanId()).isEqualTo("b-1");
    assertThat(request.publisher()).isEqualTo("local");
    assertThat(request.traceparent()).startsWith("00-0af7");
  }

  @Test
  void readsAGzipBody() throws Exception {
    start(new Tweaks());

    HttpResponse<String> response =
        send(
            request("/v1/scans")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(gzip("{\"zipped\":true}"))));

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(publisher.bodies).containsExactly("{\"zipped\":true}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aset=nginx",
        "asset=a&asset=b",
        "purpose=maybe",
        "scan=../x",
        "commit=xyz",
        "commitTime=yesterday",
        "unit=%00"
      })
  void refusesAParameterThatCannotBeUsed(String query) throws Exception {
    start(new Tweaks());

    assertProblem(post("/v1/scans?" + query, "{}"), 400, "bad-request");
    assertThat(publisher.requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"multipart/form-data; boundary=x", "application/xml", "image/png"})
  void refusesABodyThatIsNotTheReportItself(String type) throws Exception {
    start(new Tweaks());

    HttpResponse<String> response =
        send(request("/v1/scans").header("Content-Type", type).POST(BodyPublishers.ofString("x")));

    assertProblem(response, 415, "media-type");
  }

  @Test
  void refusesAnUnknownContentEncoding() throws Exception {
    start(new Tweaks());

    assertProblem(
        send(
            request("/v1/scans")
                .header("Content-Encoding", "br")
                .POST(BodyPublishers.ofString("x"))),
        415,
        "media-type");
  }

  @ParameterizedTest
  @CsvSource({"FUTURE_TIME, 422, unreadable-report", "ASSET_FORBIDDEN, 403, forbidden"})
  void saysWhyAReportIsRefused(Reason reason, int status, String code) throws Exception {
    publisher.next = new Refused(reason, "report.json: because");
    start(new Tweaks());

    HttpResponse<String> response = post("/v1/scans", "{}");

    assertProblem(response, status, code);
    assertThat(JSON.readTree(response.body()).get("detail").asText())
        .isEqualTo("report.json: because");
  }

  @Test
  void saysWhereAReportIsUnreadable() throws Exception {
    publisher.next = new Unreadable("report.json: line 3, column 7: cut off");
    start(new Tweaks());

    HttpResponse<String> response = post("/v1/scans", "{}");

    assertProblem(response, 422, "unreadable-report");
    assertThat(response.body()).contains("line 3, column 7");
  }

  @Test
  void answersUnavailableWithRetryAfterWhenKafkaIsAway() throws Exception {
    publisher.next = new Unavailable("Kafka does not answer");
    start(new Tweaks());

    HttpResponse<String> response = post("/v1/scans", "{}");

    assertProblem(response, 503, "unavailable");
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void refusesABodyWhoseLengthIsTooLargeBeforeReadingIt() throws Exception {
    start(new Tweaks().maxBody(100));

    assertProblem(post("/v1/scans", "x".repeat(101)), 413, "too-large");
    assertThat(publisher.requests).isEmpty();
  }

  @Test
  void refusesABodyThatGrowsTooLarge() throws Exception {
    start(new Tweaks().maxBody(100));

    HttpResponse<String> response =
        send(
            request("/v1/scans")
                .POST(
                    BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(new byte[100_000]))));

    assertProblem(response, 413, "too-large");
  }

  @Test
  void refusesADecompressionBomb() throws Exception {
    start(new Tweaks());

    HttpResponse<String> response =
        send(request("/v1/scans").POST(BodyPublishers.ofByteArray(gzip(" ".repeat(40 << 20)))));

    assertProblem(response, 413, "too-large");
    assertThat(publisher.readFailure).isInstanceOf(BadInputException.class);
  }

  @Test
  void refusesOneUploadMoreThanItMayTake() throws Exception {
    start(new Tweaks().maxUploads(1));
    try (Socket slow =
        open("POST /v1/scans HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{")) {
      await().until(() -> !publisher.requests.isEmpty());

      HttpResponse<String> response = post("/v1/scans", "{}");

      assertProblem(response, 429, "busy");
      assertThat(response.headers().firstValue("Retry-After")).isPresent();
      slow.getOutputStream().write("}       ".getBytes(StandardCharsets.UTF_8));
      assertThat(statusLine(slow)).contains("202");
    }
    assertThat(post("/v1/scans", "{}").statusCode()).isEqualTo(202);
  }

  @Test
  void aClientThatHangsUpFailsThePublication() throws Exception {
    start(new Tweaks());

    try (Socket socket =
        open(
            "POST /v1/scans HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n{\"a\":1}")) {
      await().until(() -> !publisher.requests.isEmpty());
    }

    await().until(() -> publisher.readFailure != null);
    assertThat(publisher.readFailure).isInstanceOf(IOException.class);
  }

  @Test
  void aClientThatStopsSendingIsTimedOut() throws Exception {
    start(new Tweaks().idle(Duration.ofMillis(300)));

    try (Socket socket =
        open("POST /v1/scans HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n{")) {
      assertThat(statusLine(socket)).contains("408");
    }
  }

  @Test
  void aKafkaThatTakesItsTimeDoesNotTimeTheClientOut() throws Exception {
    start(new Tweaks().idle(Duration.ofSeconds(1)));
    publisher.pause = Duration.ofMillis(2_500);

    assertThat(post("/v1/scans", "x".repeat(5_000_000)).statusCode()).isEqualTo(202);
  }

  @Test
  void tellsNoTokenAndNoBodyToTheLog() throws Exception {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger("dev.sluice");
    Level before = root.getLevel();
    root.setLevel(Level.TRACE);
    root.addAppender(log);
    log.start();
    try {
      start(new Tweaks().token("ci", Role.PUBLISH, "docker.io"));
      publisher.next = new Unreadable("report.json: broken");
      postAs(TOKEN, "/v1/scans?asset=acme/hush", "{\"password\":\"hunter2\"}");
      postAs("wrong-" + TOKEN, "/v1/scans", "hunter2");
    } finally {
      root.detachAppender(log);
      root.setLevel(before);
    }

    assertThat(log.list).isNotEmpty();
    assertThat(log.list)
        .allSatisfy(
            event ->
                assertThat(event.getFormattedMessage() + event.getKeyValuePairs())
                    .doesNotContain(TOKEN, "hunter2"));
  }
}
