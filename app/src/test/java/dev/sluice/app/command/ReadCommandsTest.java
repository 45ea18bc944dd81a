package dev.sluice.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists and explanations against an HTTP server that answers as the test says. */
class ReadCommandsTest {
  private static final String ROW =
      "{\"id\":\"f-%d23456789012345\",\"asset\":\"registry.example/acme/pay\",\"severity\":\"high\","
          + "\"vulnerability\":\"CVE-2019-10744\",\"component\":\"lodash\",\"versions\":[\"4.17.11\"],"
          + "\"fixedVersions\":[\"4.17.12\"],\"releaseLines\":[\"5.x\"],\"status\":\"open\","
          + "\"decision\":{\"actionable\":true,\"rule\":\"r\",\"reason\":\"fix-available\"},"
          + "\"scanners\":[\"grype\",\"trivy\"],\"revision\":1}";
  private static final String PAGE = "{\"findings\":[%s],\"next\":%s,\"total\":%d}";

  private final Map<String, String> answers = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private HttpServer server;
  private int status = 200;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void jsonIsOneArrayOfAllPages() throws Exception {
    answers.put("limit=200", PAGE.formatted(row(1) + "," + row(2), "\"0:f-2\"", 3));
    answers.put("after=0%3Af-2&limit=200", PAGE.formatted(row(3), "null", 3));

    Run run = run("findings", "--json");

    assertThat(run.exit()).as(run.err()).isZero();
    JsonNode array = new ObjectMapper().readTree(run.out());
    assertThat(array).hasSize(3);
    assertThat(array.get(2).path("id").asText()).startsWith("f-3");
  }

  @Test
  void filtersGoToTheGateway() {
    answers.put("", PAGE.formatted("", "null", 0));

    Run run =
        run(
            "findings",
            "--asset=pay",
            "--scanner=trivy",
            "--status=open,withheld",
            "--severity=high",
            "--kind=secret",
            "--cve=CVE-1-1",
            "--owner=team",
            "--line=5.x",
            "--overdue",
            "--limit=7");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).contains("none");
    assertThat(asked)
        .containsExactly(
            "/v1/findings?asset=pay&cve=CVE-1-1&kind=secret&limit=7&line=5.x&overdue=true"
                + "&owner=team&scanner=trivy&severity=high&status=open%2Cwithheld");
  }

  @Test
  void aTableSaysWhatItLeavesOut() {
    answers.put("limit=2", PAGE.formatted(row(1) + "," + row(2), "\"0:f-2\"", 9));

    Run run = run("findings", "--limit", "2");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out().lines()).first().isEqualTo("registry.example/acme/pay");
    assertThat(run.out())
        .contains("f-1234567890  high", "CVE-2019-10744  lodash", "fix-available  grype, trivy");
    assertThat(run.err()).contains("2 of 9; --limit 0 shows all of them");
  }

  @Test
  void whatTheGatewaySaysIsPassedOn() {
    status = 400;
    answers.put("", "{\"type\":\"urn:sluice:problem:bad-request\",\"detail\":\"limit is odd\"}");
    Run wrong = run("items");
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err()).contains("the gateway says: limit is odd");

    status = 501;
    Run none = run("items", "--json");
    assertThat(none.exit()).isEqualTo(4);
  }

  @Test
  void anIdThatNobodyHasIsAnError() {
    status = 404;
    answers.put("", "{\"type\":\"urn:sluice:problem:unknown-id\",\"detail\":\"no\"}");
    Run run = run("explain", "f-77");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("has the id f-77");
    assertThat(run("scans", "show", "s-7").err()).contains("no scan that you may see");
  }

  @Test
  void explainAsksForTheDateAndPrintsJson() {
    answers.put("", "{\"type\":\"vulnerability\",\"name\":\"CVE-1\",\"findings\":[]}");
    Run run = run("explain", "CVE-1", "--at", "2026-03-31", "--json");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("\"name\" : \"CVE-1\"");
    assertThat(asked).containsExactly("/v1/explain/CVE-1?at=2026-03-31");
  }

  @Test
  void severalThatBeginAlikeAreNamedAndAreAnError() {
    answers.put(
        "",
        "{\"type\":\"ambiguous\",\"name\":\"f-1\",\"candidates\":["
            + "{\"type\":\"finding\",\"id\":\"f-12\",\"asset\":\"a\",\"status\":\"open\"},"
            + "{\"type\":\"item\",\"id\":\"f-13\",\"asset\":\"a\",\"status\":\"open\"}]}");
    Run run = run("explain", "f-1");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).contains("which one?", "f-12", "f-13");
  }

  @Test
  void noServerIsSaidInOneLine() {
    server.stop(0);
    Run run = run("findings");
    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.err()).contains("cannot be reached").hasLineCount(1);
  }

  private static String row(int number) {
    return ROW.formatted(number);
  }

  private Run run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--server", "http://127.0.0.1:" + server.getAddress().getPort()));
    all.addAll(List.of("--set", "client.retry-for=0s"));
    return Run.of(all.toArray(String[]::new));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getRawQuery();
    asked.add(exchange.getRequestURI().getRawPath() + (query == null ? "" : "?" + query));
    String body = answers.getOrDefault(query == null ? "" : query, answers.getOrDefault("", "{}"));
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
