package dev.sluice.sinks.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.Severity;
import dev.sluice.sinks.Samples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AlertDraftTest {

  @Test
  void sameEventsGiveTheSameAlertWhateverTheOrderOfItems() {
    List<ActionEvent> events = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      events.add(event("item-%04d".formatted(i), i, Severity.values()[i % 7], opened(i)));
    }
    Alert first = alert(events);
    Collections.shuffle(events, new Random(7));
    assertThat(alert(events)).isEqualTo(first);
    assertThat(first.total()).isEqualTo(5_000);
    assertThat(first.entries()).hasSize(20);
    assertThat(first.assets()).isEqualTo(AlertDraft.MAX_ASSETS);
    assertThat(first.byAsset()).hasSize(AlertDraft.MAX_SHOWN_ASSETS);
    assertThat(first.byEvent())
        .isEqualTo(Map.of(ActionEventType.OPENED, 2_500, ActionEventType.RESOLVED, 2_500));
    assertThat(first.bySeverity().keySet()).first().isEqualTo(Severity.CRITICAL);
  }

  @Test
  void anotherEventGivesAnotherKey() {
    List<ActionEvent> events =
        List.of(Samples.event("a", 1, 1, ActionEventType.OPENED), event("b", 1, Severity.LOW));
    Alert all = alert(events);
    assertThat(alert(events.subList(0, 1)).key()).isNotEqualTo(all.key());
    assertThat(new AlertDraft("x").add(events.get(0).getItem(), events.get(0)).total())
        .isEqualTo(1);
    assertThat(draft(events).build(AlertKind.STORM).key()).isNotEqualTo(all.key());
    assertThat(draft(events).build(AlertKind.STORM, "mine").key()).isEqualTo("mine");
  }

  @Test
  void exploitedStandsBeforeSevereAndSevereBeforeResolved() {
    Alert alert =
        alert(
            List.of(
                event("done", 1, Severity.CRITICAL, ActionEventType.RESOLVED),
                event("low", 1, Severity.LOW, ActionEventType.OPENED),
                event("unrated", 1, Severity.UNKNOWN, ActionEventType.OPENED),
                event("hot", 1, Severity.MEDIUM, ActionEventType.EXPLOITED),
                event("high", 1, Severity.HIGH, ActionEventType.OPENED)));
    assertThat(alert.entries())
        .extracting(entry -> entry.item().getId())
        .containsExactly("hot", "high", "unrated", "low", "done");
  }

  @Test
  void anItemIsShownOnceInItsNewestStateUnderTheEventThatSaysMost() {
    ActionEvent opened = Samples.event("a", 1, 1, ActionEventType.OPENED);
    ActionEvent changed = Samples.event("a", 1, 2, ActionEventType.CHANGED);
    AlertEntry entry = alert(List.of(opened, changed)).worst();
    assertThat(entry.item()).isEqualTo(changed.getItem());
    assertThat(entry.event()).isEqualTo(opened);
    ActionEvent ended = Samples.event("a", 1, 3, ActionEventType.RESOLVED);
    assertThat(alert(List.of(opened, changed, ended)).worst().event()).isEqualTo(ended);
    assertThat(alert(List.of(opened, changed)).entries()).hasSize(1);
  }

  @Test
  void whatWasResolvedMeanwhileLeavesItsPlace() {
    List<ActionEvent> events = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      events.add(event("bad-" + i, 1, Severity.CRITICAL, ActionEventType.OPENED));
      events.add(event("so-so-" + i, 1, Severity.MEDIUM, ActionEventType.OPENED));
    }
    for (int i = 0; i < 30; i++) {
      events.add(event("bad-" + i, 2, Severity.CRITICAL, ActionEventType.RESOLVED));
    }
    assertThat(alert(events).entries())
        .hasSize(20)
        .allSatisfy(entry -> assertThat(entry.item().getId()).startsWith("so-so-"));
  }

  @Test
  void aTicketThatWasKnownOnceStaysKnown() {
    ActionEvent opened = Samples.event("a", 1, 1, ActionEventType.OPENED);
    ActionEvent changed = Samples.event("a", 1, 2, ActionEventType.CHANGED);
    Alert alert =
        new AlertDraft("")
            .add(opened.getItem(), opened, Optional.of("https://tracker.example.org/7"))
            .add(changed.getItem(), changed)
            .build(AlertKind.DIGEST);
    assertThat(alert.worst().ticket()).contains("https://tracker.example.org/7");
  }

  @Test
  void nothingIsNoAlert() {
    assertThatThrownBy(() -> new AlertDraft("").build(AlertKind.DIGEST))
        .hasMessage("an alert is about one event at least");
    assertThatThrownBy(() -> new AlertDraft("", 0)).hasMessageContaining("1 item at least");
  }

  @Test
  void anEventWithoutItsTimeHasNone() {
    ActionEvent opened = Samples.event("a", 1, 1, ActionEventType.OPENED);
    ActionEvent timeless = ActionEvent.newBuilder(opened).setAt(null).build();
    assertThat(alert(List.of(timeless)).from()).isEmpty();
    assertThat(alert(List.of(timeless, opened)).to()).contains(Samples.AT);
  }

  private static ActionEventType opened(int i) {
    return i % 2 == 0 ? ActionEventType.OPENED : ActionEventType.RESOLVED;
  }

  private static ActionEvent event(String id, int revision, Severity severity) {
    return event(id, revision, severity, ActionEventType.OPENED);
  }

  private static ActionEvent event(
      String id, int revision, Severity severity, ActionEventType type) {
    return Samples.event(
        Samples.item(id)
            .setAsset("registry.example.org/" + id)
            .setRevision(revision)
            .setSeverity(severity)
            .setKnownExploited(false)
            .build(),
        type);
  }

  private static AlertDraft draft(List<ActionEvent> events) {
    AlertDraft draft = new AlertDraft("team-web");
    events.forEach(event -> draft.add(event.getItem(), event));
    return draft;
  }

  private static Alert alert(List<ActionEvent> events) {
    return draft(events).build(AlertKind.DIGEST);
  }
}
