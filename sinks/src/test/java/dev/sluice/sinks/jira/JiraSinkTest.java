package dev.sluice.sinks.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.ActionEventType;
import dev.sluice.sinks.Defaults;
import dev.sluice.sinks.SinkType;
import dev.sluice.sinks.ticket.FakeTracker;
import dev.sluice.sinks.ticket.TicketSinkContract;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Jira Cloud; what is the same for both editions is tested here. */
final class JiraSinkTest extends TicketSinkContract {
  @Override
  protected String front() {
    return "SEC-";
  }

  @Override
  protected SinkType type() {
    return JiraSink.TYPE;
  }

  @Override
  protected FakeTracker fake(Instant now) {
    return new FakeJira(now, true);
  }

  @Override
  protected Map<String, String> settings(String server) {
    return Map.of(
        "jira.url", server,
        "jira.project", "SEC",
        "jira.user", "sluice@example.org",
        "jira.token", TOKEN,
        "jira.settle", "20s");
  }

  @Test
  void defaultsAreAsDocumented() {
    JiraSettings settings = Defaults.sink("jira", Map.of()).jira();
    assertThat(settings.edition()).isEqualTo(JiraSettings.Edition.CLOUD);
    assertThat(settings.issueType()).isEqualTo("Task");
    assertThat(settings.label()).isEqualTo("sluice");
    assertThat(settings.severityPrefix()).isEqualTo("severity:");
    assertThat(settings.priorities()).isEmpty();
    assertThat(settings.assignees()).isEmpty();
    assertThat(settings.closeTransition()).isEmpty();
    assertThat(settings.reopenTransition()).isEmpty();
    assertThat(settings.settle()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void everyKeyIsTaken() {
    JiraSettings settings =
        Defaults.sink(
                "jira",
                Map.ofEntries(
                    Map.entry("jira.edition", "DATA_CENTER"),
                    Map.entry("jira.project", "OPS"),
                    Map.entry("jira.issue-type", "Bug"),
                    Map.entry("jira.user", "u"),
                    Map.entry("jira.token", "t"),
                    Map.entry("jira.label", "l"),
                    Map.entry("jira.severity-prefix", "p"),
                    Map.entry("jira.priorities.high", "P1"),
                    Map.entry("jira.assignees.team-web", "ann"),
                    Map.entry("jira.close-transition", "Resolve"),
                    Map.entry("jira.reopen-transition", "Back"),
                    Map.entry("jira.settle", "3s")))
            .jira();
    assertThat(settings.edition()).isEqualTo(JiraSettings.Edition.DATA_CENTER);
    assertThat(settings.project()).isEqualTo("OPS");
    assertThat(settings.issueType()).isEqualTo("Bug");
    assertThat(settings.user()).isEqualTo("u");
    assertThat(settings.token().reveal()).isEqualTo("t");
    assertThat(settings.label()).isEqualTo("l");
    assertThat(settings.severityPrefix()).isEqualTo("p");
    assertThat(settings.priorities()).isEqualTo(Map.of("high", "P1"));
    assertThat(settings.assignees()).isEqualTo(Map.of("team-web", "ann"));
    assertThat(settings.closeTransition()).isEqualTo("Resolve");
    assertThat(settings.reopenTransition()).isEqualTo("Back");
    assertThat(settings.settle()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void priorityAndAssigneeAreSet() {
    reopen(Map.of("jira.priorities.critical", "Highest", "jira.assignees.team-web", "ann"));
    send(event(1, 1, ActionEventType.OPENED));
    assertThat(only().fields)
        .containsEntry("priority", "{\"name\":\"Highest\"}")
        .containsEntry("assignee", "{\"accountId\":\"ann\"}");
  }

  @Test
  void onlyWhatIsRefusedIsLeftOut() {
    reopen(Map.of("jira.priorities.critical", "Highest", "jira.assignees.team-web", "gone"));
    assertThat(send(event(1, 1, ActionEventType.OPENED)).outcome()).isEqualTo("delivered");
    assertThat(only().fields).containsOnlyKeys("priority");
  }

  @Test
  void labelsOfPeopleAreKept() {
    send(event(1, 1, ActionEventType.OPENED));
    only().labels.add("backend");
    send(event(1, 2, ActionEventType.CHANGED));
    assertThat(only().labels).hasSize(4).contains("backend", "sluice", "severity:critical");
  }

  @Test
  void aTransitionThatIsNotThereIsNamed() {
    reopen(Map.of("jira.close-transition", "Wontfix"));
    send(event(1, 1, ActionEventType.OPENED));
    assertThat(send(event(1, 2, ActionEventType.RESOLVED)).toString())
        .contains("no transition of SEC-1 that fits; name one in close-transition");
  }

  @Test
  void whatCannotWorkIsRefusedByName() {
    assertThatThrownBy(() -> open(tracker.url(), Map.of("jira.project", "SEC\" OR 1=1")))
        .hasMessageStartingWith("sinks.tracker.jira.project: must be a project's key");
    assertThatThrownBy(() -> open(tracker.url(), Map.of("jira.user", "")))
        .hasMessageStartingWith("sinks.tracker.jira.user: missing");
    assertThatThrownBy(() -> Defaults.sink("jira", Map.of("jira.label", "a b")))
        .hasMessageStartingWith("label and severity-prefix");
  }

  private void reopen(Map<String, String> settings) {
    tickets.close();
    tickets = open(tracker.url(), settings);
  }
}
