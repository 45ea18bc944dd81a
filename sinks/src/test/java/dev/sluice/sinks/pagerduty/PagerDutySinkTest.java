package dev.sluice.sinks.pagerduty;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.ItemFinding;
import dev.sluice.events.Severity;
import dev.sluice.events.TicketLink;
import dev.sluice.events.TicketState;
import dev.sluice.sinks.Defaults;
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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PagerDutySinkTest extends HttpSinkContract {
  private static final String ROUTING_KEY = "0123456789abcdef0123456789abcdef";

  @Override
  protected SinkType type() {
    return PagerDutySink.TYPE;
  }

  @Override
  protected Sink open(String server) {
    return open(server, ROUTING_KEY);
  }

  private static Sink open(String server, String routingKey) {
    return PagerDutySink.TYPE
        .factory()
        .open(
            Defaults.sink(
                "pagerduty",
                Map.of(
                    "pagerduty.url",
                    server,
                    "pagerduty.routing-key",
                    routingKey,
                    "pagerduty.http.timeout",
                    "1s",
                    "pagerduty.http.allow-loopback",
                    "true")),
            new SinkEnvironment(
                "pager", Clock.fixed(Samples.AT, ZoneOffset.UTC), System.out, false));
  }

  @Test
  void defaultsAreAsDocumented() {
    PagerDutySettings settings = Defaults.sink("pagerduty", Map.of()).pagerduty();
    assertThat(settings.url()).isEqualTo(URI.create("https://events.pagerduty.com"));
    assertThat(settings.routingKey()).isNull();
    assertThat(settings.http().timeout()).isEqualTo(Duration.ofSeconds(8));
  }

  @Test
  void everyKeyIsTaken() {
    PagerDutySettings settings =
        Defaults.sink(
                "pagerduty",
                Map.of(
                    "pagerduty.url", "https://events.eu.pagerduty.com",
                    "pagerduty.routing-key", ROUTING_KEY,
                    "pagerduty.http.timeout", "2s"))
            .pagerduty();
    assertThat(settings.url()).isEqualTo(URI.create("https://events.eu.pagerduty.com"));
    assertThat(settings.routingKey().reveal()).isEqualTo(ROUTING_KEY);
    assertThat(settings.http().timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.toString()).doesNotContain(ROUTING_KEY);
  }

  @Test
  void requestsAreAsDocumented() throws Exception {
    try (FakePagerDuty duty = new FakePagerDuty(ROUTING_KEY);
        Sink sink = open(duty.url())) {
      for (ActionEventType type : List.of(ActionEventType.OPENED, ActionEventType.RESOLVED)) {
        assertThat(deliver(sink, Samples.event("item-1", 1, 1, type)).outcome())
            .isEqualTo("delivered");
      }
      String requests =
          duty.events().stream()
              .map(event -> "POST /v2/enqueue\n" + event.toPrettyString() + "\n")
              .collect(Collectors.joining("\n"));
      Golden.check("pagerduty.http", requests);
    }
  }

  @Test
  void anItemIsOneIncidentHoweverOftenItIsSaid() throws Exception {
    try (FakePagerDuty duty = new FakePagerDuty(ROUTING_KEY);
        Sink sink = open(duty.url())) {
      deliver(sink, Samples.event("item-1", 1, 1, ActionEventType.OPENED));
      deliver(sink, Samples.event("item-1", 1, 1, ActionEventType.OPENED));
      deliver(sink, Samples.event("item-1", 1, 2, ActionEventType.CHANGED));
      assertThat(duty.open()).containsOnly(Map.entry("item-1/1", 3));
      deliver(sink, Samples.event("item-1", 1, 3, ActionEventType.WITHDRAWN));
      assertThat(duty.open()).isEmpty();
      deliver(sink, Samples.event("item-1", 2, 4, ActionEventType.REOPENED));
      assertThat(duty.opened()).containsExactly("item-1/1", "item-1/2");
      assertThat(duty.open()).containsOnlyKeys("item-1/2");
    }
  }

  @Test
  void anIncidentWhoseEndWasPassedOverIsResolvedBeforeTheNext() throws Exception {
    try (FakePagerDuty duty = new FakePagerDuty(ROUTING_KEY);
        Sink sink = open(duty.url())) {
      deliver(sink, Samples.event("item-1", 1, 1, ActionEventType.OPENED));
      ActionEvent again = Samples.event("item-1", 2, 4, ActionEventType.REOPENED);
      TicketLink left =
          TicketLink.newBuilder()
              .setSink("pager")
              .setItemId("item-1")
              .setEpisode(1)
              .setState(TicketState.LINKED)
              .build();
      SinkContext context =
          new SinkContext(1, again.getId(), "m", Optional.empty(), Optional.of(left), false);
      assertThat(sink.deliver(again.getItem(), again, context).outcome()).isEqualTo("delivered");
      assertThat(duty.open()).containsOnlyKeys("item-1/2");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CRITICAL, critical",
    "HIGH, error",
    "MEDIUM, warning",
    "UNKNOWN, warning",
    "LOW, info",
    "NEGLIGIBLE, info",
    "NONE, info"
  })
  void severityIsOneOfTheirs(Severity ours, String theirs) {
    assertThat(PagerDutyEvent.severity(ours)).isEqualTo(theirs);
  }

  @Test
  void whatIsTooLongIsCut() throws Exception {
    String lots = "é".repeat(100_000);
    ItemFinding finding = Samples.item("x").getFindings().get(0);
    ActionItem item =
        Samples.item("i".repeat(1_000))
            .setTitle(lots)
            .setSummary(lots)
            .setReason(lots)
            .setAsset(lots)
            .setPackageName(lots)
            .setFindings(
                Collections.nCopies(50, ItemFinding.newBuilder(finding).setTitle(lots).build()))
            .build();
    try (FakePagerDuty duty = new FakePagerDuty(ROUTING_KEY);
        Sink sink = open(duty.url())) {
      assertThat(deliver(sink, Samples.event(item, ActionEventType.OPENED)).outcome())
          .isEqualTo("delivered");
      JsonNode event = duty.events().get(0);
      assertThat(event.path("dedup_key").asText()).matches("[0-9a-f]{64}/1");
      assertThat(new ObjectMapper().writeValueAsBytes(event).length).isLessThan(40_000);
    }
  }

  @Test
  void aRefusalNamesTheFieldAndNothingElse() {
    answer(aResponse().withStatus(400).withBody("{\"errors\":[\"'routing_key' s3cr3t is bad\"]}"));
    assertThat(deliver(event()).toString())
        .contains("it refuses routing_key")
        .doesNotContain("s3cr3t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "0123456789abcdef0123456789abcde!"})
  void aKeyThatCannotBeOneIsRefusedWithoutQuotingIt(String key) {
    assertThatThrownBy(() -> open("http://127.0.0.1:1", key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("sinks.pager.pagerduty.routing-key: not the 32 letters")
        .hasMessageNotContaining(key.isEmpty() ? "\"\"" : key);
  }
}
