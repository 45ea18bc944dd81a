package dev.sluice.sinks.runner;

import dev.sluice.events.ActionEventType;
import dev.sluice.events.ItemFinding;
import dev.sluice.sinks.alert.AlertDraft;
import dev.sluice.sinks.alert.AlertKind;
import dev.sluice.sinks.grouping.GroupingSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects events until it is time for a message. What waits is held as counts, coordinates and the
 * worst few items. It knows no clock: every call is told the time. Used under the desk's lock.
 */
final class Groups {
  /** How long the first message about an exploited vulnerability waits for other assets. */
  static final Duration URGENT_WINDOW = Duration.ofSeconds(5);

  private static final int STORM_SHOWS = 5;
  private static final int MAX_VULNERABILITIES = 10;
  private static final Comparator<Group> OLDEST_FIRST =
      Comparator.comparing(Group::first).thenComparing(Group::name);

  private final String topic;
  private final GroupingSettings rules;
  private final Map<String, Group> groups = new LinkedHashMap<>();
  private Instant calmUntil = Instant.MIN;
  private int held;
  private int life;

  Groups(String topic, GroupingSettings rules) {
    this.topic = topic;
    this.rules = rules;
  }

  /** Takes an event in. */
  void add(Work work, Instant now) {
    List<Group> into = groupsOf(work);
    Note note = new Note(work, into.size());
    for (Group group : into) {
      group.add(work, note, now);
      held++;
    }
  }

  /** Events of which no message has ended yet, those in several messages counted in each. */
  int held() {
    return held;
  }

  /** Whether more is held than memory is for. */
  boolean isFull() {
    return held >= rules.maxHeld();
  }

  /** Messages for which it is time; each is handed out once. */
  List<Message> due(Instant now) {
    List<Message> messages = new ArrayList<>(urgent(now));
    List<Group> ready = ready(now, false);
    List<Group> all = waiting(false);
    int events = all.stream().mapToInt(Group::waiting).sum();
    if (events >= rules.maxHeld() || (!ready.isEmpty() && isStorm(all, events))) {
      calmUntil = now.plus(rules.interval());
      messages.add(together(all, AlertKind.STORM, now));
    } else {
      List<Group> late = ready.stream().filter(this::wasHeldBack).toList();
      if (late.size() > 1) {
        ready.removeAll(late);
        messages.add(together(late, AlertKind.DIGEST, now));
      }
      ready.forEach(group -> messages.add(alone(group, now)));
    }
    groups.values().removeIf(group -> group.isIdle(now.minus(rules.interval())));
    return messages;
  }

  /** When {@link #due} is worth asking again. */
  Optional<Instant> next() {
    return groups.values().stream()
        .filter(Group::isWaiting)
        .map(this::readyAt)
        .min(Comparator.naturalOrder());
  }

  /** Forgets all that waits; it will be read again. */
  void clear() {
    groups.clear();
    held = 0;
    life++;
  }

  private List<Group> groupsOf(Work work) {
    if (work.event().getType() == ActionEventType.EXPLOITED) {
      List<Group> each = new ArrayList<>();
      for (String id : exploited(work)) {
        each.add(groups.computeIfAbsent("exploited/" + id, key -> new Group(id, true)));
      }
      return each;
    }
    String name = rules.by().of(work.item());
    if (work.origin() == Work.Origin.REFRESH) {
      String again = name.isEmpty() ? "still open" : "still open: " + name;
      return List.of(groups.computeIfAbsent("open/" + name, key -> new Group(again, false)));
    }
    return List.of(groups.computeIfAbsent("events/" + name, key -> new Group(name, false)));
  }

  private static List<String> exploited(Work work) {
    List<String> ids =
        work.item().getFindings().stream()
            .filter(ItemFinding::getKnownExploited)
            .map(ItemFinding::getVulnerability)
            .filter(id -> id != null && !id.isEmpty())
            .distinct()
            .limit(MAX_VULNERABILITIES)
            .toList();
    return ids.isEmpty() ? List.of(work.item().getTitle()) : ids;
  }

  private List<Message> urgent(Instant now) {
    List<Group> ready = ready(now, true);
    if (ready.size() > rules.stormGroups()) {
      return List.of(together(ready, AlertKind.STORM, now));
    }
    List<Message> messages = new ArrayList<>();
    ready.forEach(group -> messages.add(message(group, AlertKind.EXPLOITED, now)));
    return messages;
  }

  private List<Group> waiting(boolean urgent) {
    List<Group> all = new ArrayList<>();
    groups.values().stream()
        .filter(group -> group.isUrgent() == urgent && group.isWaiting())
        .sorted(OLDEST_FIRST)
        .forEach(all::add);
    return all;
  }

  private List<Group> ready(Instant now, boolean urgent) {
    List<Group> ready = waiting(urgent);
    ready.removeIf(group -> readyAt(group).isAfter(now));
    return ready;
  }

  private boolean isStorm(List<Group> all, int events) {
    return events > rules.stormEvents() || all.size() > rules.stormGroups();
  }

  private Instant readyAt(Group group) {
    return group.isUrgent() ? due(group) : rules.quietHours().end(later(due(group), calmUntil));
  }

  /** When it would be told if there were neither storms nor quiet hours. */
  private Instant due(Group group) {
    Instant soon = group.first().plus(group.isUrgent() ? URGENT_WINDOW : rules.window());
    boolean spoke = !group.lastSent().equals(Instant.MIN);
    return spoke ? later(soon, group.lastSent().plus(rules.interval())) : soon;
  }

  private boolean wasHeldBack(Group group) {
    return readyAt(group).isAfter(due(group));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private Message alone(Group group, Instant now) {
    return message(group, group.waiting() == 1 ? AlertKind.SINGLE : AlertKind.DIGEST, now);
  }

  private Message message(Group group, AlertKind kind, Instant now) {
    List<Note> notes = group.notes();
    AlertDraft draft = group.draft();
    return handOver(List.of(group), draft, kind, notes, now);
  }

  private Message together(List<Group> several, AlertKind kind, Instant now) {
    if (several.size() == 1 && kind != AlertKind.STORM) {
      return message(several.get(0), kind, now);
    }
    String name = several.size() == 1 ? several.get(0).name() : "";
    AlertDraft all =
        kind == AlertKind.STORM ? new AlertDraft(name, STORM_SHOWS) : new AlertDraft(name);
    List<Note> notes = new ArrayList<>();
    for (Group group : several) {
      all.addAll(group.draft());
      notes.addAll(group.notes());
    }
    return handOver(List.copyOf(several), all, kind, notes, now);
  }

  private Message handOver(
      List<Group> of, AlertDraft draft, AlertKind kind, List<Note> notes, Instant now) {
    of.forEach(group -> group.handedOver(now));
    int events = notes.size();
    String lane = kind + "/" + of.get(0).name();
    int born = life;
    return Message.of(lane, topic, draft.build(kind), notes, () -> done(of, events, born));
  }

  private void done(List<Group> of, int events, int born) {
    of.forEach(Group::done);
    // What was forgotten meanwhile is no longer counted.
    held -= born == life ? events : 0;
  }
}
