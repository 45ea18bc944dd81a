package dev.sluice.streams.engine;

import dev.sluice.events.ActionItem;
import dev.sluice.events.ExpectedScan;
import dev.sluice.events.ItemKind;
import dev.sluice.events.ItemStatus;
import dev.sluice.events.Severity;
import dev.sluice.streams.rules.identity.Hashes;
import dev.sluice.streams.rules.scan.ExpectedScans;
import dev.sluice.streams.rules.scan.ExpectedScans.Answer;
import dev.sluice.streams.rules.scan.ExpectedScans.Known;
import dev.sluice.streams.rules.scan.ExpectedScans.Missing;
import dev.sluice.streams.state.Order.Due;
import dev.sluice.streams.state.State;
import dev.sluice.streams.state.row.AssetRow;
import dev.sluice.streams.state.row.SeriesRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Items about scans that an asset does not get: overdue by the cadence of {@code assets.v1}, or
 * failed. Nothing is known of what nobody looks at.
 */
final class Freshness {
  /** In place of an item among what the clock brings: the asset's scans are to be looked at. */
  static final String WAKE = "freshness";

  private final State state;
  private final Items items;
  private final boolean embargoed;

  Freshness(State state, Items items, boolean embargoed) {
    this.state = state;
    this.items = items;
    this.embargoed = embargoed;
  }

  /** Opens and resolves what the clock, a scan or a changed profile makes true. */
  void check(Work work) {
    if (embargoed) {
      return; // scans of what was reported in private are the common realm's business
    }
    AssetRow asset = state.facts().asset(work.key);
    Answer answer =
        ExpectedScans.judge(
            expected(work), known(work), Instant.ofEpochMilli(asset.getExpectedSince()), work.now);
    TreeSet<String> open = new TreeSet<>();
    for (Missing missing : isRetired(work) ? List.<Missing>of() : answer.missing()) {
      ActionItem item = item(work, missing);
      if (open.add(item.getId())) {
        items.hold(work, item);
      }
    }
    for (String before : asset.getFreshness()) {
      if (!open.contains(before)) {
        items.release(
            work,
            before,
            isRetired(work) ? ItemStatus.WITHDRAWN : ItemStatus.RESOLVED,
            isRetired(work)
                ? "The asset is retired."
                : "A scan has completed, or none is expected.");
      }
    }
    if (!List.copyOf(open).equals(asset.getFreshness())) {
      asset.setFreshness(new ArrayList<>(open));
      state.facts().putAsset(work.key, asset);
    }
    if (answer.nextLook() != null) {
      state.order().putDue(new Due(answer.nextLook().toEpochMilli(), work.key, WAKE));
    }
  }

  private static boolean isRetired(Work work) {
    return work.profile != null && work.profile.getRetired();
  }

  private static List<ExpectedScan> expected(Work work) {
    return work.profile == null ? List.of() : work.profile.getExpected();
  }

  /** Scans of the base line, where there is one; what was retired is missed by nobody. */
  private List<Known> known(Work work) {
    String baseLine = work.profile == null ? null : work.profile.getBaseLine();
    List<Known> known = new ArrayList<>();
    for (SeriesRow stored : state.facts().allSeries(work.key)) {
      SeriesRow row = work.series(stored.getSeriesId());
      boolean counts = baseLine == null || baseLine.equals(row.getLine());
      if (counts && !row.getStatement() && Retirement.of(work, row) == null) {
        known.add(
            new Known(
                row.getScanner(),
                row.getScope(),
                time(row.getLastScanTime()),
                time(row.getFailedAt()),
                row.getFailedWhy()));
      }
    }
    return known;
  }

  private static Instant time(long millis) {
    return millis == 0 ? null : Instant.ofEpochMilli(millis);
  }

  private ActionItem item(Work work, Missing missing) {
    String scope = missing.scope() == null ? "" : missing.scope();
    String what = missing.scanner() + (scope.isEmpty() ? "" : " (" + scope + ")");
    return ActionItem.newBuilder()
        .setId(Hashes.id("i-", work.asset, "freshness", missing.scanner(), scope))
        .setAsset(work.asset)
        .setKind(ItemKind.FRESHNESS)
        .setTitle("Get " + what + " to scan " + work.asset + " again")
        .setSummary(missing.reason())
        .setSeverity(Severity.MEDIUM)
        .setScanners(List.of(missing.scanner()))
        .setOwner(work.profile == null ? null : work.profile.getOwner())
        .setRule("freshness")
        .setReason(missing.reason())
        .setFirstSeen(missing.since())
        .build();
  }
}
