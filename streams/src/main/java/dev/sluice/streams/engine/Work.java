package dev.sluice.streams.engine;

import dev.sluice.events.AssetProfile;
import dev.sluice.events.Support;
import dev.sluice.events.SupportMatrix;
import dev.sluice.streams.rules.asset.PathOwners;
import dev.sluice.streams.rules.item.ItemKey;
import dev.sluice.streams.rules.life.ItemLife.Cause;
import dev.sluice.streams.state.Facts;
import dev.sluice.streams.state.row.AssetRow;
import dev.sluice.streams.state.row.LineRow;
import dev.sluice.streams.state.row.SeriesRow;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One slice of work on one asset: what it is about, why, when, and the rows that all rooms count
 * in. Rows read here are read once and written once, when the slice ends.
 */
final class Work {
  final String asset;
  final long key;
  final Cause cause;
  final Instant now;
  final AssetProfile profile;
  final SupportMatrix matrix;
  final String baseline;
  String scanned;
  final Map<String, Support> supports = new HashMap<>();
  boolean adopting;
  long newFindings;
  long fixedFindings;

  private final Facts facts;
  private final Map<Long, SeriesRow> series = new HashMap<>();
  private final Set<Long> changed = new HashSet<>();
  private final Map<String, LineRow> lines = new HashMap<>();
  private PathOwners pathOwners;

  /**
   * @param scanned what was scanned: what is new in it stays new however often it is scanned; null
   *     if no scan is applied
   */
  Work(Facts facts, Knowledge knowledge, AssetRow asset, Cause cause, String scanned, Instant now) {
    this.facts = facts;
    this.asset = asset.getAsset();
    this.key = Facts.assetKey(this.asset);
    this.baseline = ItemKey.baseline(this.asset);
    this.cause = cause;
    this.scanned = scanned;
    this.now = now;
    this.profile = facts.profile(key);
    this.matrix = knowledge.matrix(Products.of(this.asset, profile));
  }

  /** Who owns a file of the asset by its rules; empty if they do not say. */
  Optional<String> pathOwner(String path) {
    if (profile == null || profile.getPathOwners().isEmpty()) {
      return Optional.empty();
    }
    if (pathOwners == null) {
      pathOwners = new PathOwners(profile.getPathOwners());
    }
    return pathOwners.of(path);
  }

  /** A series of the asset, to read; null if there is none of that id. */
  SeriesRow series(long id) {
    return series.computeIfAbsent(id, key -> facts.series(this.key, key));
  }

  /** A series of the asset, to write. */
  SeriesRow seriesToChange(long id) {
    changed.add(id);
    return series(id);
  }

  void put(SeriesRow row) {
    series.put(row.getSeriesId(), row);
    changed.add(row.getSeriesId());
  }

  LineRow line(String line) {
    return lines.computeIfAbsent(line, name -> facts.line(key, name));
  }

  /** A line has a new head; what was looked up for it is looked up again. */
  void putLine(LineRow row) {
    facts.putLine(key, row);
    lines.put(row.getLine(), row);
    supports.remove(row.getLine());
  }

  /** Writes what changed. */
  void flush() {
    for (long id : changed) {
      SeriesRow row = series.get(id);
      if (row != null) {
        facts.putSeries(key, row);
      }
    }
    changed.clear();
  }
}
