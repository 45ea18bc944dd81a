package dev.sluice.sinks.runner;

import dev.sluice.sinks.alert.AlertDraft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Events of one group: what waits for its next message. Used under the desk's lock. */
final class Group {
  private final String name;
  private final boolean urgent;
  private AlertDraft draft;
  private List<Note> notes = new ArrayList<>();
  private Instant first;
  private Instant lastSent = Instant.MIN;
  private boolean underWay;

  /**
   * @param name for people, empty for none
   * @param urgent whether it is about a vulnerability that is newly exploited
   */
  Group(String name, boolean urgent) {
    this.name = name;
    this.urgent = urgent;
    this.draft = new AlertDraft(name);
  }

  String name() {
    return name;
  }

  boolean isUrgent() {
    return urgent;
  }

  void add(Work work, Note note, Instant now) {
    if (notes.isEmpty()) {
      first = now;
    }
    draft.add(work.item(), work.event());
    notes.add(note);
  }

  /** Events that wait. */
  int waiting() {
    return notes.size();
  }

  /** Whether there is something to say, and nothing about it on its way. */
  boolean isWaiting() {
    return !notes.isEmpty() && !underWay;
  }

  /** When the first event came that waits. */
  Instant first() {
    return first;
  }

  /** When its last message was handed over; {@link Instant#MIN} if none was. */
  Instant lastSent() {
    return lastSent;
  }

  AlertDraft draft() {
    return draft;
  }

  List<Note> notes() {
    return notes;
  }

  /** What waited is on its way. */
  void handedOver(Instant now) {
    draft = new AlertDraft(name);
    notes = new ArrayList<>();
    lastSent = now;
    underWay = true;
  }

  /** Its message has ended. */
  void done() {
    underWay = false;
  }

  /** Whether nothing of it need be remembered. */
  boolean isIdle(Instant spokenBefore) {
    return notes.isEmpty() && !underWay && lastSent.isBefore(spokenBefore);
  }
}
