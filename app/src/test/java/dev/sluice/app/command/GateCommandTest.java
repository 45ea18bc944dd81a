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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the command against an HTTP server that answers as the test says. */
class GateCommandTest {
  private static final String LATE =
      "{\"asset\":\"a\",\"outcome\":\"CANNOT_KNOW\",\"complete\":false,\"reason\":\"late\","
          + "\"unknown\":[\"grype: none.\"],\"missing\":[{\"scanner\":\"grype\",\"why\":\"none\"}]}";

  @TempDir Path directory;
  private HttpServer server;
  private final List<String> asked = new ArrayList<>();
  private int status = 200;
  private String body = answer("PASS");

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/v1/gate", this::respond);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void exitsWith0WhenItPasses() {
    Run run = gate();

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("pass: ");
    assertThat(asked.get(0))
        .startsWith("GET /v1/gate?")
        .contains("asset=docker.io%2Flibrary%2Fnginx", "version=1.19", "wait=");
  }

  @Test
  void exitsWith1WhenItFails() {
    body = answer("FAIL");

    assertThat(gate().exit()).isEqualTo(1);
  }

  @Test
  void exitsWith4WhenItCannotBeKnown() {
    body = answer("CANNOT_KNOW");

    assertThat(gate().exit()).isEqualTo(4);
  }

  @Test
  void exitsWith4OnAnOutcomeThatItDoesNotKnow() {
    body = answer("MAYBE");

    assertThat(gate().exit()).isEqualTo(4);
  }

  @Test
  void exitsWith4WhenScansDoNotComeInTimeUnlessToldOtherwise() {
    status = 202;
    body = LATE;

    assertThat(gate("--timeout", "1ms").exit()).isEqualTo(4);
    assertThat(gate("--timeout", "1ms", "--on-timeout", "fail").exit()).isEqualTo(1);
    Run passed = gate("--timeout", "1ms", "--on-timeout", "pass");
    assertThat(passed.exit()).isZero();
    assertThat(passed.out()).contains("--on-timeout lets it pass");
  }

  @Test
  void exitsWith4WhenNobodyListensWhateverTheTimeoutSays() {
    server.stop(0);

    Run run = gate("--on-timeout", "pass", "--set", "client.retry-for=0s");

    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("cannot be reached").doesNotContain("\tat ");
  }

  @Test
  void exitsWith4OnAnswersOfSomebodyElse() {
    body = "<html>";

    assertThat(gate().exit()).isEqualTo(4);
  }

  @Test
  void exitsWith4WhereTheGatewayDoesNotKnowTheGate() {
    status = 404;

    assertThat(gate().exit()).isEqualTo(4);
  }

  @Test
  void exitsWith2WhenTheTokenMayNot() {
    status = 403;
    body = "{\"detail\":\"this token does not cover that asset\"}";

    Run run = gate();

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("does not cover");
  }

  @Test
  void exitsWith2OnWrongUse() {
    assertThat(Run.of("gate", "--version", "1", "--asset", " ").exit()).isEqualTo(2);
    assertThat(gate("--new-only").exit()).isEqualTo(2);
    assertThat(gate("--by", "alex").exit()).isEqualTo(2);
    assertThat(gate("--break-glass", "why").exit()).isEqualTo(2);
    assertThat(gate("--fail-on", "worst").exit()).isEqualTo(2);
    assertThat(gate("--bootstrap-servers", "127.0.0.1:1").exit()).isEqualTo(2);
    assertThat(asked).isEmpty();
  }

  @Test
  void passesOnWhatTightens() {
    gate("--fail-on", "high", "--new-only", "--expect", "trivy,grype", "--unit", "services/pay");

    assertThat(asked.get(0))
        .contains("failOn=high", "newOnly=true", "expect=grype%2Ctrivy", "unit=services%2Fpay");
  }

  @Test
  void letsItPassWhenThatIsKept() {
    body =
        answer("FAIL")
            .replace(
                "\"override\":null",
                "\"override\":{\"id\":\"gate-1\",\"by\":\"alex\",\"reason\":\"INC-1\",\"at\":\"t\"}");

    Run run = gate("--break-glass", "INC-1", "--by", "alex");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("overridden (fail)", "alex lets it pass: INC-1", "gate-1");
    assertThat(asked.get(0)).startsWith("POST /v1/gate/overrides?").contains("by=alex");
  }

  @Test
  void saysThatNothingWasRecordedWhenItPassesByItself() {
    Run run = gate("--break-glass", "INC-1", "--by", "alex");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).startsWith("pass: ").contains("nothing was recorded");
    assertThat(gate().out()).doesNotContain("recorded");
  }

  @Test
  void doesNotLetItPassWhenThatCannotBeKept() {
    status = 503;
    body = "{\"detail\":\"gate-overrides.v1 cannot be written\"}";

    Run run = gate("--break-glass", "INC-1", "--by", "alex");

    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.err()).contains("it is not overridden");
  }

  @Test
  void writesAFormToAFileAndTheTableToStandardOutput() throws IOException {
    Path file = directory.resolve("gate.sarif");

    Run run = gate("--output", "sarif", "--output-file", file.toString());

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("pass: ");
    assertThat(Files.readString(file)).contains("\"version\" : \"2.1.0\"");
    assertThat(gate("--output-file", directory.resolve("no/such").toString()).exit()).isEqualTo(2);
  }

  private static String answer(String outcome) {
    return "{\"asset\":\"docker.io/library/nginx\",\"version\":\"1.19\",\"outcome\":\""
        + outcome
        + "\",\"complete\":true,\"reason\":\"why\",\"override\":null,\"futureField\":1}";
  }

  private Run gate(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "gate",
                "--asset",
                "nginx",
                "--version",
                "1.19",
                "--server",
                "http://127.0.0.1:" + server.getAddress().getPort()));
    all.addAll(List.of(more));
    return Run.of(all.toArray(String[]::new));
  }

  private synchronized void respond(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
