package dev.sluice.streams.rules.identity;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which vulnerability ids mean the same, from all alias statements about one package of one asset.
 *
 * <p>Two CVEs never join. An id that is said to be an alias of two CVEs joins neither, because one
 * of the two statements is wrong or it is an advisory that covers both. An id without a CVE of its
 * own joins a CVE through other such ids only if they all lead to the same one.
 */
public final class AliasGroups {
  private final Map<String, Set<String>> edges = new TreeMap<>();

  /** States that an id exists and what it is also called. */
  public void add(String id, Collection<String> aliases) {
    String from = VulnerabilityIds.normalise(id);
    edges.computeIfAbsent(from, k -> new TreeSet<>());
    for (String alias : aliases) {
      String to = VulnerabilityIds.normalise(alias);
      if (!to.isEmpty() && !to.equals(from)) {
        edges.get(from).add(to);
        edges.computeIfAbsent(to, k -> new TreeSet<>()).add(from);
      }
    }
  }

  /** The canonical id of every id that was mentioned. A function of the set of statements alone. */
  public Map<String, String> canonical() {
    Map<String, String> labels = new HashMap<>();
    Set<String> open = new TreeSet<>();
    edges.forEach(
        (id, linked) -> {
          List<String> cves = linked.stream().filter(VulnerabilityIds::isCve).toList();
          if (VulnerabilityIds.isCve(id) || cves.size() > 1) {
            labels.put(id, id);
          } else if (cves.size() == 1) {
            labels.put(id, cves.get(0));
          } else {
            open.add(id);
          }
        });
    Set<String> seen = new HashSet<>();
    for (String id : open) {
      if (seen.add(id)) {
        label(id, open, seen, labels);
      }
    }
    return labels;
  }

  /** Labels the ids that hang together with one that has no CVE of its own. */
  private void label(String start, Set<String> open, Set<String> seen, Map<String, String> labels) {
    List<String> group = new ArrayList<>();
    Set<String> cves = new TreeSet<>();
    Deque<String> next = new ArrayDeque<>(List.of(start));
    while (!next.isEmpty()) {
      String id = next.pop();
      group.add(id);
      for (String linked : edges.get(id)) {
        if (open.contains(linked)) {
          if (seen.add(linked)) {
            next.push(linked);
          }
        } else if (VulnerabilityIds.isCve(labels.get(linked))) {
          cves.add(labels.get(linked));
        }
      }
    }
    String canonical =
        cves.size() == 1
            ? cves.iterator().next()
            : group.stream().min(VulnerabilityIds.RANK).orElseThrow();
    group.forEach(id -> labels.put(id, canonical));
  }
}
