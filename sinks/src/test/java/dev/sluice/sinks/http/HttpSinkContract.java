package dev.sluice.sinks.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.Samples;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkContract;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every sink over HTTP must pass besides, against a real receiver that misbehaves. */
public abstract class HttpSinkContract extends SinkContract {
  protected final WireMockServer server =
      new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

  /** A sink that sends to the server of this test; requests end within one second. */
  @Override
  protected final Sink open() {
    return open("http://127.0.0.1:" + server.port());
  }

  /** A sink that sends to this server; requests end within one second. */
  protected abstract Sink open(String server);

  @Override
  protected final String received() {
    return server.findAll(anyRequestedFor(anyUrl())).stream()
        .map(LoggedRequest::getBodyAsString)
        .collect(Collectors.joining("\n"));
  }

  @BeforeEach
  void startServer() {
    server.start();
    answer(aResponse().withStatus(204));
  }

  @AfterEach
  void stopServer() {
    server.stop();
  }

  protected final void answer(ResponseDefinitionBuilder response) {
    server.stubFor(any(anyUrl()).willReturn(response));
  }

  protected final ActionEvent event() {
    return Samples.event("item-1", 1, 1, ActionEventType.OPENED);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204})
  final void successIsDelivered(int status) {
    answer(aResponse().withStatus(status));
    assertThat(deliver(event()).outcome()).isEqualTo("delivered");
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 599})
  final void passingTroubleIsTriedAgain(int status) {
    answer(aResponse().withStatus(status));
    assertThat(deliver(event())).isInstanceOf(Delivery.Retry.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 405, 409, 413, 415, 422})
  final void refusalIsRejected(int status) {
    answer(aResponse().withStatus(status));
    assertThat(deliver(event()).outcome()).isEqualTo("rejected");
  }

  @Test
  final void goneDisablesTheSink() {
    answer(aResponse().withStatus(410));
    assertThat(deliver(event()).outcome()).isEqualTo("gone");
  }

  @Test
  final void retryAfterInSecondsIsHonoured() {
    answer(aResponse().withStatus(429).withHeader("Retry-After", "17"));
    assertThat(after()).contains(Duration.ofSeconds(17));
  }

  @Test
  final void retryAfterAsADateIsHonoured() {
    answer(aResponse().withStatus(503).withHeader("Retry-After", "Sun, 01 Mar 2099 10:15:30 GMT"));
    assertThat(after().orElseThrow()).isGreaterThan(Duration.ofDays(365));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-5", "0", "", "Sun, 01 Mar 2015 10:15:30 GMT", "99999999999"})
  final void aRetryAfterThatSaysNothingIsIgnored(String value) {
    answer(aResponse().withStatus(503).withHeader("Retry-After", value));
    assertThat(after()).isEmpty();
  }

  @Test
  final void aSlowReceiverIsTriedAgain() {
    answer(aResponse().withStatus(204).withFixedDelay(5_000));
    assertThat(deliver(event())).isInstanceOf(Delivery.Retry.class);
  }

  @Test
  final void aReceiverThatDripsIsCutOff() {
    answer(
        aResponse().withStatus(200).withBody("x".repeat(100)).withChunkedDribbleDelay(20, 10_000));
    assertThat(deliver(event())).isInstanceOf(Delivery.Retry.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"EMPTY_RESPONSE", "RANDOM_DATA_THEN_CLOSE", "CONNECTION_RESET_BY_PEER"})
  final void aCutConnectionIsTriedAgain(String fault) {
    answer(aResponse().withFault(Fault.valueOf(fault)));
    assertThat(deliver(event())).isInstanceOf(Delivery.Retry.class);
  }

  @Test
  final void aReceiverThatIsNotThereIsTriedAgain() {
    Sink sink = opened();
    server.stop();
    Delivery delivery = deliver(sink, event());
    assertThat(delivery).isInstanceOf(Delivery.Retry.class);
    assertThat(((Delivery.Retry) delivery).reason()).contains("127.0.0.1");
  }

  @Test
  final void aHugeAnswerIsNotRead() {
    answer(aResponse().withStatus(200).withBody("x".repeat(20_000_000)));
    assertThat(deliver(event()).outcome()).isEqualTo("delivered");
  }

  @Test
  final void anAnswerThatIsNoJsonDoesNoHarm() {
    answer(
        aResponse()
            .withStatus(200)
            .withHeader("Content-Type", "application/json")
            .withBody("{{{["));
    assertThat(deliver(event()).outcome()).isIn("delivered", "retry");
  }

  @Test
  final void aRedirectToAnotherHostIsNotFollowed() {
    WireMockServer other = new WireMockServer(WireMockConfiguration.options().dynamicPort());
    other.start();
    try {
      other.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(200)));
      answer(
          aResponse()
              .withStatus(307)
              .withHeader("Location", "http://127.0.0.1:" + other.port() + "/stolen"));
      assertThat(deliver(event()).outcome()).isEqualTo("rejected");
      assertThat(other.findAll(anyRequestedFor(anyUrl()))).isEmpty();
    } finally {
      other.stop();
    }
  }

  @Test
  final void noReasonHoldsPayloadOrCredentials() {
    answer(aResponse().withStatus(400).withBody("your token s3cr3t is bad"));
    assertThat(deliver(event()).toString()).doesNotContain("s3cr3t").doesNotContain("openssl");
  }

  private Optional<Duration> after() {
    return ((Delivery.Retry) deliver(event())).after();
  }
}
