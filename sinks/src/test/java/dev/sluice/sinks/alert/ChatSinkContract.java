package dev.sluice.sinks.alert;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.sinks.Defaults;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.Golden;
import dev.sluice.sinks.Samples;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkEnvironment;
import dev.sluice.sinks.SinkSettings;
import dev.sluice.sinks.http.HttpSinkContract;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every sink must pass that posts alerts to the webhook of a chat. */
public abstract class ChatSinkContract extends HttpSinkContract {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Why the real receiver would refuse a message, if it would. */
  protected abstract Optional<String> refusal(byte[] message);

  /** A body by which the receiver says that the webhook is no more. */
  protected abstract String goneAnswer();

  @Override
  protected final Sink open(String server) {
    return type().factory().open(settings(server), environment());
  }

  @Test
  final void messagesAreAsDocumented() throws Exception {
    StringBuilder golden = new StringBuilder();
    try (FakeChat chat = new FakeChat(this::refusal);
        AlertSink sink = alerts(chat.url())) {
      for (Alert alert : Alerts.all()) {
        assertThat(send(sink, alert).outcome())
            .as(chat.refused().toString())
            .isEqualTo("delivered");
      }
      for (JsonNode message : chat.messages()) {
        golden
            .append(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(message))
            .append('\n');
      }
    }
    Golden.check(type().descriptor().type() + ".json", golden.toString());
  }

  @Test
  final void hostileTextOfAnyLengthIsTaken() throws Exception {
    for (String hostile : Alerts.HOSTILE) {
      try (FakeChat chat = new FakeChat(this::refusal);
          AlertSink sink = alerts(chat.url())) {
        assertThat(send(sink, Alerts.of(AlertKind.DIGEST, 20, hostile)).outcome())
            .as(chat.refused().toString())
            .isEqualTo("delivered");
      }
    }
  }

  @Test
  final void aWebhookThatIsNoMoreStopsTheSink() {
    for (int status : List.of(400, 403, 404)) {
      answer(aResponse().withStatus(status).withBody(goneAnswer()));
      assertThat(deliver(event()).outcome()).isEqualTo("gone");
    }
    answer(aResponse().withStatus(503).withBody(goneAnswer()));
    assertThat(deliver(event()).outcome()).isEqualTo("retry");
  }

  @Test
  final void aBadUrlIsRefusedWithoutQuotingIt() {
    for (String url : List.of("hooks/s3cr3t", "https://exa mple/s3cr3t", "ftp://e.org/s3cr3t")) {
      assertThatThrownBy(() -> alertsAt(url))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("sinks.chat." + type().descriptor().type() + ".url: ")
          .hasMessageNotContaining("s3cr3t");
    }
    assertThat(settings("https://e.org/s3cr3t").toString()).doesNotContain("s3cr3t");
  }

  protected final AlertSink alerts(String url) {
    return alertsAt(url + "/in");
  }

  protected final Delivery send(AlertSink sink, Alert alert) throws InterruptedException {
    return sink.deliver(alert, new AlertContext(1));
  }

  private AlertSink alertsAt(String url) {
    return type().alerts().orElseThrow().open(settings(url), environment());
  }

  private SinkSettings settings(String url) {
    String name = type().descriptor().type();
    Map<String, String> keys = new HashMap<>();
    keys.put(name + ".url", url);
    keys.put(name + ".http.timeout", "3s");
    keys.put(name + ".http.allow-loopback", "true");
    return Defaults.sink(name, keys);
  }

  private static SinkEnvironment environment() {
    return new SinkEnvironment("chat", Clock.fixed(Samples.AT, ZoneOffset.UTC), System.out, false);
  }
}
