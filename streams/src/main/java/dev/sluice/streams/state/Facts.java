package dev.sluice.streams.state;

import dev.sluice.events.AssetProfile;
import dev.sluice.streams.rules.identity.Hashes;
import dev.sluice.streams.state.row.AssetRow;
import dev.sluice.streams.state.row.AtomRow;
import dev.sluice.streams.state.row.ClaimRow;
import dev.sluice.streams.state.row.FindingRow;
import dev.sluice.streams.state.row.HeldScanRow;
import dev.sluice.streams.state.row.ItemRow;
import dev.sluice.streams.state.row.LineRow;
import dev.sluice.streams.state.row.SeriesRow;
import dev.sluice.streams.state.row.ShownRow;
import dev.sluice.streams.state.row.SpotRow;
import dev.sluice.streams.state.row.TallyRow;
import dev.sluice.streams.state.row.TextRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;
import org.roaringbitmap.RoaringBitmap;

/** What is known of each asset: atoms, claims, texts, findings, items, series and lines. */
public final class Facts {
  /** An atom and its key. */
  public record KeyedAtom(byte[] key, AtomRow row) {}

  /** A claim and where it is kept. */
  public record KeyedClaim(byte[] atom, long series, int ordinal, ClaimRow row) {}

  /** Where in its file a finding is. */
  public record KeyedSpot(String finding, SpotRow row) {}

  private static final int ATOM = 16;
  private static final int SUBJECT = 8;
  private static final int PAGE = 256;

  private final Table table;
  private final RowCodec<AtomRow> atoms = new RowCodec<>(AtomRow.class);
  private final RowCodec<ClaimRow> claims = new RowCodec<>(ClaimRow.class);
  private final RowCodec<TextRow> texts = new RowCodec<>(TextRow.class);
  private final RowCodec<FindingRow> findings = new RowCodec<>(FindingRow.class);
  private final RowCodec<ItemRow> items = new RowCodec<>(ItemRow.class);
  private final RowCodec<TallyRow> tallies = new RowCodec<>(TallyRow.class);
  private final RowCodec<SpotRow> spots = new RowCodec<>(SpotRow.class);
  private final RowCodec<SeriesRow> series = new RowCodec<>(SeriesRow.class);
  private final RowCodec<HeldScanRow> heldScans = new RowCodec<>(HeldScanRow.class);
  private final RowCodec<ShownRow> shown = new RowCodec<>(ShownRow.class);
  private final RowCodec<LineRow> lines = new RowCodec<>(LineRow.class);
  private final RowCodec<AssetRow> assets = new RowCodec<>(AssetRow.class);
  private final RowCodec<AssetProfile> profiles = new RowCodec<>(AssetProfile.class);

  public Facts(Table table) {
    this.table = table;
  }

  public static long assetKey(String asset) {
    return Keys.asset(asset);
  }

  public AtomRow atom(long asset, byte[] atom) {
    return atoms.decode(table.get(Keys.of(Keys.ATOM, asset, atom)));
  }

  public void putAtom(long asset, byte[] atom, AtomRow row) {
    table.put(Keys.of(Keys.ATOM, asset, atom), atoms.encode(row));
  }

  /**
   * Before something is said of an atom: where nothing has been said of its subject at all, nothing
   * that hangs on it has to be looked for.
   */
  public void open(long asset, byte[] atom) {
    byte[] subject = Arrays.copyOf(atom, SUBJECT);
    if (table.page(Keys.of(Keys.ATOM, asset, subject), null, 1).isEmpty()) {
      table.none(Keys.of(Keys.CLAIM, asset, subject));
      table.none(Keys.of(Keys.SHOWN, asset, subject));
      table.none(Keys.of(Keys.TEXT, asset, subject));
    }
  }

  /** All atoms about the same subject as the given one. */
  public List<KeyedAtom> atomsBeside(long asset, byte[] atom) {
    List<KeyedAtom> found = new ArrayList<>();
    byte[] prefix = Keys.of(Keys.ATOM, asset, Arrays.copyOf(atom, 8));
    byte[] after = null;
    while (true) {
      List<Table.Entry> page = table.page(prefix, after, PAGE);
      for (Table.Entry entry : page) {
        found.add(
            new KeyedAtom(
                Arrays.copyOfRange(entry.key(), 9, 9 + ATOM), atoms.decode(entry.value())));
        after = entry.key();
      }
      if (page.size() < PAGE) {
        return found;
      }
    }
  }

  /** A page of all atoms of an asset. */
  public List<byte[]> atomKeys(long asset, byte[] afterAtom, int limit) {
    byte[] after = afterAtom == null ? null : Keys.of(Keys.ATOM, asset, afterAtom);
    return table.page(Keys.of(Keys.ATOM, asset), after, limit).stream()
        .map(entry -> Arrays.copyOfRange(entry.key(), 9, 9 + ATOM))
        .toList();
  }

