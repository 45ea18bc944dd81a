package dev.sluice.sinks.redmine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.ActionEventType;
import dev.sluice.sinks.Defaults;
import dev.sluice.sinks.Samples;
import dev.sluice.sinks.SinkType;
import dev.sluice.sinks.ticket.FakeTracker;
import dev.sluice.sinks.ticket.TicketSinkContract;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RedmineSinkTest extends TicketSinkContract {
  @Override
  protected SinkType type() {
    return RedmineSink.TYPE;
  }

  @Override
  protected FakeTracker fake(Instant now) {
    return new FakeRedmine(now);
  }

  @Override
  protected Map<String, String> settings(String server) {
    return Map.of("redmine.url", server, "redmine.project", "web", "redmine.token", TOKEN);
  }

  @Test
  void defaultsAreAsDocumented() {
    RedmineSettings settings = Defaults.sink("redmine", Map.of()).redmine();
    assertThat(settings.formatting()).isEqualTo(RedmineSettings.Formatting.TEXTILE);
    assertThat(settings.trackerId()).isZero();
    assertThat(settings.openStatus()).isEqualTo(1);
    assertThat(settings.closedStatus()).isEqualTo(5);
    assertThat(settings.priorities()).isEmpty();
    assertThat(settings.assignees()).isEmpty();
    assertThat(settings.settle()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void everyKeyIsTaken() {
    RedmineSettings settings =
        Defaults.sink(
                "redmine",
                Map.of(
                    "redmine.project", "ops",
                    "redmine.token", "t",
                    "redmine.formatting", "MARKDOWN",
                    "redmine.tracker-id", "2",
                    "redmine.open-status", "3",
                    "redmine.closed-status", "4",
                    "redmine.priorities.high", "5",
                    "redmine.assignees.team-web", "6",
                    "redmine.settle", "7s"))
            .redmine();
    assertThat(settings.project()).isEqualTo("ops");
    assertThat(settings.token().reveal()).isEqualTo("t");
    assertThat(settings.formatting()).isEqualTo(RedmineSettings.Formatting.MARKDOWN);
    assertThat(settings.trackerId()).isEqualTo(2);
    assertThat(settings.openStatus()).isEqualTo(3);
    assertThat(settings.closedStatus()).isEqualTo(4);
    assertThat(settings.priorities()).isEqualTo(Map.of("high", "5"));
    assertThat(settings.assignees()).isEqualTo(Map.of("team-web", "6"));
    assertThat(settings.settle()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void priorityAndAssigneeAreSet() {
    reopen(Map.of("redmine.priorities.critical", "4", "redmine.assignees.team-web", "7"));
    send(event(1, 1, ActionEventType.OPENED));
    assertThat(only().fields)
        .containsEntry("priority_id", "4")
        .containsEntry("assigned_to_id", "7");
  }

  @Test
  void anAssigneeWhoLeftDoesNotCostTheTicket() {
    reopen(Map.of("redmine.assignees.team-web", "99"));
    assertThat(send(event(1, 1, ActionEventType.OPENED)).outcome()).isEqualTo("delivered");
    assertThat(only().fields).doesNotContainKey("assigned_to_id");
  }

  @Test
  void whatIsOverdueWhenItOpensIsTaken() {
    wait(Duration.ofDays(60));
    send(Samples.event(Samples.item("item-1").setOpenedAt(now).build(), ActionEventType.OPENED));
    assertThat(only().fields)
        .containsEntry("start_date", "2026-03-15")
        .containsEntry("due_date", "2026-03-15");
  }

  @Test
  void aStatusThatTheWorkflowForbidsIsNoticed() {
    reopen(Map.of("redmine.closed-status", "6"));
    send(event(1, 1, ActionEventType.OPENED));
    assertThat(send(event(1, 2, ActionEventType.RESOLVED)).toString())
        .contains("did not take the new status of issue 1");
  }

  @Test
  void findsATicketOnALaterPage() {
    tracker.hangAfterCreate(1);
    send(event(1, 1, ActionEventType.OPENED));
    for (int i = 0; i < 70; i++) {
      deliver(tickets, Samples.event("other-" + i, 1, 1, ActionEventType.OPENED));
    }
    assertThat(send(event(1, 1, ActionEventType.OPENED)).outcome()).isEqualTo("delivered");
    assertThat(tracker.entries()).hasSize(71);
  }

  @Test
  void whatCannotWorkIsRefusedByName() {
    assertThatThrownBy(() -> open(tracker.url(), Map.of("redmine.project", "../x")))
        .hasMessageStartingWith("sinks.tracker.redmine.project: must be the project's identifier");
    assertThatThrownBy(() -> open(tracker.url(), Map.of("redmine.token", "")))
        .hasMessageStartingWith("sinks.tracker.redmine.token: missing");
  }

  private void reopen(Map<String, String> settings) {
    tickets.close();
    tickets = open(tracker.url(), settings);
  }
}
