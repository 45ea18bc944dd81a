package dev.sluice.streams.engine;

import dev.sluice.events.BaselineState;
import dev.sluice.events.Component;
import dev.sluice.events.FindingKind;
import dev.sluice.events.Observation;
import dev.sluice.events.ScannerState;
import dev.sluice.events.SecretValidity;
import dev.sluice.streams.engine.Occurrences.Match;
import dev.sluice.streams.engine.Showings.Look;
import dev.sluice.streams.rules.identity.Atom;
import dev.sluice.streams.rules.identity.Purls;
import dev.sluice.streams.rules.identity.Statement;
import dev.sluice.streams.state.OpenScan;
import dev.sluice.streams.state.Order.Moving;
import dev.sluice.streams.state.RowCodec;
import dev.sluice.streams.state.SeenIndex.Owner;
import dev.sluice.streams.state.SeenIndex.Seen;
import dev.sluice.streams.state.State;
import dev.sluice.streams.state.row.AliasClaim;
import dev.sluice.streams.state.row.AtomRow;
import dev.sluice.streams.state.row.ClaimRow;
import dev.sluice.streams.state.row.SeriesRow;
import dev.sluice.streams.state.row.TextRow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;

/**
 * What each series claims. A claim that is new, changed, gone or back marks its atom; whatever
 * follows from that is for the next room.
 */
final class Claims {
  private static final int LONGEST_PLACE = 500;

  private final State state;
  private final Occurrences occurrences;
  private long collisions;
  private final RoaringBitmap taken = new RoaringBitmap();
  private final Showings showings;
  private final Disclosures disclosures;
  private final RowCodec<dev.sluice.events.Location> locations =
      new RowCodec<>(dev.sluice.events.Location.class);
  private final RowCodec<dev.sluice.events.Deployment> deployments =
      new RowCodec<>(dev.sluice.events.Deployment.class);
  private final RowCodec<dev.sluice.events.Rating> ratings =
      new RowCodec<>(dev.sluice.events.Rating.class);

  Claims(State state) {
    this.state = state;
    this.occurrences = new Occurrences(state);
    this.showings = new Showings(state);
    this.disclosures = new Disclosures(state, false);
  }

  /**
   * Takes one staged observation into the state. Doing it twice is the same as doing it once.
   *
   * @param look the scan that says so
   * @return whether it said something that the series had not said before
   */
  boolean take(
      long asset,
      SeriesRow series,
      OpenScan scan,
      Observation observation,
      String unit,
      Look look) {
    long seriesId = series.getSeriesId();
    Match match = occurrences.match(scan, seriesId, observation);
    boolean present = isPresent(observation);
    boolean first = match.seen() == null;
    int number = first ? series.getNextOrdinal() : match.seen().ordinal();
    boolean news = !match.isRepeat();
    if (news) {
      collisions += match.collides() ? 1 : 0;
      Atom atom = Atom.of(observation, unit, match.number());
      byte[] key = atom.key();
      state.facts().open(asset, key);
      put(asset, series, observation, atom, key, number, match, present, look);
      state.seen().put(seriesId, match.occurrence(), new Seen(number, match.content()));
      if (first) {
        series.setNextOrdinal(number + 1);
        state.seen().putOwner(seriesId, number, key, match.occurrence());
      }
    }
    if (present) {
      state.staging().mark(scan, number);
      if (news) {
        taken.add(number);
      }
    } else if (!news) {
      turn(asset, series, number, false, look);
    }
    return news;
  }

  /** Another scan begins. */
  void begin() {
    taken.clear();
  }

  /** Ordinals that have been claimed since the scan began; forgotten in a crash. */
  RoaringBitmap taken() {
    return taken;
  }

  /** Different things under one identity since the last call. */
  long collisions() {
    long counted = collisions;
    collisions = 0;
    return counted;
  }

  /** Turns a claim of the series on or off; marks its atom if that changes it. */
  boolean turn(long asset, SeriesRow series, int ordinal, boolean present, Look look) {
    Owner owner = state.seen().owner(series.getSeriesId(), ordinal);
    if (owner == null) {
      return false;
    }
    ClaimRow claim = state.facts().claim(asset, owner.atom(), series.getSeriesId(), ordinal);
    if (claim == null || claim.getPresent() == present) {
      return false;
    }
    claim.setPresent(present);
    state.facts().putClaim(asset, owner.atom(), series.getSeriesId(), ordinal, claim);
    AtomRow atom = state.facts().atom(asset, owner.atom());
    count(series, atom, present ? 1 : -1);
    showings.count(asset, owner.atom(), atom, series, claim, present ? 1 : -1, look);
    state.order().markAtom(asset, owner.atom());
    if (!present) {
      note(asset, owner.atom(), atom, true);
    }
    return true;
  }

