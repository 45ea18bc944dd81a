package dev.sluice.producers.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.events.Outcome;
import dev.sluice.events.ScanPurpose;
import dev.sluice.events.ScanVerdict;
import dev.sluice.producers.asset.AssetName;
import dev.sluice.producers.publish.PublishOutcome;
import dev.sluice.producers.publish.PublishOutcome.Interrupted;
import dev.sluice.producers.publish.PublishOutcome.Published;
import dev.sluice.producers.publish.PublishOutcome.Reason;
import dev.sluice.producers.publish.PublishOutcome.Refused;
import dev.sluice.producers.publish.PublishOutcome.Unavailable;
import dev.sluice.producers.publish.PublishOutcome.Unreadable;
import dev.sluice.producers.publish.PublishRequest;
import dev.sluice.producers.publish.PublishResult;
import dev.sluice.producers.publish.ReportPublisher;
import dev.sluice.producers.report.BadInputException;
import dev.sluice.serde.TrustedEvents;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

final class GatewayTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "correct-horse-battery-staple";

  private final HttpClient client = HttpClient.newHttpClient();
  private final VerdictView verdicts = new VerdictView(1 << 20, 10);
  private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
  private final List<PublishRequest> requests = Collections.synchronizedList(new ArrayList<>());
  private final AtomicReference<Throwable> readFailure = new AtomicReference<>();
  private PublishOutcome next = new Published(List.of(result("s-1", "a-1")));
  private Optional<String> missing = Optional.empty();
  private volatile Duration pause = Duration.ZERO;
  private Gateway gateway;

  @BeforeAll
  static void trust() {
    TrustedEvents.install();
  }

  @AfterEach
  void stop() {
    if (gateway != null) {
      gateway.close();
    }
  }

  @Test
  void publishesTheBodyAndAnswersWithScansAndVerdictUrls() throws Exception {
    start(Tweaks.NONE);

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
    assertThat(bodies).containsExactly("{\"a\":1}");
  }

  @Test
  void handsEveryParameterToThePublisher() throws Exception {
    start(Tweaks.NONE);

    HttpResponse<String> response =
        send(
            request(
                    "/v1/scans?asset=nginx&version=1&releaseLine=1.x&scope=s&purpose=proposal"
                        + "&unit=services%2Fpay&commit=0123456&branch=main&format=trivy-json&scan=b-1"
                        + "&commitTime=2026-01-31T12:00:00Z&name=t.json")
                .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .POST(BodyPublishers.ofString("{}")));

    assertThat(response.statusCode()).isEqualTo(202);
    PublishRequest request = requests.get(0);
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
    start(Tweaks.NONE);

    HttpResponse<String> response =
        send(
            request("/v1/scans")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(gzip("{\"zipped\":true}"))));

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(bodies).containsExactly("{\"zipped\":true}");
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
    start(Tweaks.NONE);

    assertProblem(post("/v1/scans?" + query, "{}"), 400, "bad-request");
    assertThat(requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"multipart/form-data; boundary=x", "application/xml", "image/png"})
  void refusesABodyThatIsNotTheReportItself(String type) throws Exception {
    start(Tweaks.NONE);

    HttpResponse<String> response =
        send(request("/v1/scans").header("Content-Type", type).POST(BodyPublishers.ofString("x")));

    assertProblem(response, 415, "media-type");
  }

  @Test
  void refusesAnUnknownContentEncoding() throws Exception {
    start(Tweaks.NONE);

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
    next = new Refused(reason, "report.json: because");
    start(Tweaks.NONE);

    HttpResponse<String> response = post("/v1/scans", "{}");

    assertProblem(response, status, code);
    assertThat(JSON.readTree(response.body()).get("detail").asText())
        .isEqualTo("report.json: because");
  }

  @Test
  void saysWhereAReportIsUnreadable() throws Exception {
    next = new Unreadable("report.json: line 3, column 7: cut off");
    start(Tweaks.NONE);

    HttpResponse<String> response = post("/v1/scans", "{}");

    assertProblem(response, 422, "unreadable-report");
    assertThat(response.body()).contains("line 3, column 7");
  }

  @Test
  void answersUnavailableWithRetryAfterWhenKafkaIsAway() throws Exception {
    next = new Unavailable("Kafka does not answer");
    start(Tweaks.NONE);

    HttpResponse<String> response = post("/v1/scans", "{}");

    assertProblem(response, 503, "unavailable");
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void refusesABodyWhoseLengthIsTooLargeBeforeReadingIt() throws Exception {
    start(new Tweaks().maxBody(100));

    assertProblem(post("/v1/scans", "x".repeat(101)), 413, "too-large");
    assertThat(requests).isEmpty();
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
    start(Tweaks.NONE);

    HttpResponse<String> response =
        send(request("/v1/scans").POST(BodyPublishers.ofByteArray(gzip(" ".repeat(40 << 20)))));

    assertProblem(response, 422, "unreadable-report");
    assertThat(readFailure.get()).isInstanceOf(BadInputException.class);
  }

  @Test
  void refusesOneUploadMoreThanItMayTake() throws Exception {
    start(new Tweaks().maxUploads(1));
    try (Socket slow =
        open("POST /v1/scans HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{")) {
      await().until(() -> !requests.isEmpty());

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
    start(Tweaks.NONE);

    try (Socket socket =
        open(
            "POST /v1/scans HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n{\"a\":1}")) {
      await().until(() -> !requests.isEmpty());
    }

    await().until(() -> readFailure.get() != null);
    assertThat(readFailure.get()).isInstanceOf(IOException.class);
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
    pause = Duration.ofMillis(2_500);

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
      next = new Unreadable("report.json: broken");
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

  @Test
  void refusesToListenForOthersWithoutTokens() {
    assertThatThrownBy(() -> new Access(new Tweaks().host("0.0.0.0").settings()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gateway.tokens");
  }

  @Test
  void asksForATokenWhereThereAreTokens() throws Exception {
    start(new Tweaks().token("ci", Role.PUBLISH, "docker.io"));

    HttpResponse<String> none = post("/v1/scans", "{}");
    HttpResponse<String> wrong = postAs("not-" + TOKEN, "/v1/scans", "{}");
    HttpResponse<String> right = postAs(TOKEN, "/v1/scans", "{}");

    assertProblem(none, 401, "unauthorized");
    assertThat(none.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"sluice\"");
    assertProblem(wrong, 401, "unauthorized");
    assertThat(wrong.body()).doesNotContain(TOKEN);
    assertThat(right.statusCode()).isEqualTo(202);
    assertThat(requests).extracting(PublishRequest::publisher).containsExactly("ci");
  }

  @Test
  void aTokenThatMayOnlyViewMayNotPublish() throws Exception {
    start(new Tweaks().token("dashboard", Role.VIEW, "*"));

    assertProblem(postAs(TOKEN, "/v1/scans", "{}"), 403, "forbidden");
    assertThat(requests).isEmpty();
  }

  @Test
  void aTokenIsForItsAssetsOnly() throws Exception {
    start(new Tweaks().token("ci", Role.PUBLISH, "ghcr.io/acme"));

    assertProblem(postAs(TOKEN, "/v1/scans", "{}"), 403, "forbidden");
  }

  @Test
  void aPrefixEndsAtASlash() {
    Caller caller = new Caller("ci", Role.PUBLISH, List.of("github.com/acme", "deployment:prod/"));

    assertThat(caller.covers("github.com/acme")).isTrue();
    assertThat(caller.covers("github.com/acme/pay")).isTrue();
    assertThat(caller.covers("github.com/acme-labs/pay")).isFalse();
    assertThat(caller.covers("deployment:prod/shop")).isTrue();
    assertThat(caller.covers("deployment:production/shop")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example",
        "Host: localhost.evil.example:80",
        "Host: 127.0.0.1.evil.example",
        "Host: localhost\r\nOrigin: https://evil.example",
        "Host: localhost\r\nOrigin: null",
        "Host: localhost\r\nSec-Fetch-Site: cross-site",
        "Host: localhost\r\nSec-Fetch-Site: same-site",
        "Host: localhost\r\nX-Forwarded-For: 203.0.113.9"
      })
  void keepsOtherSitesOutOnLoopback(String headers) throws Exception {
    start(Tweaks.NONE);

    try (Socket socket =
        open("POST /v1/scans HTTP/1.1\r\n" + headers + "\r\nContent-Length: 2\r\n\r\n{}")) {
      assertThat(statusLine(socket)).contains("403");
    }
    assertThat(requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:8480", "127.0.0.1:1", "[::1]:8480"})
  void knowsTheNamesOfThisMachine(String host) throws Exception {
    start(Tweaks.NONE);

    try (Socket socket = open("GET /healthz HTTP/1.1\r\nHost: " + host + "\r\n\r\n")) {
      assertThat(statusLine(socket)).contains("200");
    }
  }

  @Test
  void answersTooLargeAHeaderWithAProblem() throws Exception {
    start(Tweaks.NONE);

    HttpResponse<String> response =
        send(request("/healthz").header("X-Long", "x".repeat(20_000)).GET());

    assertThat(response.statusCode()).isEqualTo(431);
    assertThat(response.headers().firstValue("Content-Type")).hasValue(Problem.MEDIA_TYPE);
  }

  @Test
  void answersWithTheVerdictOnceItIsThere() throws Exception {
    start(Tweaks.NONE);
    var response =
        client.sendAsync(
            request("/v1/scans/s-9/verdict?wait=20s").GET().build(), BodyHandlers.ofString());
    await().until(() -> verdicts.waiting("s-9"));

    verdicts.put(verdict("s-9", "a-1", "docker.io/library/nginx"));

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
    assertThat(verdicts.waiting("s-9")).isFalse();
  }

  @Test
  void doesNotAnswerWithTheVerdictOfAnEarlierAttempt() throws Exception {
    start(Tweaks.NONE);
    verdicts.put(verdict("s-1", "a-0", "docker.io/library/nginx"));

    post("/v1/scans", "{}");

    assertThat(get("/v1/scans/s-1/verdict").statusCode()).isEqualTo(202);
    verdicts.put(verdict("s-1", "a-0", "docker.io/library/nginx"));
    assertThat(get("/v1/scans/s-1/verdict").statusCode()).isEqualTo(202);
    verdicts.put(verdict("s-1", "a-1", "docker.io/library/nginx"));
    assertThat(get("/v1/scans/s-1/verdict").statusCode()).isEqualTo(200);
  }

  @Test
  void hidesVerdictsOfAssetsThatATokenDoesNotCover() throws Exception {
    start(new Tweaks().token("ci", Role.PUBLISH, "ghcr.io/acme"));
    verdicts.put(verdict("s-9", "a-1", "docker.io/library/nginx"));

    HttpResponse<String> response =
        send(request("/v1/scans/s-9/verdict").header("Authorization", "Bearer " + TOKEN).GET());

    assertProblem(response, 403, "forbidden");
    assertThat(response.body()).doesNotContain("nginx");
  }

  @Test
  void saysWhetherItIsAliveAndReady() throws Exception {
    start(Tweaks.NONE);

    assertThat(get("/healthz").statusCode()).isEqualTo(200);
    assertThat(get("/readyz").statusCode()).isEqualTo(200);
    missing = Optional.of("Kafka does not answer");
    assertProblem(get("/readyz"), 503, "unavailable");
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void answersUnknownPathsAndMethodsWithProblems() throws Exception {
    start(Tweaks.NONE);

    assertProblem(get("/v1/nothing"), 404, "not-found");
    assertProblem(get("/v1/scans"), 405, "method");
  }

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
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)));

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
    start(Tweaks.NONE);

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

  @Test
  void describesExactlyItsRoutes() throws Exception {
    start(Tweaks.NONE);

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
    start(Tweaks.NONE);

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

  @Test
  void keepsNewestVerdictsWithinItsBytes() {
    VerdictView small = new VerdictView(20_000, 1);
    for (int i = 0; i < 100; i++) {
      small.put(verdict("s-" + i, "a", "docker.io/library/nginx"));
    }

    assertThat(small.find("s-99")).isPresent();
    assertThat(small.find("s-0")).isEmpty();
  }

  private void start(Tweaks tweaks) {
    GatewaySettings settings = tweaks.settings();
    gateway =
        Gateway.start(
            settings,
            new Access(settings),
            new FakePublisher(),
            verdicts,
            () -> missing,
            () -> {},
            new SimpleMeterRegistry());
  }

  private final class FakePublisher implements ReportPublisher {
    @Override
    public PublishOutcome publish(
        dev.sluice.producers.report.DigestingReport report,
        PublishRequest request,
        Predicate<AssetName> permitted) {
      requests.add(request);
      if (!permitted.test(new AssetName("docker.io/library/nginx"))) {
        return new Refused(Reason.ASSET_FORBIDDEN, "not with this token");
      }
      try (InputStream in = report.open()) {
        Thread.sleep(pause.toMillis());
        bodies.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (BadInputException e) {
        readFailure.set(e);
        return new Unreadable(e.getMessage());
      } catch (IOException e) {
        readFailure.set(e);
        return new Interrupted("cut off");
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return next;
    }
  }

  private static PublishResult result(String scanId, String attemptId) {
    return new PublishResult(
        scanId,
        attemptId,
        "docker.io/library/nginx",
        null,
        "1.19",
        "trivy",
        "trivy",
        "trivy-json",
        false,
        3,
        List.of("$.x: odd"),
        "sha256:00");
  }

  private static ScanVerdict verdict(String scanId, String attemptId, String asset) {
    return ScanVerdict.newBuilder()
        .setScanId(scanId)
        .setAttemptId(attemptId)
        .setAsset(asset)
        .setOutcome(Outcome.FAIL)
        .build();
  }

  private static void assertProblem(HttpResponse<String> response, int status, String code)
      throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue(Problem.MEDIA_TYPE);
    JsonNode problem = JSON.readTree(response.body());
    assertThat(problem.get("type").asText()).isEqualTo(Problem.TYPE_PREFIX + code);
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("detail").asText()).isNotBlank();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(request(path).GET());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> postAs(String token, String path, String body) throws Exception {
    return send(
        request(path)
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(gateway.uri() + path)).timeout(Duration.ofSeconds(30));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private Socket open(String text) throws IOException {
    Socket socket = new Socket("127.0.0.1", gateway.port());
    socket.setSoTimeout(30_000);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    return socket;
  }

  private static String statusLine(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    InputStream in = socket.getInputStream();
    for (int c = in.read(); c >= 0 && c != '\r'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /** The defaults on a free port, with what a test changes. */
  private static final class Tweaks {
    static final Tweaks NONE = new Tweaks();

    private String host = "127.0.0.1";
    private Map<String, TokenSettings> tokens = Map.of();
    private long maxBody = 100 << 20;
    private int maxUploads = 4;
    private Duration idle = Duration.ofSeconds(30);

    Tweaks host(String value) {
      host = value;
      return this;
    }

    Tweaks maxBody(long value) {
      maxBody = value;
      return this;
    }

    Tweaks maxUploads(int value) {
      maxUploads = value;
      return this;
    }

    Tweaks idle(Duration value) {
      idle = value;
      return this;
    }

    Tweaks token(String name, Role role, String assets) throws Exception {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(TOKEN.getBytes(StandardCharsets.UTF_8));
      tokens =
          Map.of(name, new TokenSettings(HexFormat.of().formatHex(hash), role, List.of(assets)));
      return this;
    }

    GatewaySettings settings() {
      GatewaySettings d = GatewaySettings.defaults();
      return new GatewaySettings(
          host,
          0,
          "",
          tokens,
          maxBody,
          d.maxReportBytes(),
          d.maxRatio(),
          maxUploads,
          d.maxWaiting(),
          d.maxWait(),
          d.maxHeaderBytes(),
          idle,
          d.uploadTimeout(),
          0,
          null,
          d.verdictBytes(),
          d.verdictWindow());
    }
  }
}
