package dev.sluice.streams.state;

import dev.sluice.streams.rules.identity.Hashes;
import dev.sluice.streams.state.row.JobRow;
import dev.sluice.streams.state.row.KnowledgeRow;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** What is found by time, by vulnerability, by product or in turn. */
public final class Order {
  /** An item whose time has come. */
  public record Due(long at, long asset, String item) {}

  /** An atom that a vulnerability is about. */
  public record Affected(long asset, byte[] atom) {}

  /** Work that waits, and its number within the asset. */
  public record Job(long asset, long number, JobRow row) {}

  private static final byte[] NOTHING = new byte[0];

  private final Table table;
  private final RowCodec<JobRow> jobs = new RowCodec<>(JobRow.class);
  private final RowCodec<KnowledgeRow> knowledge = new RowCodec<>(KnowledgeRow.class);

  public Order(Table table) {
    this.table = table;
  }

  public void putJob(long asset, long number, JobRow row) {
    table.put(Keys.of(Keys.JOB, asset, number), jobs.encode(row));
  }

  public void removeJob(long asset, long number) {
    table.delete(Keys.of(Keys.JOB, asset, number));
  }

  /** The job of an asset whose turn it is, or null. */
  public Job nextJob(long asset) {
    return job(table.page(Keys.of(Keys.JOB, asset), null, 1));
  }

  /** The first job of the asset that comes after the given one in key order, or null. */
  public Job nextAssetJob(Long afterAsset) {
    byte[] after = afterAsset == null ? null : Keys.of(Keys.JOB, afterAsset, 0xffffffffffffffffL);
    return job(table.page(Keys.of(Keys.JOB), after, 1));
  }

  /** Every job of an asset, in order. */
  public List<Job> jobsOf(long asset) {
    return table.page(Keys.of(Keys.JOB, asset), null, Integer.MAX_VALUE).stream()
        .map(this::job)
        .toList();
  }

  private Job job(List<Table.Entry> page) {
    return page.isEmpty() ? null : job(page.get(0));
  }

  private Job job(Table.Entry entry) {
    ByteBuffer key = ByteBuffer.wrap(entry.key(), 1, 16);
    return new Job(key.getLong(), key.getLong(), jobs.decode(entry.value()));
  }

  public void markAtom(long asset, byte[] atom) {
    table.put(Keys.of(Keys.DIRTY_ATOM, asset, atom), NOTHING);
  }

  public void clearAtom(long asset, byte[] atom) {
    table.delete(Keys.of(Keys.DIRTY_ATOM, asset, atom));
  }

  /** Atoms of an asset that must be looked at, in order of what they are about. */
  public List<byte[]> markedAtoms(long asset, byte[] after, int limit) {
    byte[] from = after == null ? null : Keys.of(Keys.DIRTY_ATOM, asset, after);
    return table.page(Keys.of(Keys.DIRTY_ATOM, asset), from, limit).stream()
        .map(entry -> Arrays.copyOfRange(entry.key(), 9, entry.key().length))
        .toList();
  }

  /** Atoms that must be looked at and are about the same as the given one. */
  public List<byte[]> markedBeside(long asset, byte[] atom) {
    byte[] prefix = Keys.of(Keys.DIRTY_ATOM, asset, Arrays.copyOf(atom, 8));
    return table.page(prefix, null, Integer.MAX_VALUE).stream()
        .map(entry -> Arrays.copyOfRange(entry.key(), 9, entry.key().length))
        .toList();
  }

  public void markItem(long asset, String item) {
    table.put(Keys.of(Keys.DIRTY_ITEM, asset, item), NOTHING);
  }

  public void clearItem(long asset, String item) {
    table.delete(Keys.of(Keys.DIRTY_ITEM, asset, item));
  }

  public List<String> markedItems(long asset, String after, int limit) {
    byte[] from = after == null ? null : Keys.of(Keys.DIRTY_ITEM, asset, after);
    return table.page(Keys.of(Keys.DIRTY_ITEM, asset), from, limit).stream()
        .map(entry -> Keys.textAfter(entry.key(), 9))
        .toList();
  }

