package dev.sluice.sinks.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.sinks.Defaults;
import dev.sluice.sinks.Golden;
import dev.sluice.sinks.Samples;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkEnvironment;
import dev.sluice.sinks.SinkType;
import dev.sluice.sinks.http.HttpSinkContract;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WebhookSinkTest extends HttpSinkContract {
  private static final String OLD = "whsec_" + "b2xkIHNlY3JldCBvZiBhdCBsZWFzdCAyNCBieXRlcw==";
  private static final String NEW = "whsec_" + "bmV3IHNlY3JldCBvZiBhdCBsZWFzdCAyNCBieXRlcw==";

  @Override
  protected SinkType type() {
    return WebhookSink.TYPE;
  }

  @Override
  protected Sink open(String server) {
    return open(server + "/in", Map.of());
  }

  @Test
  void structuredRequestIsAsDocumented() throws Exception {
    deliver(event());
    Golden.check("webhook-structured.http", text(onlyRequest()));
  }

  @Test
  void binaryRequestIsAsDocumented() throws Exception {
    ActionItem item =
        Samples.item("item ü%")
            .setTraceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
            .build();
    try (Sink sink = open(url(), Map.of("webhook.mode", "BINARY"))) {
      deliver(sink, Samples.event(item, ActionEventType.RESOLVED));
    }
    Golden.check("webhook-binary.http", text(onlyRequest()));
  }

  /** The first is the example of the HTTP binding itself (3.1.3.2). */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Euro € 😀|Euro%20%E2%82%AC%20%F0%9F%98%80",
        "say \"100%\"|say%20%22100%25%22",
        "a-Z_0.9~!:/?#[]|a-Z_0.9~!:/?#[]",
      })
  void headersArePercentEncoded(String value, String header) {
    assertThat(CloudEvent.encoded(value)).isEqualTo(header);
  }

  @Test
  void hostileTextAddsNoHeaderInBinaryMode() {
    ActionItem item =
        Samples.item("i\r\nX-Injected: 1").setTraceparent("00-\r\nX-Injected: 1\u0000").build();
    try (Sink sink = open(url(), Map.of("webhook.mode", "BINARY"))) {
      deliver(sink, Samples.event(item, ActionEventType.OPENED));
    }
    LoggedRequest request = onlyRequest();
    assertThat(request.containsHeader("X-Injected")).isFalse();
    assertThat(request.getHeader("ce-subject")).isEqualTo("i%0D%0AX-Injected:%201");
    assertThat(request.getHeader("ce-traceparent")).isEqualTo("00-%0D%0AX-Injected:%201%00");
  }

  @Test
  void everySecretSigns() throws Exception {
    try (Sink sink = open(url(), Map.of("webhook.secrets", NEW + ", " + OLD))) {
      deliver(sink, event());
    }
    LoggedRequest request = onlyRequest();
    assertThat(request.getHeader("webhook-id")).isEqualTo(event().getId());
    assertThat(request.getHeader("webhook-timestamp"))
        .isEqualTo(Long.toString(Samples.AT.getEpochSecond()));
    assertThat(request.getHeader("webhook-signature").split(" "))
        .containsExactly("v1," + signature(NEW, request), "v1," + signature(OLD, request));
  }

  @Test
  void withoutASecretNothingIsSigned() {
    deliver(event());
    assertThat(onlyRequest().containsHeader("webhook-signature")).isFalse();
    assertThat(onlyRequest().getHeader("webhook-id")).isEqualTo(event().getId());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"whsec_!!!", "whsec_c2hvcnQ=", "c2VjcmV0", "hunter2hunter2hunter2hunter2"})
  void aBadSecretIsRefusedWithoutQuotingIt(String secret) {
    assertThatThrownBy(() -> open(url(), Map.of("webhook.secrets", secret)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("sinks.hook.webhook.secrets: secret 1 is not whsec_")
        .hasMessageNotContaining(secret);
  }

  @Test
  void sendsAuthorization() {
    try (Sink sink = open(url(), Map.of("webhook.authorization", "Bearer t0ken"))) {
      deliver(sink, event());
    }
    assertThat(onlyRequest().getHeader("Authorization")).isEqualTo("Bearer t0ken");
  }

  @Test
  void refusesThisMachineUnlessAllowed() {
    Sink sink =
        open(
            url(),
            Map.of(
                "webhook.http.allow-loopback", "false", "webhook.http.allow-plain-http", "true"));
    try (sink) {
      assertThat(deliver(sink, event()).toString())
          .contains("Retry")
          .contains("127.0.0.1 is this machine itself; set allow-loopback if that is meant");
    }
    assertThat(server.findAll(anyRequestedFor(anyUrl()))).isEmpty();
  }

  @Test
  void followsARedirectOnTheSameHostWithItsBody() {
    answer(aResponse().withStatus(308).withHeader("Location", "/moved"));
    server.stubFor(any(urlEqualTo("/moved")).willReturn(aResponse().withStatus(200)));
    assertThat(deliver(event()).outcome()).isEqualTo("delivered");
    List<LoggedRequest> all = server.findAll(anyRequestedFor(anyUrl()));
    assertThat(all).hasSize(2);
    assertThat(all.get(0).getBodyAsString()).isEqualTo(all.get(1).getBodyAsString());
  }

  @Test
  void endlessRedirectsEnd() {
    answer(aResponse().withStatus(307).withHeader("Location", "/again"));
    assertThat(deliver(event()).outcome()).isEqualTo("rejected");
    assertThat(server.findAll(anyRequestedFor(anyUrl()))).hasSize(4);
  }

  @Test
  void reusesItsConnections() {
    for (int i = 0; i < 20; i++) {
      assertThat(deliver(event()).outcome()).isEqualTo("delivered");
    }
    assertThat(server.findAll(anyRequestedFor(anyUrl()))).hasSize(20);
  }

  @Test
  void bodyHoldsTheAttributesOfACloudEvent() throws Exception {
    deliver(event());
    var body = new ObjectMapper().readTree(onlyRequest().getBodyAsString());
    assertThat(body.get("specversion").asText()).isEqualTo("1.0");
    assertThat(body.get("id").asText()).isEqualTo(event().getId());
    assertThat(body.get("source").asText()).isEqualTo("urn:sluice");
    assertThat(body.get("type").asText()).isEqualTo("dev.sluice.item.opened.v1");
    assertThat(body.at("/data/item/asset").asText()).isEqualTo("registry.example.org/shop/web");
  }

  private String url() {
    return "http://127.0.0.1:" + server.port() + "/in";
  }

  private LoggedRequest onlyRequest() {
    List<LoggedRequest> all = server.findAll(anyRequestedFor(anyUrl()));
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static String text(LoggedRequest request) {
    StringBuilder text = new StringBuilder();
    text.append(request.getMethod()).append(' ').append(request.getUrl()).append('\n');
    Map<String, String> headers = new TreeMap<>();
    request
        .getHeaders()
        .all()
        .forEach(
            header ->
                headers.put(header.key().toLowerCase(java.util.Locale.ROOT), header.firstValue()));
    headers.remove("host");
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    return text.append('\n').append(request.getBodyAsString()).append('\n').toString();
  }

  /** The specification once more, by hand. */
  private static String signature(String secret, LoggedRequest request) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    String signed =
        request.getHeader("webhook-id")
            + "."
            + request.getHeader("webhook-timestamp")
            + "."
            + request.getBodyAsString();
    return Base64.getEncoder()
        .encodeToString(mac.doFinal(signed.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  private static Sink open(String url, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    all.put("webhook.url", url);
    all.put("webhook.http.timeout", "1s");
    all.put("webhook.http.allow-loopback", "true");
    all.putAll(settings);
    return WebhookSink.TYPE
        .factory()
        .open(
            Defaults.sink("webhook", all),
            new SinkEnvironment(
                "hook", Clock.fixed(Samples.AT, ZoneOffset.UTC), System.out, false));
  }
}
