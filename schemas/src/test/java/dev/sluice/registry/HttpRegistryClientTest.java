package dev.sluice.registry;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HttpRegistryClientTest {
  private static final Schema THING =
      new Schema.Parser()
          .parse("{\"type\":\"record\",\"name\":\"Thing\",\"namespace\":\"n\",\"fields\":[]}");
  private static final String QUOTED = THING.toString().replace("\"", "\\\"");

  @RegisterExtension
  private final WireMockExtension server =
      WireMockExtension.newInstance()
          .options(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private final List<Duration> pauses = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong(1);

  private HttpRegistryClient client(Map<String, ?> more) {
    Map<String, Object> configs = new HashMap<>(Map.of("schema.registry.url", url()));
    configs.putAll(more);
    return new HttpRegistryClient(configs, pauses::add, nanos::get);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getPort();
  }

  private static MappingBuilder answer(MappingBuilder request, int status, String body) {
    return request.willReturn(aResponse().withStatus(status).withBody(body));
  }

  private static String freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + socket.getLocalPort();
    }
  }

  @Test
  void registersOnceAndRemembers() {
    server.stubFor(answer(post("/subjects/s/versions"), 200, "{\"id\":7}"));
    HttpRegistryClient client = client(Map.of());
    assertThat(client.register("s", THING)).isEqualTo(7);
    assertThat(client.register("s", THING)).isEqualTo(7);
    server.verify(
        1,
        postRequestedFor(urlEqualTo("/subjects/s/versions"))
            .withHeader("Content-Type", containing("application/vnd.schemaregistry.v1+json"))
            .withRequestBody(equalToJson("{\"schema\":\"" + QUOTED + "\"}")));
  }

  @Test
  void findsTheIdOfAKnownSchema() {
    server.stubFor(answer(post("/subjects/s"), 200, "{\"subject\":\"s\",\"version\":3,\"id\":9}"));
    assertThat(client(Map.of()).idOf("s", THING)).isEqualTo(9);
  }

  @Test
  void asksForNormalisationWhenToldTo() {
    server.stubFor(answer(post("/subjects/s/versions?normalize=true"), 200, "{\"id\":7}"));
    assertThat(client(Map.of("normalize.schemas", "true")).register("s", THING)).isEqualTo(7);
  }

  @Test
  void readsASchemaOnceAlsoWhenManyAskAtTheSameMoment() throws Exception {
    server.stubFor(
        get("/schemas/ids/5")
            .willReturn(
                aResponse().withBody("{\"schema\":\"" + QUOTED + "\"}").withFixedDelay(200)));
    HttpRegistryClient client = client(Map.of());
    var threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Schema>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(threads.submit(() -> client.schema(5)));
      }
      for (Future<Schema> each : all) {
        assertThat(each.get()).isEqualTo(THING);
      }
    } finally {
      threads.shutdownNow();
    }
    server.verify(1, getRequestedFor(urlEqualTo("/schemas/ids/5")));
  }

  @Test
  void resolvesReferences() {
    server.stubFor(
        answer(
            get("/schemas/ids/5"),
            200,
            "{\"schema\":\"{\\\"type\\\":\\\"array\\\",\\\"items\\\":\\\"n.Thing\\\"}\","
                + "\"references\":[{\"name\":\"n.Thing\",\"subject\":\"n.Thing\",\"version\":2}]}"));
    server.stubFor(
        answer(
            get("/subjects/n.Thing/versions/2"),
            200,
            "{\"subject\":\"n.Thing\",\"version\":2,\"id\":4,\"schema\":\"" + QUOTED + "\"}"));
    assertThat(client(Map.of()).schema(5).getElementType()).isEqualTo(THING);
  }

  @Test
  void readsVersionsAndLatest() {
    server.stubFor(answer(get("/subjects/s/versions"), 200, "[1,2,5]"));
    server.stubFor(
        answer(
            get("/subjects/s/versions/latest"),
            200,
            "{\"subject\":\"s\",\"version\":5,\"id\":12,\"schema\":\"" + QUOTED + "\"}"));
    HttpRegistryClient client = client(Map.of());
    assertThat(client.versions("s")).containsExactly(1, 2, 5);
    assertThat(client.latest("s")).isEqualTo(new RegisteredSchema("s", 5, 12, THING));
  }

  @Test
  void anUnknownSubjectHasNoVersions() {
    server.stubFor(answer(get("/subjects/s/versions"), 404, "{\"error_code\":40401}"));
    assertThat(client(Map.of()).versions("s")).isEmpty();
  }

  @Test
  void escapesSubjects() {
    server.stubFor(answer(get("/subjects/a%2Fb%20c/versions"), 200, "[1]"));
    assertThat(client(Map.of()).versions("a/b c")).containsExactly(1);
  }

  @Test
  void checksCompatibility() {
    server.stubFor(
        answer(
            post("/compatibility/subjects/s/versions?verbose=true"),
            200,
            "{\"is_compatible\":false,\"messages\":[\"READER_FIELD_MISSING\"]}"));
    assertThat(client(Map.of()).check("s", THING))
        .isEqualTo(new CompatibilityCheck(false, List.of("READER_FIELD_MISSING")));
  }

  @Test
  void readsAndSetsTheCompatibilityLevel() {
    server.stubFor(
        answer(get("/config/s?defaultToGlobal=true"), 200, "{\"compatibilityLevel\":\"FULL\"}"));
    server.stubFor(answer(put("/config/s"), 200, "{\"compatibility\":\"NONE\"}"));
    HttpRegistryClient client = client(Map.of());
    assertThat(client.compatibility("s")).isEqualTo(CompatibilityLevel.FULL);
    client.setCompatibility("s", CompatibilityLevel.NONE);
    server.verify(
        putRequestedFor(urlEqualTo("/config/s"))
            .withRequestBody(equalToJson("{\"compatibility\":\"NONE\"}")));
  }

  @Test
  void namesSubjectUrlAndReasonOfARefusal() {
    server.stubFor(
        answer(
            post("/subjects/s/versions"),
            409,
            "{\"error_code\":409,\"message\":\"Schema being registered is\\nincompatible\"}"));
    assertThatThrownBy(() -> client(Map.of()).register("s", THING))
        .isInstanceOf(RegistryRefusedException.class)
        .hasMessageContaining("subject s")
        .hasMessageContaining("n.Thing")
        .hasMessageContaining(url())
        .hasMessageContaining("HTTP 409")
        .hasMessageContaining("is incompatible");
    assertThat(pauses).isEmpty();
  }

  @Test
  void asksAgainForAnUnknownIdOnlyAfterAWhile() {
    server.stubFor(
        answer(
            get("/schemas/ids/5"), 404, "{\"error_code\":40403,\"message\":\"Schema not found\"}"));
    HttpRegistryClient client = client(Map.of("missing.id.cache.ttl.sec", "5"));
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> client.schema(5))
          .isInstanceOfSatisfying(
              RegistryRefusedException.class,
              e -> {
                assertThat(e.notFound()).isTrue();
                assertThat(e.code()).isEqualTo(40403);
              })
          .hasMessageContaining("id 5");
    }
    server.verify(1, getRequestedFor(urlEqualTo("/schemas/ids/5")));
    nanos.addAndGet(Duration.ofSeconds(6).toNanos());
    server.stubFor(answer(get("/schemas/ids/5"), 200, "{\"schema\":\"" + QUOTED + "\"}"));
    assertThat(client.schema(5)).isEqualTo(THING);
  }

  @Test
  void triesAgainAfterAServerErrorWithGrowingWaits() {
    server.stubFor(
        get("/schemas/ids/5")
            .inScenario("ill")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(aResponse().withStatus(503))
            .willSetStateTo("worse"));
    server.stubFor(
        get("/schemas/ids/5")
            .inScenario("ill")
            .whenScenarioStateIs("worse")
            .willReturn(aResponse().withStatus(429))
            .willSetStateTo("well"));
    server.stubFor(
        get("/schemas/ids/5")
            .inScenario("ill")
            .whenScenarioStateIs("well")
            .willReturn(aResponse().withBody("{\"schema\":\"" + QUOTED + "\"}")));
    assertThat(client(Map.of("retries.wait.ms", "100")).schema(5)).isEqualTo(THING);
    assertThat(pauses).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
  }

  @Test
  void boundsTheWait() {
    server.stubFor(answer(any(anyUrl()), 500, ""));
    Map<String, String> configs =
        Map.of("retries.wait.ms", "100", "retries.max.wait.ms", "150", "max.retries", "3");
    assertThatThrownBy(() -> client(configs).schema(5))
        .isInstanceOf(RegistryUnavailableException.class);
    assertThat(pauses)
        .containsExactly(Duration.ofMillis(100), Duration.ofMillis(150), Duration.ofMillis(150));
  }

  @Test
  void goesOnToTheNextUrlAndStaysThere() throws Exception {
    server.stubFor(answer(get("/schemas/ids/5"), 200, "{\"schema\":\"" + QUOTED + "\"}"));
    server.stubFor(answer(get("/subjects/s/versions"), 200, "[1]"));
    String dead = freePort();
    HttpRegistryClient client = client(Map.of("schema.registry.url", dead + ", " + url() + "/"));
    assertThat(client.schema(5)).isEqualTo(THING);
    assertThat(client.versions("s")).containsExactly(1);
    assertThat(pauses).isEmpty();
  }

  @Test
  void namesEveryUrlWhenNoneAnswers() throws Exception {
    String one = freePort();
    String other = freePort();
    Map<String, String> configs =
        Map.of("schema.registry.url", one + "," + other, "max.retries", "1");
    assertThatThrownBy(() -> client(configs).schema(5))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("id 5")
        .hasMessageContaining(one)
        .hasMessageContaining(other)
        .hasMessageContaining("2 tries");
    assertThat(pauses).hasSize(1);
  }

  @Test
  void aFailureIsNotRemembered() {
    server.stubFor(answer(post("/subjects/s/versions"), 500, ""));
    HttpRegistryClient client = client(Map.of("max.retries", "0"));
    assertThatThrownBy(() -> client.register("s", THING))
        .isInstanceOf(RegistryUnavailableException.class);
    server.stubFor(answer(post("/subjects/s/versions"), 200, "{\"id\":7}"));
    assertThat(client.register("s", THING)).isEqualTo(7);
  }

  @Test
  void sendsUserInfoOfItsOwnKey() {
    server.stubFor(
        get("/subjects/s/versions")
            .withHeader("Authorization", equalTo("Basic dXNlcjpwYTpzcw=="))
            .willReturn(aResponse().withBody("[1]")));
    Map<String, String> bare =
        Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "user:pa:ss");
    assertThat(client(bare).versions("s")).containsExactly(1);
    Map<String, String> prefixed =
        Map.of(
            "schema.registry.basic.auth.credentials.source",
            "USER_INFO",
            "schema.registry.basic.auth.user.info",
            "user:pa:ss");
    assertThat(client(prefixed).versions("s")).containsExactly(1);
  }

  @Test
  void sendsUserInfoOfTheUrl() {
    server.stubFor(
        get("/subjects/s/versions")
            .withHeader("Authorization", equalTo("Basic dXNlcjpwYTpzcw=="))
            .willReturn(aResponse().withBody("[1]")));
    String withUser = "http://user:pa:ss@127.0.0.1:" + server.getPort();
    assertThat(client(Map.of("schema.registry.url", withUser)).versions("s")).containsExactly(1);
  }

  @Test
  void sendsABearerToken() {
    server.stubFor(
        get("/subjects/s/versions")
            .withHeader("Authorization", equalTo("Bearer t0ken"))
            .willReturn(aResponse().withBody("[1]")));
    Map<String, String> configs =
        Map.of("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "t0ken");
    assertThat(client(configs).versions("s")).containsExactly(1);
  }

  @Test
  void neverTellsACredential() {
    for (int status : new int[] {401, 403, 422, 302, 500}) {
      server.stubFor(answer(any(anyUrl()), status, ""));
      String withUser = "http://user:s3cr3t@127.0.0.1:" + server.getPort();
      HttpRegistryClient client =
          client(Map.of("schema.registry.url", withUser, "max.retries", "0"));
      assertThatThrownBy(() -> client.register("s", THING))
          .isInstanceOf(RegistryException.class)
          .satisfies(
              e -> {
                for (Throwable each = e; each != null; each = each.getCause()) {
                  assertThat(each.toString()).doesNotContain("s3cr3t").doesNotContain("dXNlc");
                }
              });
    }
  }

  @Test
  void followsNoRedirect() {
    server.stubFor(
        get("/subjects/s/versions")
            .willReturn(aResponse().withStatus(302).withHeader("Location", url() + "/elsewhere")));
    assertThatThrownBy(() -> client(Map.of()).versions("s"))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("HTTP 302");
    server.verify(0, getRequestedFor(urlEqualTo("/elsewhere")));
  }

  @Test
  void saysThatItIsNoRegistryWhenTheAnswerIsNotJson() {
    server.stubFor(answer(get("/schemas/ids/5"), 200, "<html>welcome</html>"));
    assertThatThrownBy(() -> client(Map.of()).schema(5))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("is it a registry?");
  }

  @Test
  void refusesAnEndlessAnswer() {
    server.stubFor(answer(get("/schemas/ids/5"), 200, " ".repeat(9 * 1024 * 1024)));
    assertThatThrownBy(() -> client(Map.of()).schema(5))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("8 MiB");
  }

  @Test
  void refusesASchemaThatIsNotAvro() {
    server.stubFor(
        answer(
            get("/schemas/ids/5"),
            200,
            "{\"schemaType\":\"PROTOBUF\",\"schema\":\"syntax = \\\"proto3\\\";\"}"));
    server.stubFor(answer(get("/schemas/ids/6"), 200, "{\"schema\":\"{\\\"type\\\":\\\"x\\\"}\"}"));
    assertThatThrownBy(() -> client(Map.of()).schema(5)).hasMessageContaining("PROTOBUF");
    assertThatThrownBy(() -> client(Map.of()).schema(6))
        .isInstanceOf(RegistryRefusedException.class)
        .hasMessageContaining("id 6");
  }

  @Test
  void givesUpAServerThatDoesNotAnswerInTime() {
    server.stubFor(
        get("/schemas/ids/5").willReturn(aResponse().withBody("{}").withFixedDelay(20_000)));
    Map<String, String> configs =
        Map.of("schema.registry.request.timeout.ms", "200", "max.retries", "0");
    assertThatThrownBy(() -> client(configs).schema(5))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("HttpTimeoutException");
  }

  @Test
  void refusedCredentialsAreNotTheRecordsFault() {
    for (int status : new int[] {401, 403}) {
      server.stubFor(answer(get("/schemas/ids/5"), status, ""));
      assertThatThrownBy(() -> client(Map.of()).schema(5))
          .isInstanceOf(RegistryUnavailableException.class)
          .hasMessageContaining("HTTP " + status)
          .hasMessageContaining("1 try");
    }
    assertThat(pauses).isEmpty();
  }
}