  public void markFile(long asset, long file) {
    table.put(Keys.of(Keys.DIRTY_FILE, asset, file), NOTHING);
  }

  public void clearFile(long asset, long file) {
    table.delete(Keys.of(Keys.DIRTY_FILE, asset, file));
  }

  /** A page of the files in which places of findings have changed. */
  public List<Long> markedFiles(long asset, Long after, int limit) {
    byte[] from = after == null ? null : Keys.of(Keys.DIRTY_FILE, asset, (long) after);
    return table.page(Keys.of(Keys.DIRTY_FILE, asset), from, limit).stream()
        .map(entry -> ByteBuffer.wrap(entry.key(), 9, 8).getLong())
        .toList();
  }

  /** Code that a scan shows for the first time, or no longer: the same may be in a renamed file. */
  public record Moving(long code, boolean gone, byte[] atom) {}

  public void putMoving(long asset, Moving moving) {
    table.put(key(asset, moving), NOTHING);
  }

  public void removeMoving(long asset, Moving moving) {
    table.delete(key(asset, moving));
  }

  private static byte[] key(long asset, Moving moving) {
    return Keys.of(
        Keys.MOVING,
        asset,
        ByteBuffer.allocate(9 + moving.atom().length)
            .putLong(moving.code())
            .put((byte) (moving.gone() ? 0 : 1))
            .put(moving.atom())
            .array());
  }

  /** The first of an asset's pieces of code that came or went, those of equal code together. */
  public List<Moving> moving(long asset, int limit) {
    return table.page(Keys.of(Keys.MOVING, asset), null, limit).stream()
        .map(
            entry ->
                new Moving(
                    ByteBuffer.wrap(entry.key(), 9, 8).getLong(),
                    entry.key()[17] == 0,
                    Arrays.copyOfRange(entry.key(), 18, entry.key().length)))
        .toList();
  }

  public void putDue(Due due) {
    table.put(key(due), NOTHING);
  }

  public void removeDue(Due due) {
    table.delete(key(due));
  }

  private static byte[] key(Due due) {
    byte[] item = due.item().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return Keys.of(
        Keys.DUE,
        due.at(),
        ByteBuffer.allocate(8 + item.length).putLong(due.asset()).put(item).array());
  }

  /** Items whose time is not after the given one, earliest first. */
  public List<Due> dueUntil(long time, int limit) {
    return table.page(Keys.of(Keys.DUE), null, limit).stream()
        .map(
            entry -> {
              ByteBuffer key = ByteBuffer.wrap(entry.key(), 1, 16);
              return new Due(key.getLong(), key.getLong(), Keys.textAfter(entry.key(), 17));
            })
        .takeWhile(due -> due.at() <= time)
        .toList();
  }

  public void indexVulnerability(String id, long asset, byte[] atom) {
    table.put(
        Keys.of(
            Keys.VULNERABILITY,
            Hashes.of8(id),
            ByteBuffer.allocate(8 + atom.length).putLong(asset).put(atom).array()),
        NOTHING);
  }

  /** A page of the atoms a vulnerability is about. */
  public List<Affected> affected(String id, Affected after, int limit) {
    long hash = Hashes.of8(id);
    byte[] from =
        after == null
            ? null
            : Keys.of(
                Keys.VULNERABILITY,
                hash,
                ByteBuffer.allocate(8 + after.atom().length)
                    .putLong(after.asset())
                    .put(after.atom())
                    .array());
    return table.page(Keys.of(Keys.VULNERABILITY, hash), from, limit).stream()
        .map(
            entry ->
                new Affected(
                    ByteBuffer.wrap(entry.key(), 9, 8).getLong(),
                    Arrays.copyOfRange(entry.key(), 17, entry.key().length)))
        .toList();
  }

  /** A finding of a series that somebody must act on, and what tells whether it fails a gate. */
  public record Failing(String finding, byte[] gate) {}

