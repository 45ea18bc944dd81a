package dev.sluice.sinks.alertmanager;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.Severity;
import dev.sluice.events.TicketLink;
import dev.sluice.sinks.Defaults;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.Golden;
import dev.sluice.sinks.Samples;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkContext;
import dev.sluice.sinks.SinkEnvironment;
import dev.sluice.sinks.SinkType;
import dev.sluice.sinks.http.HttpSinkContract;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AlertmanagerSinkTest extends HttpSinkContract {
  @Override
  protected SinkType type() {
    return AlertmanagerSink.TYPE;
  }

  @Override
  protected Sink open(String server) {
    return open(server, Map.of());
  }

  private static Sink open(String server, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    all.put("alertmanager.url", server);
    all.put("alertmanager.http.timeout", "1s");
    all.put("alertmanager.http.allow-loopback", "true");
    settings.forEach((key, value) -> all.put("alertmanager." + key, value));
    return AlertmanagerSink.TYPE
        .factory()
        .open(
            Defaults.sink("alertmanager", all),
            new SinkEnvironment(
                "alerts", Clock.fixed(Samples.AT, ZoneOffset.UTC), System.out, false));
  }

  @Test
  void defaultsAreAsDocumented() {
    AlertmanagerSettings settings = Defaults.sink("alertmanager", Map.of()).alertmanager();
    assertThat(settings.refresh()).isEqualTo(Duration.ofMinutes(15));
    assertThat(settings.expires()).isEqualTo(Duration.ofHours(2));
    assertThat(settings.labels()).isEmpty();
    assertThat(settings.http().timeout()).isEqualTo(Duration.ofSeconds(8));
  }

  @Test
  void everyKeyIsTaken() {
    Map<String, String> keys = new HashMap<>();
    keys.put("alertmanager.url", "https://alerts.example.org");
    keys.put("alertmanager.user", "ann");
    keys.put("alertmanager.password", "hidden-1");
    keys.put("alertmanager.token", "hidden-2");
    keys.put("alertmanager.refresh", "1m");
    keys.put("alertmanager.expires", "5m");
    keys.put("alertmanager.labels.cluster", "prod");
    keys.put("alertmanager.http.timeout", "2s");
    AlertmanagerSettings settings = Defaults.sink("alertmanager", keys).alertmanager();
    assertThat(settings.url()).isEqualTo(URI.create("https://alerts.example.org"));
    assertThat(settings.user()).isEqualTo("ann");
    assertThat(settings.password().reveal()).isEqualTo("hidden-1");
    assertThat(settings.token().reveal()).isEqualTo("hidden-2");
    assertThat(settings.refresh()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.expires()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.labels()).isEqualTo(Map.of("cluster", "prod"));
    assertThat(settings.http().timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.toString()).doesNotContain("hidden");
  }

  @Test
  void openItemsAreSentAnewEachRefresh() {
    assertThat(opened().refreshInterval()).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void requestsAreAsDocumented() throws Exception {
    try (Sink sink = open(url(), Map.of("token", "t0ken", "labels.cluster", "prod"))) {
      deliver(sink, Samples.event("item-1", 1, 1, ActionEventType.OPENED));
      deliver(sink, Samples.event("item-1", 1, 2, ActionEventType.RESOLVED));
    }
    StringBuilder text = new StringBuilder();
    for (LoggedRequest request : requests()) {
      text.append(request.getMethod()).append(' ').append(request.getUrl()).append('\n');
      for (String name : List.of("Authorization", "Content-Type")) {
        text.append(name).append(": ").append(request.getHeader(name)).append('\n');
      }
      text.append('\n').append(alerts(request).toPrettyString()).append("\n\n");
    }
    Golden.check("alertmanager.http", text.toString());
  }

  @Test
  void aChangedSeverityEndsTheAlertUnderTheFormerOne() throws Exception {
    Delivery first = deliver(event());
    ActionItem later = Samples.item("item-1").setSeverity(Severity.HIGH).setRevision(2).build();
    deliver(later, first);
    JsonNode alerts = alerts(requests().get(1));
    assertThat(alerts).hasSize(2);
    assertThat(alerts.get(0).at("/labels/severity").asText()).isEqualTo("critical");
    assertThat(alerts.get(0).path("endsAt").asText()).isEqualTo(Samples.AT.toString());
    assertThat(alerts.get(1).at("/labels/severity").asText()).isEqualTo("high");
    assertThat(alerts.get(1).path("endsAt").asText())
        .isEqualTo(Samples.AT.plus(Duration.ofHours(2)).toString());
    assertThat(alerts(requests().get(0)).get(0).path("labels"))
        .isEqualTo(alerts.get(0).path("labels"));
  }

  @Test
  void sameLabelsAreOneAlert() throws Exception {
    Delivery first = deliver(event());
    deliver(Samples.item("item-1").setRevision(2).setTitle("Other words").build(), first);
    assertThat(alerts(requests().get(1))).hasSize(1);
    assertThat(alerts(requests().get(1)).get(0).path("labels"))
        .isEqualTo(alerts(requests().get(0)).get(0).path("labels"));
  }

  @Test
  void isRememberedByWhatMayChangeAndWhereItIsSeen() {
    Delivery.Receipt receipt = ((Delivery.Delivered) deliver(event())).receipt();
    assertThat(receipt.key()).contains("severity=critical exploited=true owner=team-web");
    assertThat(receipt.url()).contains(url() + "/#/alerts?filter=%7Bitem%3D%22item-1%22%7D");
  }

  @ParameterizedTest
  @ValueSource(strings = {"team-web", "a owner=b severity=c", "é \" }", ""})
  void theFormerOwnerIsKnownWhateverItIs(String owner) {
    ActionItem before = Samples.item("item-1").setOwner(owner).build();
    AlertLabels labels = AlertLabels.of(before, Map.of("cluster", "prod"));
    ActionItem after = Samples.item("item-1").setOwner("team-next").build();
    assertThat(AlertLabels.of(after, Map.of("cluster", "prod")).former(labels.key()))
        .isEqualTo(labels.all());
  }

  @Test
  void aKeyThatIsNotOursEndsNothing() {
    AlertLabels labels = AlertLabels.of(Samples.item("item-1").build(), Map.of());
    assertThat(labels.former("SEC-17")).isEmpty();
    assertThat(labels.former("null")).isEmpty();
    assertThat(labels.former(labels.key())).isEmpty();
  }

  @Test
  void sendsBasicAuthentication() {
    try (Sink sink = open(url(), Map.of("user", "ann", "password", "pässword"))) {
      deliver(sink, event());
    }
    assertThat(requests().get(0).getHeader("Authorization"))
        .isEqualTo("Basic YW5uOnDDpHNzd29yZA==");
  }

  @Test
  void sendsUnderARoutePrefix() {
    try (Sink sink = open(url() + "/prefix/", Map.of())) {
      deliver(sink, event());
    }
    assertThat(requests().get(0).getUrl()).isEqualTo("/prefix/api/v2/alerts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"severity", "item", "__name", "my-label", "9th"})
  void aLabelThatCannotBeIsRefused(String name) {
    assertThatThrownBy(() -> open(url(), Map.of("labels." + name, "x")))
        .hasMessageStartingWith("sinks.alerts.alertmanager.labels: \"" + name + "\" cannot be");
  }

  @ParameterizedTest
  @CsvSource({
    "refresh, 1s, refresh must be at least 10s",
    "expires, 20m, expires must be at least twice refresh",
    "user, ann, 'user: set a password with it, or a token and no user'",
  })
  void whatCannotWorkIsRefusedByName(String key, String value, String message) {
    assertThatThrownBy(() -> open(url(), Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private void deliver(ActionItem item, Delivery before) throws InterruptedException {
    ActionEvent event = Samples.event(item, ActionEventType.CHANGED);
    TicketLink link =
        TicketLink.newBuilder()
            .setSink("alerts")
            .setItemId(item.getId())
            .setEpisode(1)
            .setKey(((Delivery.Delivered) before).receipt().key().orElseThrow())
            .build();
    opened()
        .deliver(
            item,
            event,
            new SinkContext(1, event.getId(), "m", Optional.of(link), Optional.empty(), false));
  }

  private String url() {
    return "http://127.0.0.1:" + server.port();
  }

  private List<LoggedRequest> requests() {
    return server.findAll(anyRequestedFor(anyUrl()));
  }

  private static JsonNode alerts(LoggedRequest request) throws Exception {
    return new ObjectMapper().readTree(request.getBody());
  }
}
