package dev.sluice.streams.engine;

import dev.sluice.events.FindingKind;
import dev.sluice.streams.rules.finding.Build;
import dev.sluice.streams.rules.finding.Shown;
import dev.sluice.streams.state.Facts.KeyedAtom;
import dev.sluice.streams.state.Facts.KeyedShown;
import dev.sluice.streams.state.State;
import dev.sluice.streams.state.row.AtomRow;
import dev.sluice.streams.state.row.ClaimRow;
import dev.sluice.streams.state.row.SeriesRow;
import dev.sluice.streams.state.row.ShownRow;
import java.util.ArrayList;
import java.util.List;

/**
 * Which versions of a package each series shows, whatever it says is wrong with them. Where several
 * series show the package, one that begins or ceases to show a version may end what others claim.
 */
final class Showings {
  /** With more copies of a package than this, nobody can say that all of them are upgraded. */
  private static final int MOST_COPIES = 1_000;

  /** One look of a scanner at something. */
  record Look(long time, Build build) {}

  private final State state;

  Showings(State state) {
    this.state = state;
  }

  /**
   * A claim about a package is made or no longer made.
   *
   * @param more 1 or -1
   */
  void count(
      long asset, byte[] atom, AtomRow about, SeriesRow series, ClaimRow claim, int more, Look at) {
    if (!about.getKind().equals(FindingKind.VULNERABLE_PACKAGE.name())) {
      return;
    }
    long id = series.getSeriesId();
    String version = claim.getVersion() == null ? "" : claim.getVersion();
    ShownRow row =
        state.facts().shown(asset, atom, id, about.getSubject(), version, claim.getPlace());
    int before = row == null ? 0 : row.getClaims();
    int now = Math.max(0, before + more);
    if (row == null) {
      row =
          ShownRow.newBuilder()
              .setSubject(about.getSubject())
              .setVersion(version)
              .setPlace(claim.getPlace())
              .setSince(at.time())
              .setDigest(at.build().digest())
              .setCommit(at.build().commit())
              .setBuild(at.build().version())
              .build();
    }
    row.setClaims(now);
    state.facts().putShown(asset, atom, id, row);
    if ((before == 0) != (now == 0) && isSharedWithOthers(asset, atom, id)) {
      for (KeyedAtom beside : state.facts().atomsBeside(asset, atom)) {
        state.order().markAtom(asset, beside.key());
      }
    }
  }

  private boolean isSharedWithOthers(long asset, byte[] atom, long series) {
    return state.facts().shownBeside(asset, atom, MOST_COPIES).stream()
        .anyMatch(other -> other.series() != series);
  }

  /**
   * What is shown of a package; empty if that is more than can be told.
   *
   * @param atom any atom about packages of its name
   * @param subject purl without version
   */
  List<Shown> beside(Work work, byte[] atom, String subject) {
    List<KeyedShown> rows = state.facts().shownBeside(work.key, atom, MOST_COPIES);
    if (rows.size() == MOST_COPIES) {
      return List.of();
    }
    List<Shown> shown = new ArrayList<>();
    for (KeyedShown keyed : rows) {
      SeriesRow series = work.series(keyed.series());
      ShownRow row = keyed.row();
      if (series != null
          && !series.getRetired()
          && row.getSubject().equals(subject)
          && !row.getVersion().isEmpty()) {
        shown.add(
            new Shown(
                keyed.series(),
                series.getLine(),
                row.getVersion(),
                row.getPlace(),
                row.getSince(),
                new Build(row.getDigest(), row.getCommit(), row.getBuild()),
                state.facts().held(keyed.series()) != null
                    || series.getLastScanTime() < row.getSince()));
      }
    }
    return shown;
  }
}
