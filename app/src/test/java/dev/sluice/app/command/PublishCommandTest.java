package dev.sluice.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the command against an HTTP server that answers as the test says. */
class PublishCommandTest {
  @TempDir Path directory;
  private HttpServer server;
  private Path report;
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<String> uploads = new ArrayList<>();
  private final List<String> bodies = new ArrayList<>();
  private final List<String> digests = new ArrayList<>();
  private String verdict = "{\"outcome\":\"PASS\",\"completeness\":\"COMPLETE\",\"reason\":\"ok\"}";
  private int verdictStatus = 200;

  private record Answer(int status, String body, String retryAfter) {}

  @BeforeEach
  void listen() throws IOException {
    report = Files.writeString(directory.resolve("report.json"), "{\"a\":1}");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/v1/scans", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void sendsTheReportWithWhatIsSaidAboutIt() {
    Run run =
        publish(
            "--asset", "registry.example/acme/pay", "--version", "5.2.1", "--purpose", "proposal");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("report.json", "registry.example/acme/pay", "2 observations");
    assertThat(bodies).containsExactly("{\"a\":1}");
    assertThat(uploads.get(0))
        .contains(
            "asset=registry.example%2Facme%2Fpay",
            "version=5.2.1", "purpose=proposal", "name=report.json", "scan=");
  }

  @Test
  void triesAgainWithTheSameScanWhileTheGatewayIsBusy() {
    answers.add(new Answer(429, "{\"detail\":\"busy\"}", "0"));
    answers.add(new Answer(503, "{\"detail\":\"away\"}", null));

    Run run = publish();

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(uploads).hasSize(3).allSatisfy(query -> assertThat(query).contains("scan="));
    assertThat(uploads.stream().distinct()).hasSize(1);
    assertThat(bodies).containsOnly("{\"a\":1}");
  }

  @Test
  void readsStandardInputOnceForAllAttempts() {
    answers.add(new Answer(503, "{}", null));

    Run run = Run.withInput("{\"b\":2}", arguments("-"));

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(bodies).containsExactly("{\"b\":2}", "{\"b\":2}");
  }

  @Test
  void exitsWith4WhenNobodyListens() {
    server.stop(0);

    Run run = publish("--set", "client.retry-for=0s");

    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("report.json", "cannot be reached").doesNotContain("\tat ");
  }

  @Test
  void exitsWith3AndGoesOnWhenOneReportIsRefused() {
    answers.add(new Answer(422, "{\"detail\":\"report.json: is not JSON\"}", null));

    Run run = Run.of(arguments(report.toString(), report.toString()));

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains(report + ": is not JSON");
    assertThat(run.out()).contains("2 observations");
  }

  @Test
  void exitsWith2WhenTheTokenIsNotKnown() {
    answers.add(new Answer(401, "{\"detail\":\"a token is needed\"}", null));

    assertThat(publish().exit()).isEqualTo(2);
  }

  @Test
  void exitsWith1WhenThePolicySaysFail() {
    verdict =
        "{\"outcome\":\"FAIL\",\"reason\":\"1 finding fails\",\"failing\":[\"f-1\"],"
            + "\"failingCount\":1}";

    Run run = publish("--wait");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains("fail", "1 finding fails");
  }