  public TextRow text(long asset, byte[] atom) {
    return texts.decode(table.get(Keys.of(Keys.TEXT, asset, atom)));
  }

  public void putText(long asset, byte[] atom, TextRow row) {
    table.put(Keys.of(Keys.TEXT, asset, atom), texts.encode(row));
  }

  public ClaimRow claim(long asset, byte[] atom, long seriesId, int ordinal) {
    return claims.decode(table.get(Keys.of(Keys.CLAIM, asset, atom, seriesId, ordinal)));
  }

  public void putClaim(long asset, byte[] atom, long seriesId, int ordinal, ClaimRow row) {
    table.put(Keys.of(Keys.CLAIM, asset, atom, seriesId, ordinal), claims.encode(row));
  }

  /**
   * A page of the claims of an atom.
   *
   * @param after the last claim of the page before, or null
   */
  public List<KeyedClaim> claims(long asset, byte[] atom, KeyedClaim after, int limit) {
    byte[] from =
        after == null ? null : Keys.of(Keys.CLAIM, asset, atom, after.series(), after.ordinal());
    return table.page(Keys.of(Keys.CLAIM, asset, atom), from, limit).stream()
        .map(
            entry -> {
              ByteBuffer key = ByteBuffer.wrap(entry.key(), 9 + ATOM, 12);
              return new KeyedClaim(
                  atom, key.getLong(), key.getInt(), claims.decode(entry.value()));
            })
        .toList();
  }

  public FindingRow finding(long asset, String id) {
    return findings.decode(table.get(Keys.of(Keys.FINDING, asset, id)));
  }

  public void putFinding(long asset, String id, FindingRow row) {
    table.put(Keys.of(Keys.FINDING, asset, id), findings.encode(row));
  }

  public ItemRow item(long asset, String id) {
    return items.decode(table.get(Keys.of(Keys.ITEM, asset, id)));
  }

  public void putItem(long asset, String id, ItemRow row) {
    table.put(Keys.of(Keys.ITEM, asset, id), items.encode(row));
  }

  /** A finding of an item; the rank is a letter by which those of one item are sorted. */
  public record Member(char rank, String finding) {
    private String text() {
      return rank + finding;
    }
  }

  public void addMember(long asset, String item, Member member) {
    table.put(Keys.of(Keys.MEMBER, asset, item, member.text()), new byte[0]);
  }

  public void removeMember(long asset, String item, Member member) {
    table.delete(Keys.of(Keys.MEMBER, asset, item, member.text()));
  }

  /** A page of the findings of an item, by rank. */
  public List<Member> members(long asset, String item, Member after, int limit) {
    byte[] prefix = Keys.of(Keys.MEMBER, asset, item, "");
    byte[] from = after == null ? null : Keys.of(Keys.MEMBER, asset, item, after.text());
    return table.page(prefix, from, limit).stream()
        .map(entry -> Keys.textAfter(entry.key(), prefix.length))
        .map(text -> new Member(text.charAt(0), text.substring(1)))
        .toList();
  }

  /** What the findings of an item come to, or null. */
  public TallyRow tally(long asset, String item) {
    return tallies.decode(table.get(Keys.of(Keys.TALLY, asset, item)));
  }

  public void putTally(long asset, String item, TallyRow row) {
    table.put(Keys.of(Keys.TALLY, asset, item), tallies.encode(row));
  }

  /** Keeps where in a file a finding is; null forgets it. */
  public void putSpot(long asset, long file, String finding, SpotRow row) {
    byte[] key = Keys.of(Keys.SPOT, asset, spotKey(file, finding));
    if (row == null) {
      table.delete(key);
    } else {
      table.put(key, spots.encode(row));
    }
  }

  /** A page of the places of findings in a file, by finding. */
  public List<KeyedSpot> spots(long asset, long file, String after, int limit) {
    byte[] prefix = Keys.of(Keys.SPOT, asset, spotKey(file, ""));
    byte[] from = after == null ? null : Keys.of(Keys.SPOT, asset, spotKey(file, after));
    return table.page(prefix, from, limit).stream()
        .map(
            entry ->
                new KeyedSpot(
                    Keys.textAfter(entry.key(), prefix.length), spots.decode(entry.value())))
        .toList();
  }

