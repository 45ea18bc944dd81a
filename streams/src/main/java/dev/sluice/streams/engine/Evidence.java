package dev.sluice.streams.engine;

import dev.sluice.events.Deployment;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FixState;
import dev.sluice.events.Location;
import dev.sluice.events.Rating;
import dev.sluice.events.Reachability;
import dev.sluice.events.ScannerState;
import dev.sluice.events.SecretValidity;
import dev.sluice.streams.rules.finding.Build;
import dev.sluice.streams.rules.finding.Claimed;
import dev.sluice.streams.rules.finding.Endings;
import dev.sluice.streams.rules.finding.Shown;
import dev.sluice.streams.rules.finding.Standing;
import dev.sluice.streams.rules.finding.Subject;
import dev.sluice.streams.rules.identity.Atom;
import dev.sluice.streams.state.Facts.KeyedAtom;
import dev.sluice.streams.state.Facts.KeyedClaim;
import dev.sluice.streams.state.RowCodec;
import dev.sluice.streams.state.State;
import dev.sluice.streams.state.row.AtomRow;
import dev.sluice.streams.state.row.ClaimRow;
import dev.sluice.streams.state.row.SeriesRow;
import dev.sluice.streams.state.row.TextRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads everything that is claimed of a group of atoms. */
final class Evidence {
  /**
   * A finding with more claims than this speaks for the first of them, and for the first of each
   * other series that makes one now: a finding is there as long as anybody shows it anywhere.
   */
  private static final int MOST_CLAIMS = 10_000;

  private static final int PAGE = 500;

  /**
   * Claims, and the series that make them now.
   *
   * @param again series whose next scan may change which of them hold
   */
  record Claims(List<Claimed> all, List<Long> claimedBy, Set<Long> again) {}

  private final State state;
  private final Showings showings;
  private final RowCodec<Location> locations = new RowCodec<>(Location.class);
  private final RowCodec<Deployment> deployments = new RowCodec<>(Deployment.class);
  private final RowCodec<Rating> ratings = new RowCodec<>(Rating.class);

  Evidence(State state) {
    this.state = state;
    this.showings = new Showings(state);
  }

  Claims claims(Work work, Group group) {
    List<Claimed> claims = new ArrayList<>();
    Set<Long> claimedBy = new TreeSet<>();
    List<KeyedAtom> speakers = group.speakers();
    for (KeyedAtom atom : group.atoms()) {
      gather(work, atom, speakers.contains(atom), claims, claimedBy);
    }
    KeyedAtom first = group.atoms().get(0);
    FindingKind kind = FindingKind.valueOf(first.row().getKind());
    List<Shown> shown =
        kind == FindingKind.VULNERABLE_PACKAGE
            ? showings.beside(work, first.key(), group.subject())
            : List.of();
    Endings.Judged judged = Endings.judge(kind, first.row().getEcosystem(), claims, shown);
    return new Claims(judged.claims(), List.copyOf(claimedBy), judged.again());
  }

  private void gather(
      Work work, KeyedAtom atom, boolean speaks, List<Claimed> claims, Set<Long> claimedBy) {
    for (KeyedClaim claim : all(work, atom.key())) {
      SeriesRow series = work.series(claim.series());
      if (series == null) {
        continue;
      }
      boolean first = claim.row().getPresent() && claimedBy.add(claim.series());
      if (first || claims.size() < MOST_CLAIMS) {
        claims.add(claimed(work, atom.row(), speaks, series, claim.row()));
      }
    }
  }

  /** Every claim about an atom, read a page at a time. */
  private Iterable<KeyedClaim> all(Work work, byte[] atom) {
    return () -> new ClaimsOfAtom(work.key, atom);
  }

  private final class ClaimsOfAtom implements Iterator<KeyedClaim> {
    private final long asset;
    private final byte[] atom;
    private List<KeyedClaim> page;
    private int next;

    ClaimsOfAtom(long asset, byte[] atom) {
      this.asset = asset;
      this.atom = atom;
      this.page = state.facts().claims(asset, atom, null, PAGE);
    }

    @Override
    public boolean hasNext() {
      if (next == PAGE) {
        page = state.facts().claims(asset, atom, page.get(PAGE - 1), PAGE);
        next = 0;
      }
      return next < page.size();
    }

