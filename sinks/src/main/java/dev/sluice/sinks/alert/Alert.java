package dev.sluice.sinks.alert;

import dev.sluice.events.ActionEventType;
import dev.sluice.events.Severity;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One message to people: one event in full, or many as counts with the worst in full. Made by
 * {@link AlertDraft}.
 *
 * @param key the same for every attempt and after a crash; a receiver may know a repeat by it
 * @param group what its events have in common, one line; empty for none
 * @param from time of the first event, where any states its time
 * @param to time of the last event, likewise
 * @param total events
 * @param bySeverity events that ask for work, by severity of the item; worst first
 * @param byEvent events by what happened, most first
 * @param byAsset events by asset, most first; at most {@link AlertDraft#MAX_SHOWN_ASSETS}
 * @param assets assets concerned; exact up to {@link AlertDraft#MAX_ASSETS}, which stands for that
 *     many or more
 * @param entries items, worst first; as many as the draft keeps
 */
public record Alert(
    String key,
    AlertKind kind,
    String group,
    Optional<Instant> from,
    Optional<Instant> to,
    int total,
    Map<Severity, Integer> bySeverity,
    Map<ActionEventType, Integer> byEvent,
    Map<String, Integer> byAsset,
    int assets,
    List<AlertEntry> entries) {

  public Alert {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    bySeverity = inOrder(bySeverity);
    byEvent = inOrder(byEvent);
    byAsset = inOrder(byAsset);
    entries = List.copyOf(entries);
    if (total < 1 || entries.isEmpty()) {
      throw new IllegalArgumentException("an alert is about one event at least");
    }
  }

  /** Its worst item. */
  public AlertEntry worst() {
    return entries.get(0);
  }

  private static <K> Map<K, Integer> inOrder(Map<K, Integer> counts) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(counts));
  }
}