  /** Code that came or went may be in a renamed file. */
  private void note(long asset, byte[] key, AtomRow atom, boolean gone) {
    if (Atom.isCounted(FindingKind.valueOf(atom.getKind()))) {
      Atom.wherever(atom.getUnit(), atom.getSubject(), atom.getNativeId())
          .ifPresent(code -> state.order().putMoving(asset, new Moving(code, gone, key)));
    }
  }

  /** Ecosystem, or kind where there is none, of the claim of an ordinal. */
  String group(long asset, SeriesRow series, int ordinal) {
    Owner owner = state.seen().owner(series.getSeriesId(), ordinal);
    AtomRow atom = owner == null ? null : state.facts().atom(asset, owner.atom());
    return atom == null ? "" : group(atom);
  }

  private void put(
      long asset,
      SeriesRow series,
      Observation observation,
      Atom atom,
      byte[] key,
      int number,
      Match match,
      boolean present,
      Look look) {
    AtomRow row = state.facts().atom(asset, key);
    boolean first = row == null;
    if (first) {
      row = newAtom(atom, observation);
      row.setDisclosure(disclosures.begin(observation, look.time()));
      if (present && series.getLastScanId() != null) {
        note(asset, key, row, false);
      }
    }
    boolean other =
        !row.getSubject().equals(atom.subject()) || !row.getNativeId().equals(atom.nativeId());
    collisions += other ? 1 : 0;
    ClaimRow before =
        match.seen() == null ? null : state.facts().claim(asset, key, series.getSeriesId(), number);
    Statement statement = Statement.of(observation);
    Statement said = said(before);
    boolean renamed = !statement.equals(said);
    boolean heard = renamed && isHeard(row, statement);
    if (renamed) {
      replace(row, series.getSeriesId(), said, statement);
    }
    boolean sourced = isSmaller(sourceOf(observation), row.getSourcePackage());
    if (sourced) {
      row.setSourcePackage(sourceOf(observation));
    }
    boolean advanced = !first && disclosures.hear(row, observation, look.time());
    if (first || renamed || sourced || advanced) {
      state.facts().putAtom(asset, key, row);
    }
    if (first || renamed && !heard) {
      index(asset, key, row, statement);
    }
    putText(asset, key, observation);

    ClaimRow claim = claim(observation, match.occurrence(), present);
    claim.setAliases(statement.aliases());
    claim.setCovered(statement.covered());
    claim.setSince(before == null ? look.time() : before.getSince());
    claim.setSaidAt(look.time());
    boolean wasPresent = before != null && before.getPresent();
    if (wasPresent != present) {
      count(series, row, present ? 1 : -1);
      showings.count(asset, key, row, series, claim, present ? 1 : -1, look);
    }
    state.facts().putClaim(asset, key, series.getSeriesId(), number, claim);
    state.order().markAtom(asset, key);
  }

  /** Where scanners name different source packages the same one is kept, whoever came first. */
  private static boolean isSmaller(String source, String kept) {
    return source != null && !source.isEmpty() && (kept == null || source.compareTo(kept) < 0);
  }

  private static AtomRow newAtom(Atom atom, Observation observation) {
    Component component = observation.getComponent();
    return AtomRow.newBuilder()
        .setKind(atom.kind().name())
        .setUnit(atom.unit())
        .setNativeId(atom.nativeId())
        .setSubject(atom.subject())
        .setName(component == null ? null : component.getName())
        .setEcosystem(Purls.type(atom.subject()))
        .setDistro(component == null ? null : component.getDistro())
        .build();
  }

  private static String sourceOf(Observation observation) {
    return observation.getComponent() == null ? null : observation.getComponent().getSourceName();
  }

  private static Statement said(ClaimRow before) {
    return before == null
        ? new Statement(List.of(), List.of())
        : new Statement(before.getAliases(), before.getCovered());
  }

  private static boolean isHeard(AtomRow row, Statement statement) {
    return row.getAliasClaims().stream()
        .anyMatch(claim -> new Statement(claim.getAliases(), claim.getCovered()).equals(statement));
  }

  /** Replaces what a claim says the atom is also called. */
  private static void replace(AtomRow row, long seriesId, Statement said, Statement now) {
    Map<Statement, Integer> claims = new HashMap<>();
    List<AliasClaim> kept = new ArrayList<>();
    for (AliasClaim claim : row.getAliasClaims()) {
      if (claim.getSeriesId() == seriesId) {
        claims.put(new Statement(claim.getAliases(), claim.getCovered()), claim.getClaims());
      } else {
        kept.add(claim);
      }
    }
    claims.computeIfPresent(said, (same, n) -> n > 1 ? n - 1 : null);
    if (!now.isEmpty()) {
      claims.merge(now, 1, Integer::sum);
    }
    claims.forEach((is, n) -> kept.add(new AliasClaim(seriesId, n, is.aliases(), is.covered())));
    kept.sort(STATEMENTS);
    row.setAliasClaims(kept);
  }

