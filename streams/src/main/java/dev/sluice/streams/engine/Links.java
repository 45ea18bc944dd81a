package dev.sluice.streams.engine;

import dev.sluice.events.ActionItem;
import dev.sluice.events.Finding;
import dev.sluice.events.ItemStatus;
import dev.sluice.streams.rules.item.ItemKey;
import dev.sluice.streams.rules.item.Spot;
import dev.sluice.streams.state.Facts.KeyedSpot;
import dev.sluice.streams.state.RowCodec;
import dev.sluice.streams.state.State;
import dev.sluice.streams.state.row.FindingRow;
import dev.sluice.streams.state.row.ItemRow;
import dev.sluice.streams.state.row.SpotRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Findings of different tools about one place in the code share an item. Which do is a function of
 * where they are now; under which of their items is not, because a ticket that is open stays that
 * ticket: the one that was opened first keeps its id while findings join and leave.
 */
final class Links {
  /** Findings of one file beyond this number are not linked. */
  private static final int MOST_SPOTS = 2_000;

  private final State state;
  private final RowCodec<Finding> findings = new RowCodec<>(Finding.class);
  private final RowCodec<ActionItem> items = new RowCodec<>(ActionItem.class);

  Links(State state) {
    this.state = state;
  }

  /** Notes where a finding is now; if that is news, its file is looked at when all are settled. */
  void note(Work work, Finding before, Finding now) {
    Optional<Spot> was =
        before == null || before.getDecision() == null ? Optional.empty() : Spot.of(before);
    Optional<Spot> is = Spot.of(now);
    if (was.equals(is)) {
      return;
    }
    was.filter(spot -> is.isEmpty() || is.get().file() != spot.file())
        .ifPresent(
            spot -> {
              state.facts().putSpot(work.key, spot.file(), spot.finding(), null);
              state.order().markFile(work.key, spot.file());
            });
    is.ifPresent(
        spot -> {
          state.facts().putSpot(work.key, spot.file(), spot.finding(), row(spot));
          state.order().markFile(work.key, spot.file());
        });
  }

  private static SpotRow row(Spot spot) {
    return SpotRow.newBuilder()
        .setScanners(spot.scanners().stream().sorted().toList())
        .setFamilies(spot.families().stream().sorted().toList())
        .setStartLine(spot.start())
        .setEndLine(spot.end())
        .build();
  }

  /** A finding of the file, its item now, and the item that would be its own. */
  private record Member(String id, FindingRow row, Finding finding, String own) {
    String item() {
      return finding.getItem();
    }
  }

  /** Says of the findings of a marked file to which items they belong; takes the mark away. */
  void settle(Work work, long file) {
    List<Spot> spots = new ArrayList<>();
    String last = null;
    while (spots.size() < MOST_SPOTS) {
      List<KeyedSpot> page = state.facts().spots(work.key, file, last, 500);
      for (KeyedSpot spot : page) {
        SpotRow at = spot.row();
        spots.add(
            new Spot(
                spot.finding(),
                file,
                Set.copyOf(at.getScanners()),
                Set.copyOf(at.getFamilies()),
                at.getStartLine(),
                at.getEndLine()));
        last = spot.finding();
      }
      if (page.size() < 500) {
        break;
      }
    }
    List<List<Member>> groups = Spot.linked(spots).stream().map(ids -> members(work, ids)).toList();
    Map<String, Integer> holders = holders(groups);
    for (int i = 0; i < groups.size(); i++) {
      if (!groups.get(i).isEmpty()) {
        join(work, groups.get(i), itemOf(work, groups.get(i), i, holders));
      }
    }
    state.order().clearFile(work.key, file);
  }

  private List<Member> members(Work work, List<String> ids) {
    List<Member> members = new ArrayList<>();
    for (String id : ids) {
      FindingRow row = state.facts().finding(work.key, id);
      Finding finding = row == null ? null : findings.decode(row.getFinding());
      if (finding != null && finding.getItem() != null) {
        members.add(new Member(id, row, finding, ItemKey.of(finding, row.getBaseline()).id()));
      }
    }
    return members;
  }

  /**
   * Which group keeps an item that findings of several are in: the one of the item's own finding.
   */
  private static Map<String, Integer> holders(List<List<Member>> groups) {
    Map<String, Integer> holders = new HashMap<>();
    for (int i = 0; i < groups.size(); i++) {
      for (Member member : groups.get(i)) {
        holders.putIfAbsent(member.item(), i);
      }
    }
    for (int i = 0; i < groups.size(); i++) {
      for (Member member : groups.get(i)) {
        holders.put(member.own(), i);
      }
    }
    return holders;
  }

  private String itemOf(Work work, List<Member> group, int number, Map<String, Integer> holders) {
    for (Member member : group) {
      if (member.row().getBaseline()) {
        return member.own();
      }
    }
    Set<String> candidates = new TreeSet<>();
    for (Member member : group) {
      candidates.add(member.item());
      candidates.add(member.own());
    }
    candidates.removeIf(item -> holders.get(item) != number);
    return candidates.stream().min(oldestFirst(work)).orElseThrow();
  }

  /** Open ones, then those that have been open, then those that never were. */
  private Comparator<String> oldestFirst(Work work) {
    Map<String, ActionItem> known = new HashMap<>();
    return Comparator.comparing(
            (String id) ->
                known.computeIfAbsent(
                    id,
                    k -> {
                      ItemRow row = state.facts().item(work.key, k);
                      return row == null ? null : items.decode(row.getItem());
                    }),
            Comparator.nullsLast(
                Comparator.comparing((ActionItem item) -> item.getStatus() != ItemStatus.OPEN)
                    .thenComparing(ActionItem::getOpenedAt)))
        .thenComparing(Comparator.naturalOrder());
  }

  /** Findings whose item is another now are settled once more, and move. */
  private void join(Work work, List<Member> group, String item) {
    boolean baseline = group.stream().anyMatch(member -> member.row().getBaseline());
    for (Member member : group) {
      FindingRow row = member.row();
      String kept = baseline || item.equals(member.own()) ? null : item;
      if (row.getBaseline() != baseline || !Objects.equals(row.getKeptItem(), kept)) {
        row.setBaseline(baseline);
        row.setKeptItem(kept);
        state.facts().putFinding(work.key, member.id(), row);
        row.getAtoms().forEach(atom -> state.order().markAtom(work.key, atom.array()));
      }
    }
  }
}