    @Override
    public KeyedClaim next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return page.get(next++);
    }
  }

  private static Standing standing(Work work, SeriesRow series, ClaimRow claim) {
    boolean affirmed = claim.getPresent() && !series.getStatement();
    return new Standing(
        series.getSeriesId(),
        series.getStatement(),
        affirmed ? Math.max(series.getLastScanTime(), claim.getSaidAt()) : claim.getSaidAt(),
        new Build(series.getLastDigest(), series.getLastCommit(), series.getLastVersion()),
        claim.getPresent() ? Retirement.of(work, series) : null);
  }

  /**
   * @param speaks whether the claim is about this problem alone: an advisory about ten is rated by
   *     the worst of them
   */
  private Claimed claimed(
      Work work, AtomRow atom, boolean speaks, SeriesRow series, ClaimRow claim) {
    Standing standing = standing(work, series, claim);
    return new Claimed(
        series.getScanner(),
        series.getLine(),
        atom.getNativeId(),
        claim.getPresent() && standing.ended() == null,
        claim.getVersion(),
        claim.getPlace(),
        claim.getPlaceCount(),
        locations.decode(claim.getLocation()),
        claim.getFixedVersions(),
        FixState.valueOf(claim.getFixState()),
        speaks ? claim.getRatings().stream().map(ratings::decode).toList() : List.of(),
        Reachability.valueOf(claim.getReachability()),
        ScannerState.valueOf(claim.getScannerState()),
        SecretValidity.valueOf(claim.getSecretValidity()),
        claim.getKev(),
        claim.getEpss(),
        claim.getSince(),
        standing);
  }

  /** What is deployed under the name that a group is about, as far as it is shown now. */
  List<Deployment> deployments(Work work, Group group) {
    return group.atoms().stream()
        .flatMap(atom -> state.facts().claims(work.key, atom.key(), null, MOST_CLAIMS).stream())
        .filter(claim -> claim.row().getPresent() && work.series(claim.series()) != null)
        .map(claim -> deployments.decode(claim.row().getDeployment()))
        .filter(Objects::nonNull)
        .toList();
  }

  /** Whether any series shows the atom. */
  boolean isPresent(Work work, byte[] atom) {
    for (KeyedClaim claim : all(work, atom)) {
      if (claim.row().getPresent() && work.series(claim.series()) != null) {
        return true;
      }
    }
    return false;
  }

  /** What an atom is about was first seen earlier than its own claims say. */
  void since(Work work, byte[] atom, Instant firstSeen) {
    for (KeyedClaim claim : all(work, atom)) {
      ClaimRow row = claim.row();
      row.setSince(Math.min(row.getSince(), firstSeen.toEpochMilli()));
      state.facts().putClaim(work.key, atom, claim.series(), claim.ordinal(), row);
    }
  }

  /** What the group is about. */
  Subject subject(Work work, Group group) {
    AtomRow first = group.first();
    TextRow text =
        group.speakers().stream()
            .map(atom -> state.facts().text(work.key, atom.key()))
            .filter(Objects::nonNull)
            .max(Comparator.comparingInt(TextRow::getRank).thenComparing(TextRow::getTitle))
            .orElseGet(() -> TextRow.newBuilder().build());
    FindingKind kind = FindingKind.valueOf(first.getKind());
    return new Subject(
        work.asset,
        first.getUnit(),
        kind,
        kind == FindingKind.VULNERABLE_PACKAGE ? group.canonical() : ruleOf(first),
        group.aliases(),
        first.getSubject(),
        smallest(group, AtomRow::getName),
        smallest(group, AtomRow::getSourcePackage),
        first.getEcosystem(),
        smallest(group, AtomRow::getDistro),
        text.getTitle(),
        text.getDescription(),
        text.getReferences(),
        text.getCwes());
  }

  /** Code atoms are numbered behind the rule's id. */
  private static String ruleOf(AtomRow atom) {
    int hash = atom.getNativeId().lastIndexOf('#');
    return Atom.isCounted(FindingKind.valueOf(atom.getKind())) && hash > 0
        ? atom.getNativeId().substring(0, hash)
        : atom.getNativeId();
  }

  private static String smallest(Group group, Function<AtomRow, String> field) {
    return group.atoms().stream()
        .map(atom -> field.apply(atom.row()))
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }
}
