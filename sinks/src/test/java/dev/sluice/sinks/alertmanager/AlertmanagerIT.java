package dev.sluice.sinks.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.Severity;
import dev.sluice.events.TicketLink;
import dev.sluice.sinks.Defaults;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.Samples;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkContext;
import dev.sluice.sinks.SinkEnvironment;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a real Alertmanager makes of what it is sent. */
final class AlertmanagerIT {
  private static AlertmanagerServer server;

  private final Map<String, TicketLink> links = new HashMap<>();

  @BeforeAll
  static void start() throws Exception {
    server = AlertmanagerServer.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void firesWhileOpenUnderItsPresentSeverityAlone() throws Exception {
    try (Sink sink = open()) {
      send(sink, item("a", Severity.HIGH), ActionEventType.OPENED);
      send(sink, item("a", Severity.HIGH), ActionEventType.CHANGED);
      assertThat(severities("a")).containsExactly("high");
      send(sink, item("a", Severity.CRITICAL), ActionEventType.CHANGED);
      assertThat(severities("a")).containsExactly("critical");
      send(sink, item("a", Severity.HIGH), ActionEventType.CHANGED);
      assertThat(severities("a")).containsExactly("high");
      send(sink, item("a", Severity.HIGH), ActionEventType.RESOLVED);
      assertThat(severities("a")).isEmpty();
      send(sink, item("a", Severity.HIGH), ActionEventType.REOPENED);
      assertThat(severities("a")).containsExactly("high");
    }
  }

  @Test
  void takesHostileText() throws Exception {
    String hostile = "\u001b[31m\r\n\u0000\u202e\"}{{ .Labels }}<script>\ud800" + "é".repeat(9_000);
    ActionItem item =
        ActionItem.newBuilder(item("hostile", Severity.LOW))
            .setTitle(hostile)
            .setAsset(hostile)
            .setOwner(hostile)
            .setReferences(List.of("javascript:alert(1)", "https://example.org/a?b=%00&c"))
            .build();
    try (Sink sink = open()) {
      send(sink, item, ActionEventType.OPENED);
    }
    assertThat(severities("hostile")).containsExactly("low");
  }

  private static ActionItem item(String id, Severity severity) {
    return Samples.item(id).setSeverity(severity).build();
  }

  /** As the runner does, it remembers the key of what was delivered. */
  private void send(Sink sink, ActionItem state, ActionEventType type) throws Exception {
    ActionItem item =
        type == ActionEventType.RESOLVED
            ? ActionItem.newBuilder(state).setStatus(dev.sluice.events.ItemStatus.RESOLVED).build()
            : state;
    ActionEvent event = Samples.event(item, type);
    Optional<TicketLink> link = Optional.ofNullable(links.get(item.getId()));
    Delivery delivery =
        sink.deliver(
            item, event, new SinkContext(1, event.getId(), "m", link, Optional.empty(), false));
    assertThat(delivery).isInstanceOf(Delivery.Delivered.class);
    links.put(
        item.getId(),
        TicketLink.newBuilder()
            .setSink("alerts")
            .setItemId(item.getId())
            .setEpisode(1)
            .setKey(((Delivery.Delivered) delivery).receipt().key().orElseThrow())
            .build());
  }

  private static List<String> severities(String item) throws Exception {
    List<String> found = new ArrayList<>();
    for (JsonNode alert : server.firing()) {
      if (alert.at("/labels/item").asText().equals(item)) {
        found.add(alert.at("/labels/severity").asText());
      }
    }
    return found;
  }

  private static Sink open() {
    return AlertmanagerSink.TYPE
        .factory()
        .open(
            Defaults.sink(
                "alertmanager",
                Map.of(
                    "alertmanager.url", server.url(), "alertmanager.http.allow-loopback", "true")),
            new SinkEnvironment("alerts", Clock.systemUTC(), System.out, false));
  }
}
