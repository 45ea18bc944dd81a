package dev.sluice.e2e;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.Finding;
import dev.sluice.events.ScanVerdict;
import dev.sluice.topics.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything that a run has written, without the times of the clock on the wall: two runs over the
 * same scans must be equal in it.
 *
 * @param findings by id, in their last state
 * @param items by id, in their last state
 * @param events id, type, asset, package and content of each; one that was sent twice is in it
 *     twice
 * @param verdicts by scan
 */
record Outcome(
    TreeMap<String, Finding> findings,
    TreeMap<String, ActionItem> items,
    List<String> events,
    TreeMap<String, ScanVerdict> verdicts) {

  static Outcome of(TopicLog log) {
    TreeMap<String, Finding> findings = new TreeMap<>(log.table(Topics.FINDINGS));
    findings
        .values()
        .forEach(
            finding -> {
              finding.setUpdatedAt(null);
              finding.setResolvedAt(null);
            });
    TreeMap<String, ActionItem> items = new TreeMap<>(log.table(Topics.ITEMS));
    for (ActionItem item : items.values()) {
      item.setUpdatedAt(null);
      item.setOpenedAt(null);
      item.setResolvedAt(null);
    }
    List<String> events = new ArrayList<>();
    for (ActionEvent event : log.values(Topics.ACTIONABLE)) {
      ActionItem item = event.getItem();
      events.add(
          String.join(
              " ",
              event.getId(),
              event.getType().name(),
              item.getAsset(),
              item.getPackageName(),
              item.getContentHash()));
    }
    events.sort(null);
    TreeMap<String, ScanVerdict> verdicts = new TreeMap<>();
    for (ScanVerdict verdict : log.values(Topics.SCANS)) {
      verdict.setDecidedAt(null);
      verdicts.put(verdict.getScanId(), verdict);
    }
    return new Outcome(findings, items, events, verdicts);
  }

  /** How many of the events are of this type. */
  long count(ActionEventType type) {
    return events.stream().filter(event -> event.contains(" " + type + " ")).count();
  }

  /** What another run has differently, for people; empty if the two are equal. */
  List<String> differences(Outcome other) {
    List<String> differences = new ArrayList<>();
    compare("finding", findings, other.findings, differences);
    compare("item", items, other.items, differences);
    compare("verdict", verdicts, other.verdicts, differences);
    List<String> missing = new ArrayList<>(events);
    other.events.forEach(missing::remove);
    missing.forEach(event -> differences.add("missing event " + event));
    List<String> surplus = new ArrayList<>(other.events);
    events.forEach(surplus::remove);
    surplus.forEach(event -> differences.add("surplus event " + event));
    return differences;
  }

  private static <V> void compare(
      String what, Map<String, V> expected, Map<String, V> found, List<String> differences) {
    Set<String> keys = new TreeSet<>(expected.keySet());
    keys.addAll(found.keySet());
    for (String key : keys) {
      if (!Objects.equals(expected.get(key), found.get(key))) {
        differences.add(what + " " + expected.get(key) + " became " + found.get(key));
      }
    }
  }
}
