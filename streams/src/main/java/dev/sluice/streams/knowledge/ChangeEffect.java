package dev.sluice.streams.knowledge;

import dev.sluice.events.Decision;
import dev.sluice.events.Finding;
import dev.sluice.events.WithheldItem;
import dev.sluice.streams.engine.Rehearsal;
import dev.sluice.streams.rules.item.ItemKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which open items a change would withhold: those of which it would withhold every finding. A
 * baseline counts as the items it stands for. Findings come in any number of revisions, the newest
 * last.
 */
public final class ChangeEffect {
  private static final int LONGEST = 300;
  private static final Comparator<WithheldItem> WORST_FIRST =
      Comparator.comparing(WithheldItem::getSeverity)
          .reversed()
          .thenComparing(WithheldItem::getAsset)
          .thenComparing(WithheldItem::getItem);

  private record Piece(String asset, String item) {}

  /** An open finding; of one that would be withheld also how it is shown. */
  private record Open(Piece piece, WithheldItem withheld) {}

  private final Rehearsal rehearsal;
  private final Map<String, Open> findings = new HashMap<>();

  public ChangeEffect(Rehearsal rehearsal) {
    this.rehearsal = rehearsal;
  }

  /**
   * Takes a record of the topic of findings.
   *
   * @param finding null where it was deleted
   */
  public void take(String id, Finding finding) {
    if (finding == null || !Rehearsal.isOpen(finding)) {
      findings.remove(id);
      return;
    }
    Optional<Decision> decision = rehearsal.withheld(finding);
    findings.put(id, new Open(piece(finding), decision.map(by -> shown(finding, by)).orElse(null)));
  }

  private static Piece piece(Finding finding) {
    boolean baseline = finding.getItem().equals(ItemKey.baseline(finding.getAsset()));
    return new Piece(
        finding.getAsset(), baseline ? ItemKey.of(finding, false).id() : finding.getItem());
  }

  private static WithheldItem shown(Finding finding, Decision by) {
    String reason = by.getExplanation();
    return WithheldItem.newBuilder()
        .setItem(finding.getItem())
        .setAsset(finding.getAsset())
        .setUnit(finding.getUnit())
        .setTitle(title(finding))
        .setSeverity(finding.getSeverity())
        .setFindingCount(1)
        .setRule(by.getRule())
        .setReason(reason.length() > LONGEST ? reason.substring(0, LONGEST - 1) + "…" : reason)
        .build();
  }

  private static String title(Finding finding) {
    return finding.getPackageName() == null
        ? finding.getTitle().isEmpty() ? finding.getVulnerability() : finding.getTitle()
        : finding.getPackageName() + ": " + finding.getVulnerability();
  }

  /** How many items are open. */
  public int open() {
    return (int) findings.values().stream().map(Open::piece).distinct().count();
  }

  /** The items that would be withheld, worst first. */
  public List<WithheldItem> withheld() {
    Set<Piece> stay = new HashSet<>();
    Map<Piece, WithheldItem> items = new HashMap<>();
    for (Open each : findings.values()) {
      if (each.withheld() == null) {
        stay.add(each.piece());
      } else {
        items.merge(each.piece(), each.withheld(), ChangeEffect::together);
      }
    }
    items.keySet().removeAll(stay);
    List<WithheldItem> sorted = new ArrayList<>(items.values());
    sorted.sort(WORST_FIRST);
    return sorted;
  }

  /** The worse of two findings of one item stands for both. */
  private static WithheldItem together(WithheldItem a, WithheldItem b) {
    int count = a.getFindingCount() + b.getFindingCount();
    boolean first = rank(a) > rank(b) || rank(a) == rank(b) && isBefore(a, b);
    return WithheldItem.newBuilder(first ? a : b).setFindingCount(count).build();
  }

  private static int rank(WithheldItem item) {
    return item.getSeverity().ordinal();
  }

  private static boolean isBefore(WithheldItem a, WithheldItem b) {
    return a.getTitle().compareTo(b.getTitle()) <= 0;
  }
}
