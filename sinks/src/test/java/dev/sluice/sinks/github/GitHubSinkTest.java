package dev.sluice.sinks.github;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.ActionEventType;
import dev.sluice.sinks.Defaults;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.Samples;
import dev.sluice.sinks.SinkType;
import dev.sluice.sinks.ticket.FakeTracker;
import dev.sluice.sinks.ticket.TicketSinkContract;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class GitHubSinkTest extends TicketSinkContract {
  @Override
  protected SinkType type() {
    return GitHubSink.TYPE;
  }

  @Override
  protected FakeTracker fake(Instant now) {
    return new FakeGitHub(now);
  }

  @Override
  protected Map<String, String> settings(String server) {
    return Map.of("github.url", server, "github.repository", "acme/web", "github.token", TOKEN);
  }

  @Test
  void defaultsAreAsDocumented() {
    GitHubSettings settings = Defaults.sink("github", Map.of()).github();
    assertThat(settings.url()).isEqualTo(URI.create("https://api.github.com"));
    assertThat(settings.label()).isEqualTo("sluice");
    assertThat(settings.severityPrefix()).isEqualTo("severity:");
    assertThat(settings.settle()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.assignees()).isEmpty();
  }

  @Test
  void everyKeyIsTaken() {
    GitHubSettings settings =
        Defaults.sink(
                "github",
                Map.of(
                    "github.url", "https://ghe.example.org/api/v3",
                    "github.repository", "a/b",
                    "github.token", "t",
                    "github.label", "vulnerability",
                    "github.severity-prefix", "prio/",
                    "github.assignees.team-web", "octocat",
                    "github.settle", "3s",
                    "github.http.timeout", "2s"))
            .github();
    assertThat(settings.url()).isEqualTo(URI.create("https://ghe.example.org/api/v3"));
    assertThat(settings.repository()).isEqualTo("a/b");
    assertThat(settings.token().reveal()).isEqualTo("t");
    assertThat(settings.label()).isEqualTo("vulnerability");
    assertThat(settings.severityPrefix()).isEqualTo("prio/");
    assertThat(settings.assignees()).isEqualTo(Map.of("team-web", "octocat"));
    assertThat(settings.settle()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.http().timeout()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void labelsOfPeopleAreKeptAndTheSeveritysReplaced() {
    send(event(1, 1, ActionEventType.OPENED));
    assertThat(only().labels).containsExactly("sluice", "severity:critical");
    only().labels.add("backend");
    send(
        Samples.event(
            Samples.item("item-1")
                .setRevision(2)
                .setSeverity(dev.sluice.events.Severity.HIGH)
                .build(),
            ActionEventType.CHANGED));
    assertThat(only().labels).containsExactlyInAnyOrder("sluice", "backend", "severity:high");
  }

  @Test
  void theOwnerIsAssigned() {
    tickets.close();
    tickets = open(tracker.url(), Map.of("github.assignees.team-web", "octocat"));
    send(event(1, 1, ActionEventType.OPENED));
    assertThat(only().fields).containsEntry("assignees", "[\"octocat\"]");
  }

  @Test
  void anAssigneeWhoLeftDoesNotCostTheTicket() {
    tickets.close();
    tickets = open(tracker.url(), Map.of("github.assignees.team-web", "gone"));
    assertThat(send(event(1, 1, ActionEventType.OPENED)).outcome()).isEqualTo("delivered");
    assertThat(only().fields).isEmpty();
  }

  @Test
  void withdrawnIsNotPlanned() {
    send(event(1, 1, ActionEventType.OPENED));
    send(event(1, 2, ActionEventType.WITHDRAWN));
    assertThat(only().state).isEqualTo("not_planned");
  }

  @Test
  void findsATicketOnALaterPage() {
    tracker.hangAfterCreate(1);
    send(event(1, 1, ActionEventType.OPENED));
    for (int i = 0; i < 70; i++) {
      deliver(tickets, Samples.event("other-" + i, 1, 1, ActionEventType.OPENED));
    }
    assertThat(send(event(1, 1, ActionEventType.OPENED)))
        .isEqualTo(Delivery.delivered("1", "https://github.com/acme/web/issues/1"));
    assertThat(tracker.entries()).hasSize(71);
  }

  @Test
  void aRateLimitIsWaitedFor() {
    answer(aResponse().withStatus(403).withHeader("Retry-After", "30"));
    assertThat(deliver(event())).isInstanceOfSatisfying(Delivery.Retry.class, this::thirty);
    answer(
        aResponse()
            .withStatus(403)
            .withHeader("x-ratelimit-remaining", "0")
            .withHeader("x-ratelimit-reset", Long.toString(Samples.AT.getEpochSecond() + 30)));
    assertThat(deliver(event())).isInstanceOfSatisfying(Delivery.Retry.class, this::thirty);
    answer(aResponse().withStatus(403).withBody("You have exceeded a secondary rate limit"));
    assertThat(deliver(event()))
        .isInstanceOfSatisfying(
            Delivery.Retry.class,
            retry -> assertThat(retry.after()).contains(Duration.ofMinutes(1)));
  }

  private void thirty(Delivery.Retry retry) {
    assertThat(retry.after()).isEqualTo(Optional.of(Duration.ofSeconds(30)));
  }

  @Test
  void whatCannotWorkIsRefusedByName() {
    for (String repository : List.of("web", "acme/web/issues", "acme/we b", "../x")) {
      assertThatThrownBy(() -> open(tracker.url(), Map.of("github.repository", repository)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("sinks.tracker.github.repository: must be OWNER/NAME");
    }
    assertThatThrownBy(() -> open(tracker.url(), Map.of("github.token", "")))
        .hasMessageStartingWith("sinks.tracker.github.token: missing");
    assertThatThrownBy(() -> Defaults.sink("github", Map.of("github.label", "a,b")))
        .hasMessageStartingWith("label must be");
  }
}