  private static final Comparator<AliasClaim> STATEMENTS =
      Comparator.comparingLong(AliasClaim::getSeriesId)
          .thenComparing(claim -> claim.getAliases().toString())
          .thenComparing(claim -> claim.getCovered().toString());

  private void index(long asset, byte[] key, AtomRow row, Statement statement) {
    state.order().indexVulnerability(row.getNativeId(), asset, key);
    statement.ids().forEach(id -> state.order().indexVulnerability(id, asset, key));
  }

  /** Keeps the fuller text, whoever wrote it first: the same whatever the order of scans. */
  private void putText(long asset, byte[] key, Observation observation) {
    TextRow text =
        TextRow.newBuilder()
            .setTitle(observation.getTitle())
            .setDescription(observation.getDescription())
            .setReferences(observation.getReferences().stream().limit(20).toList())
            .setCwes(observation.getCwes().stream().distinct().sorted().toList())
            .setRank(
                observation.getDescription() == null ? 0 : observation.getDescription().length())
            .build();
    TextRow before = state.facts().text(asset, key);
    if (before == null || TEXTS.compare(text, before) > 0) {
      state.facts().putText(asset, key, text);
    }
  }

  private static final Comparator<TextRow> TEXTS =
      Comparator.comparingInt(TextRow::getRank)
          .thenComparing(text -> text.getTitle().length())
          .thenComparing(TextRow::getTitle)
          .thenComparing(text -> String.valueOf(text.getDescription()));

  private ClaimRow claim(Observation observation, byte[] occurrence, boolean present) {
    Component component = observation.getComponent();
    List<ByteBuffer> kept = new ArrayList<>();
    observation.getRatings().stream().limit(20).forEach(rating -> kept.add(ratings.wrap(rating)));
    return ClaimRow.newBuilder()
        .setOccurrence(ByteBuffer.wrap(occurrence))
        .setPresent(present)
        .setVersion(component == null ? null : component.getVersion())
        .setPlace(placeOf(observation))
        .setPlaceCount(component == null ? 1 : Math.max(1, component.getPlaceCount()))
        .setLocation(
            observation.getLocation() == null ? null : locations.wrap(observation.getLocation()))
        .setFixedVersions(observation.getFixedVersions())
        .setFixState(observation.getFixState().name())
        .setRatings(kept)
        .setReachability(observation.getReachability().name())
        .setScannerState(observation.getScannerState().name())
        .setSecretValidity(
            observation.getSecret() == null
                ? SecretValidity.UNKNOWN.name()
                : observation.getSecret().getValidity().name())
        .setDeployment(
            observation.getDeployment() == null
                ? null
                : deployments.wrap(observation.getDeployment()))
        .setKev(Boolean.TRUE.equals(observation.getKev()))
        .setEpss(observation.getEpssScore())
        .build();
  }

  private static String placeOf(Observation observation) {
    String place = observation.getPlace() == null ? "" : observation.getPlace();
    if (observation.getComponent() != null && !observation.getComponent().getPlaces().isEmpty()) {
      place = observation.getComponent().getPlaces().get(0);
    } else if (observation.getLocation() != null) {
      place = observation.getLocation().getPath();
    } else if (observation.getResource() != null) {
      place = observation.getResource().getAddress();
    }
    // Trivy writes paths in an image without the leading slash, Grype with it.
    place = place.startsWith("/") ? place.substring(1) : place;
    return place.length() > LONGEST_PLACE ? place.substring(0, LONGEST_PLACE) : place;
  }

  /** A check that passed, and what the source itself calls fixed or absent, is no claim. */
  private static boolean isPresent(Observation observation) {
    return observation.getScannerState() != ScannerState.FIXED
        && observation.getScannerState() != ScannerState.PASSED
        && observation.getBaselineState() != BaselineState.ABSENT;
  }

  private static void count(SeriesRow series, AtomRow atom, int more) {
    series.setPresent(series.getPresent() + more);
    series
        .getPresentByEcosystem()
        .merge(group(atom), (long) more, (a, b) -> a + b == 0 ? null : Long.valueOf(a + b));
  }

  private static String group(AtomRow atom) {
    return atom.getEcosystem().isEmpty() ? atom.getKind() : atom.getEcosystem();
  }
}
