package dev.sluice.sinks.gitlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.ActionEventType;
import dev.sluice.events.Severity;
import dev.sluice.sinks.Defaults;
import dev.sluice.sinks.Samples;
import dev.sluice.sinks.SinkType;
import dev.sluice.sinks.ticket.FakeTracker;
import dev.sluice.sinks.ticket.TicketSinkContract;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GitLabSinkTest extends TicketSinkContract {
  @Override
  protected SinkType type() {
    return GitLabSink.TYPE;
  }

  @Override
  protected FakeTracker fake(Instant now) {
    return new FakeGitLab(now);
  }

  @Override
  protected Map<String, String> settings(String server) {
    return Map.of("gitlab.url", server, "gitlab.project", "acme/web", "gitlab.token", TOKEN);
  }

  @Test
  void defaultsAreAsDocumented() {
    GitLabSettings settings = Defaults.sink("gitlab", Map.of()).gitlab();
    assertThat(settings.url()).isEqualTo(URI.create("https://gitlab.com"));
    assertThat(settings.confidential()).isTrue();
    assertThat(settings.label()).isEqualTo("sluice");
    assertThat(settings.severityPrefix()).isEqualTo("severity::");
    assertThat(settings.assignees()).isEmpty();
    assertThat(settings.settle()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void everyKeyIsTaken() {
    GitLabSettings settings =
        Defaults.sink(
                "gitlab",
                Map.of(
                    "gitlab.url", "https://git.example.org",
                    "gitlab.project", "17",
                    "gitlab.token", "t",
                    "gitlab.confidential", "false",
                    "gitlab.label", "l",
                    "gitlab.severity-prefix", "p",
                    "gitlab.assignees.team-web", "7",
                    "gitlab.settle", "3s"))
            .gitlab();
    assertThat(settings.url()).isEqualTo(URI.create("https://git.example.org"));
    assertThat(settings.project()).isEqualTo("17");
    assertThat(settings.token().reveal()).isEqualTo("t");
    assertThat(settings.confidential()).isFalse();
    assertThat(settings.label()).isEqualTo("l");
    assertThat(settings.severityPrefix()).isEqualTo("p");
    assertThat(settings.assignees()).isEqualTo(Map.of("team-web", "7"));
    assertThat(settings.settle()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void aCommandFromAScannerIsNotObeyed() {
    send(
        Samples.event(
            Samples.item("item-1").setSummary("/close\n/close").build(), ActionEventType.OPENED));
    assertThat(only().open).isTrue();
    send(event(1, 2, ActionEventType.CHANGED));
    assertThat(only().open).isTrue();
  }

  @Test
  void labelsOfPeopleAreKeptAndTheSeveritysReplaced() {
    send(event(1, 1, ActionEventType.OPENED));
    only().labels.add("backend");
    send(
        Samples.event(
            Samples.item("item-1").setRevision(2).setSeverity(Severity.HIGH).build(),
            ActionEventType.CHANGED));
    assertThat(only().labels).containsExactlyInAnyOrder("sluice", "backend", "severity::high");
  }

  @Test
  void anAssigneeWhoLeftDoesNotCostTheTicket() {
    reopen(Map.of("gitlab.assignees.team-web", "99"));
    assertThat(send(event(1, 1, ActionEventType.OPENED)).outcome()).isEqualTo("delivered");
    assertThat(only().fields).doesNotContainKey("assignee_ids");
  }

  @Test
  void anEmbargoedItemIsConfidentialWhateverTheSettings() {
    reopen(Map.of("gitlab.confidential", "false"));
    send(Samples.event(Samples.item("item-1").setEmbargoed(true).build(), ActionEventType.OPENED));
    assertThat(only().fields).containsEntry("confidential", "true");
  }

  @Test
  void whatCannotWorkIsRefusedByName() {
    assertThatThrownBy(() -> open(tracker.url(), Map.of("gitlab.project", "acme/web?x")))
        .hasMessageStartingWith("sinks.tracker.gitlab.project: must be GROUP/NAME");
    assertThatThrownBy(() -> open(tracker.url(), Map.of("gitlab.token", "")))
        .hasMessageStartingWith("sinks.tracker.gitlab.token: missing");
  }

  private void reopen(Map<String, String> settings) {
    tickets.close();
    tickets = open(tracker.url(), settings);
  }
}