  private static byte[] spotKey(long file, String finding) {
    byte[] id = finding.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + id.length).putLong(file).put(id).array();
  }

  public SeriesRow series(long asset, long seriesId) {
    return series.decode(table.get(Keys.of(Keys.SERIES, asset, seriesId)));
  }

  public void putSeries(long asset, SeriesRow row) {
    table.put(Keys.of(Keys.SERIES, asset, row.getSeriesId()), series.encode(row));
  }

  /** Every series of an asset. */
  public List<SeriesRow> allSeries(long asset) {
    return page(Keys.of(Keys.SERIES, asset), series, 10_000);
  }

  /** A version of a package at a place, as a series shows it; null if it does not. */
  public ShownRow shown(
      long asset, byte[] atom, long seriesId, String subject, String version, String place) {
    return shown.decode(table.get(shownKey(asset, atom, seriesId, subject, version, place)));
  }

  /** Keeps what a series shows of the package that an atom is about; forgets it without claims. */
  public void putShown(long asset, byte[] atom, long seriesId, ShownRow row) {
    byte[] key =
        shownKey(asset, atom, seriesId, row.getSubject(), row.getVersion(), row.getPlace());
    if (row.getClaims() == 0) {
      table.delete(key);
    } else {
      table.put(key, shown.encode(row));
    }
  }

  private static byte[] shownKey(
      long asset, byte[] atom, long seriesId, String subject, String version, String place) {
    return Keys.of(
        Keys.SHOWN,
        asset,
        ByteBuffer.allocate(SUBJECT + 16)
            .put(atom, 0, SUBJECT)
            .putLong(seriesId)
            .putLong(Hashes.of8(subject, version, place))
            .array());
  }

  /** What a series shows of a package now. */
  public record KeyedShown(long series, ShownRow row) {}

  /** What all series show of the package that an atom is about, as many as the limit. */
  public List<KeyedShown> shownBeside(long asset, byte[] atom, int limit) {
    byte[] prefix = Keys.of(Keys.SHOWN, asset, Arrays.copyOf(atom, SUBJECT));
    return table.page(prefix, null, limit).stream()
        .map(
            entry ->
                new KeyedShown(
                    ByteBuffer.wrap(entry.key(), prefix.length, 8).getLong(),
                    shown.decode(entry.value())))
        .toList();
  }

  /** Ordinals that the series claims now. */
  public RoaringBitmap live(long seriesId) {
    return Marks.of(table.get(Keys.of(Keys.LIVE, seriesId)));
  }

  public void putLive(long seriesId, RoaringBitmap marks) {
    table.put(Keys.of(Keys.LIVE, seriesId), Marks.bytes(marks));
  }

  /** Ordinals that a suspicious scan did not show, or null if none is held. */
  public RoaringBitmap held(long seriesId) {
    byte[] bytes = table.get(Keys.of(Keys.HELD, seriesId));
    return bytes == null ? null : Marks.of(bytes);
  }

  /** Holds what a suspicious scan did not show; null lets go of it. */
  public void putHeld(long seriesId, RoaringBitmap marks) {
    byte[] key = Keys.of(Keys.HELD, seriesId);
    if (marks != null) {
      table.put(key, Marks.bytes(marks));
    } else if (table.get(key) != null) {
      table.delete(key);
      table.delete(Keys.of(Keys.HELD_SCAN, seriesId));
    }
  }

  /** The suspicious scan that waits to be confirmed, or null. */
  public HeldScanRow heldScan(long seriesId) {
    return heldScans.decode(table.get(Keys.of(Keys.HELD_SCAN, seriesId)));
  }

  public void putHeldScan(long seriesId, HeldScanRow row) {
    table.put(Keys.of(Keys.HELD_SCAN, seriesId), heldScans.encode(row));
  }

  public LineRow line(long asset, String line) {
    return lines.decode(table.get(Keys.of(Keys.LINE, asset, Hashes.of8(line))));
  }

  public void putLine(long asset, LineRow row) {
    table.put(Keys.of(Keys.LINE, asset, Hashes.of8(row.getLine())), lines.encode(row));
  }

  public AssetRow asset(long asset) {
    return assets.decode(table.get(Keys.of(Keys.ASSET, asset)));
  }

  public void putAsset(long asset, AssetRow row) {
    table.put(Keys.of(Keys.ASSET, asset), assets.encode(row));
  }

  /** A page of all assets of the partition. */
  public List<AssetRow> assets(Long after, int limit) {
    byte[] from = after == null ? null : Keys.of(Keys.ASSET, after);
    return table.page(Keys.of(Keys.ASSET), from, limit).stream()
        .map(entry -> assets.decode(entry.value()))
        .toList();
  }

  /** What the team says of the asset, or null. */
  public AssetProfile profile(long asset) {
    return profiles.decode(table.get(Keys.of(Keys.PROFILE, asset)));
  }

  /** Keeps what the team says of the asset; null forgets it. */
  public void putProfile(long asset, AssetProfile profile) {
    byte[] key = Keys.of(Keys.PROFILE, asset);
    if (profile == null) {
      table.delete(key);
    } else {
      table.put(key, profiles.encode(profile));
    }
  }

  private <T extends SpecificRecordBase> List<T> page(byte[] prefix, RowCodec<T> codec, int limit) {
    return table.page(prefix, null, limit).stream().map(e -> codec.decode(e.value())).toList();
  }
}