  public void putFailing(long series, Failing failing) {
    table.put(Keys.of(Keys.FAILING, series, failing.finding()), failing.gate());
  }

  public void removeFailing(long series, String finding) {
    table.delete(Keys.of(Keys.FAILING, series, finding));
  }

  /** A page of the findings of a series that somebody must act on, by finding. */
  public List<Failing> failing(long series, String after, int limit) {
    byte[] from = after == null ? null : Keys.of(Keys.FAILING, series, after);
    return table.page(Keys.of(Keys.FAILING, series), from, limit).stream()
        .map(entry -> new Failing(Keys.textAfter(entry.key(), 9), entry.value()))
        .toList();
  }

  public KnowledgeRow knowledge(String kind, String name) {
    return knowledge.decode(table.get(Keys.of(Keys.KNOWLEDGE, kind + ':' + name)));
  }

  public void putKnowledge(KnowledgeRow row) {
    table.put(Keys.of(Keys.KNOWLEDGE, row.getKind() + ':' + row.getName()), knowledge.encode(row));
  }

  /** Every revision of reference data that this partition has acted on. */
  public List<KnowledgeRow> allKnowledge() {
    return table.page(Keys.of(Keys.KNOWLEDGE), null, Integer.MAX_VALUE).stream()
        .map(entry -> knowledge.decode(entry.value()))
        .toList();
  }

  /** Revisions of which the data has not arrived yet. */
  public List<KnowledgeRow> awaited() {
    return table.page(Keys.of(Keys.AWAITED), null, Integer.MAX_VALUE).stream()
        .map(entry -> knowledge.decode(entry.value()))
        .toList();
  }

  public void putAwaited(KnowledgeRow row) {
    table.put(Keys.of(Keys.AWAITED, row.getKind() + ':' + row.getName()), knowledge.encode(row));
  }

  public void removeAwaited(KnowledgeRow row) {
    table.delete(Keys.of(Keys.AWAITED, row.getKind() + ':' + row.getName()));
  }

  /** Has an atom looked at again when a series has been scanned again, whatever it says. */
  public void putAgain(long series, byte[] atom) {
    table.put(Keys.of(Keys.AGAIN, series, atom), NOTHING);
  }

  /**
   * Marks the atoms that wait for a scan of the series, a page at a time.
   *
   * @return whether none is left
   */
  public boolean markAgain(long asset, long series, int limit) {
    List<Table.Entry> page = table.page(Keys.of(Keys.AGAIN, series), null, limit);
    for (Table.Entry entry : page) {
      markAtom(asset, Arrays.copyOfRange(entry.key(), 9, entry.key().length));
      table.delete(entry.key());
    }
    return page.size() < limit;
  }

  /** A sweep over all assets that a change of knowledge began: what changed, and how far it got. */
  public record Sweep(KnowledgeRow knowledge, Long afterAsset) {}

  /** The first sweep under way, or null. */
  public Sweep sweep() {
    List<Table.Entry> page = table.page(Keys.of(Keys.SWEEP), null, 1);
    if (page.isEmpty()) {
      return null;
    }
    ByteBuffer value = ByteBuffer.wrap(page.get(0).value());
    boolean begun = value.get() == 1;
    long after = value.getLong();
    byte[] row = new byte[value.remaining()];
    value.get(row);
    return new Sweep(knowledge.decode(row), begun ? after : null);
  }

  public void putSweep(Sweep sweep) {
    byte[] row = knowledge.encode(sweep.knowledge());
    table.put(
        sweepKey(sweep),
        ByteBuffer.allocate(9 + row.length)
            .put((byte) (sweep.afterAsset() == null ? 0 : 1))
            .putLong(sweep.afterAsset() == null ? 0 : sweep.afterAsset())
            .put(row)
            .array());
  }

  public void removeSweep(Sweep sweep) {
    table.delete(sweepKey(sweep));
  }

  private static byte[] sweepKey(Sweep sweep) {
    return Keys.of(Keys.SWEEP, sweep.knowledge().getKind() + ':' + sweep.knowledge().getName());
  }
}