  @Test
  void exitsWith4WhenNobodyCanKnow() {
    verdict = "{\"outcome\":\"CANNOT_KNOW\",\"reason\":\"suspicious\"}";

    Run run = publish("--wait");

    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.out()).contains("cannot know");
  }

  @Test
  void exitsWith4WhenNoVerdictComesInTime() {
    verdictStatus = 202;

    Run run = publish("--wait", "--timeout", "50ms");

    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.err()).contains("no verdict");
  }

  @Test
  void aFileThatIsNotThereIsUnreadable() {
    Run run = Run.of(arguments(directory.resolve("none.json").toString()));

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("none.json", "no such file");
    assertThat(uploads).isEmpty();
  }

  @Test
  void refusesTwoWaysAtOnce() {
    Run run = publish("--bootstrap-servers", "127.0.0.1:1");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("exclude each other");
  }

  @Test
  void saysThatAScannerFailed() {
    answers.add(new Answer(503, "{}", null));
    answers.add(
        new Answer(
            202,
            "{\"scanId\":\"s-1\",\"asset\":\"github.com/acme/pay\",\"tool\":\"trivy\"}",
            null));
    List<String> all = new ArrayList<>(List.of(arguments()));
    all.addAll(List.of("--failed", "--tool", "trivy", "--reason", "no space", "--asset", "a/b"));

    Run run = Run.of(all.toArray(new String[0]));

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("github.com/acme/pay", "trivy: failed");
    assertThat(uploads).hasSize(2).allSatisfy(query -> assertThat(query).contains("tool=trivy"));
    assertThat(uploads.get(1)).contains("reason=no+space", "asset=a%2Fb").doesNotContain("scan=");
  }

  @Test
  void refusesAFailureWithoutAToolAndAToolWithoutAFailure() {
    assertThat(Run.of(arguments("--failed")).exit()).isEqualTo(2);
    assertThat(publish("--tool", "trivy").exit()).isEqualTo(2);
    assertThat(Run.of(arguments()).exit()).isEqualTo(2);
    assertThat(uploads).isEmpty();
  }

  @Test
  void announcesTheDigestOfWhatItSends() throws Exception {
    publish();

    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest("{\"a\":1}".getBytes(StandardCharsets.UTF_8));
    assertThat(digests)
        .containsExactly("sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":");
  }

  @Test
  void namesAtTheEndWhatWasNotPublished() throws Exception {
    Path second = Files.writeString(directory.resolve("second.json"), "{}");
    answers.add(new Answer(422, "{\"detail\":\"report.json: broken\"}", null));

    Run run = Run.of(arguments(report.toString(), second.toString()));

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("1 of 2 reports were not published: " + report);
  }

  @Test
  void failsOnASeverityThatThePolicyLetsPass() {
    verdict =
        "{\"outcome\":\"PASS\",\"completeness\":\"COMPLETE\",\"reason\":\"ok\","
            + "\"bySeverity\":{\"critical\":0,\"high\":2,\"medium\":5}}";

    Run high = publish("--wait", "--fail-on", "high");

    assertThat(high.exit()).isEqualTo(1);
    assertThat(high.out()).contains("2 findings are high or worse");
    assertThat(publish("--fail-on", "critical").exit()).isZero();
    assertThat(publish("--fail-on", "medium").exit()).isEqualTo(1);
    assertThat(publish("--wait").exit()).isZero();
  }

  @Test
  void printsJsonWithVerdicts() {
    Run run = publish("--wait", "--json");

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .startsWith("[")
        .contains("\"scanId\" : \"s-1\"", "\"outcome\" : \"PASS\"");
  }

  private Run publish(String... more) {
    List<String> all = new ArrayList<>(List.of(arguments(report.toString())));
    all.addAll(List.of(more));
    return Run.of(all.toArray(new String[0]));
  }

  private String[] arguments(String... files) {
    List<String> all = new ArrayList<>(List.of("publish"));
    all.addAll(List.of(files));
    all.addAll(List.of("--server", "http://127.0.0.1:" + server.getAddress().getPort()));
    return all.toArray(new String[0]);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (exchange.getRequestMethod().equals("GET")) {
        respond(exchange, verdictStatus, verdict);
        return;
      }
      uploads.add(exchange.getRequestURI().getRawQuery());
      bodies.add(body);
      digests.add(exchange.getRequestHeaders().getFirst("Content-Digest"));
      Answer answer = answers.poll();
      if (answer == null) {
        respond(
            exchange,
            202,
            "{\"scans\":[{\"scanId\":\"s-1\",\"asset\":\"registry.example/acme/pay\","
                + "\"version\":\"5.2.1\",\"tool\":\"trivy\",\"format\":\"trivy-json\","
                + "\"observations\":2,\"warnings\":[]}]}");
        return;
      }
      if (answer.retryAfter() != null) {
        exchange.getResponseHeaders().set("Retry-After", answer.retryAfter());
      }
      respond(exchange, answer.status(), answer.body());
    }
  }

  private static void respond(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
