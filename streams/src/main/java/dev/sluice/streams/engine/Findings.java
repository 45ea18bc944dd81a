package dev.sluice.streams.engine;

import dev.sluice.events.Decision;
import dev.sluice.events.DecisionRecord;
import dev.sluice.events.Finding;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FindingStatus;
import dev.sluice.events.ItemKind;
import dev.sluice.streams.rules.finding.FindingAssembly;
import dev.sluice.streams.rules.finding.Resolution;
import dev.sluice.streams.rules.identity.Atom;
import dev.sluice.streams.rules.item.ItemKey;
import dev.sluice.streams.rules.life.Revisions;
import dev.sluice.streams.rules.life.Shallow;
import dev.sluice.streams.rules.policy.PolicyFacts;
import dev.sluice.streams.state.Facts.KeyedAtom;
import dev.sluice.streams.state.RowCodec;
import dev.sluice.streams.state.State;
import dev.sluice.streams.state.row.AtomRow;
import dev.sluice.streams.state.row.FindingRow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is the same, and whether somebody must act. Looks at everything about one subject (a package
 * of an asset) at a time, because alias statements about it can merge or split its findings.
 */
final class Findings {
  /** A step of work: a slice is asked for the time between two of them. */
  private static final int FINDINGS_A_STEP = 32;

  /** A subject of very many findings takes about this many steps, however many they are. */
  private static final int STEPS_OF_A_SUBJECT = 16;

  /** Of a package with more findings than this, adoption is judged by the first. */
  private static final int MOST_PREVIEWED = 500;

  private final State state;
  private final Outputs outputs;
  private final EngineSettings settings;
  private final Judgement judgement;
  private final Counters counters;
  private final Evidence evidence;
  private final Disclosures disclosures;
  private final Links links;
  private final Members members;
  private final RowCodec<Finding> findings = new RowCodec<>(Finding.class);
  private Pending pending;
  private int subjectSize;

  Findings(State state, Knowledge knowledge, Outputs outputs, EngineSettings settings) {
    this.state = state;
    this.outputs = outputs;
    this.settings = settings;
    this.judgement = new Judgement(knowledge);
    this.counters = new Counters(state);
    this.evidence = new Evidence(state);
    this.disclosures = new Disclosures(state, settings.embargoed());
    this.links = new Links(state);
    this.members = new Members(state);
  }

  /** Another slice begins: what is left of a subject is worked out anew from its marks. */
  void beginSlice() {
    pending = null;
  }

  /** Whether a subject is settled in part. */
  boolean isSettling() {
    return pending != null;
  }

  /**
   * The marked atoms about one subject become findings; their marks are taken away. Of a subject
   * with very many findings this settles the first; {@link #goOn} settles the next.
   */
  void settle(Work work, byte[] anyAtom) {
    Set<ByteBuffer> marked = marked(work, anyAtom);
    pending = new Pending(touched(work, anyAtom, marked), marked);
    pending.markAll(atom -> state.order().markAtom(work.key, atom.array()));
    pending.settledAlready().forEach(atom -> state.order().clearAtom(work.key, atom.array()));
    goOn(work);
  }

  /** Settles some more findings of the subject that is being settled. */
  void goOn(Work work) {
    // Each slice works out anew what is left: a step must be worth that.
    int most = Math.max(FINDINGS_A_STEP, subjectSize / STEPS_OF_A_SUBJECT);
    for (int i = 0; i < most && pending.hasNext(); i++) {
      Group group = pending.next();
      settle(work, group);
      pending.settled(group).forEach(atom -> state.order().clearAtom(work.key, atom.array()));
    }
    if (!pending.hasNext()) {
      pending = null;
    }
  }

  /**
   * The finding of code that is nowhere any more becomes that of equal code elsewhere, which nobody
   * has seen before.
   */
  void rename(Work work, byte[] gone, byte[] appeared) {
    AtomRow from = state.facts().atom(work.key, gone);
    String former = from == null || from.getFindings().isEmpty() ? null : from.getFindings().get(0);
    FindingRow row = former == null ? null : state.facts().finding(work.key, former);
    Optional<Group> to =
        grouped(work, appeared).stream()
            .filter(group -> group.hasAnyOf(Set.of(ByteBuffer.wrap(appeared))))
            .findFirst();
    if (row == null
        || to.isEmpty()
        || state.facts().finding(work.key, to.get().id()) != null
        || evidence.isPresent(work, gone)) {
      return;
    }
    Finding finding = findings.decode(row.getFinding());
    if (finding.getMovedTo() == null && finding.getStatus() != FindingStatus.RESOLVED) {
      evidence.since(work, appeared, finding.getFirstSeen());
      move(work, former, to.get().id());
    }
  }

  /** Says to which items the findings of a file belong that several tools may have reported. */
  void link(Work work, long file) {
    links.settle(work, file);
  }

  /**
   * Whether settling this subject would let through findings, and as which items; changes nothing.
   *
   * @param most more items than this need not be counted
   */
  Set<String> preview(Work work, byte[] anyAtom, int most) {
    Set<ByteBuffer> marked = marked(work, anyAtom);
    Set<String> items = new TreeSet<>();
    int looked = 0;
    for (Group group : grouped(work, anyAtom)) {
      if (items.size() > most || looked == MOST_PREVIEWED) {
        break;
      }
      if (group.hasAnyOf(marked)) {
        looked++;
        Finding finding = judged(work, group, List.of()).finding();
        if (finding.getDecision().getActionable() && ItemKey.mayJoinBaseline(finding)) {
          items.add(ItemKey.of(finding, false).id());
        }
      }
    }
    return items;
  }

  private List<Group> grouped(Work work, byte[] anyAtom) {
    return Group.of(work.asset, state.facts().atomsBeside(work.key, anyAtom));
  }

  private Set<ByteBuffer> marked(Work work, byte[] anyAtom) {
    return state.order().markedBeside(work.key, anyAtom).stream()
        .map(ByteBuffer::wrap)
        .collect(Collectors.toSet());
  }

  /** A finding with its decision, and the series that claim it. */
  private record Judged(
      Finding finding, PolicyFacts facts, List<Long> claimedBy, Set<Long> again) {}

  /** Groups with a marked atom, and groups that won or lost one; relabels atoms on the way. */
  private List<Group> touched(Work work, byte[] anyAtom, Set<ByteBuffer> marked) {
    List<Group> all = grouped(work, anyAtom);
    subjectSize = all.size();
    Set<String> ids = all.stream().map(Group::id).collect(Collectors.toSet());
    Set<String> lost = new TreeSet<>();
    Set<String> touched = new TreeSet<>();
    labels(all)
        .forEach(
            (atom, labels) -> {
              List<String> before = atom.row().getFindings();
              if (!labels.equals(before)) {
                atom.row().setFindings(labels);
                state.facts().putAtom(work.key, atom.key(), atom.row());
                labels.stream().filter(id -> !before.contains(id)).forEach(touched::add);
                before.stream().filter(id -> !labels.contains(id)).forEach(lost::add);
              }
              if (marked.contains(ByteBuffer.wrap(atom.key()))) {
                touched.addAll(labels);
              }
            });
    for (Group group : all) {
      for (String former : lost) {
        if (!ids.contains(former) && group.atoms().stream().anyMatch(a -> isOf(work, a, former))) {
          move(work, former, group.id());
        }
      }
    }
    return all.stream()
        .filter(
            group ->
                touched.contains(group.id()) || lost.contains(group.id()) || isRenamed(work, group))
        .toList();
  }

  /** The ids of the groups that each atom is in, sorted. */
  private static Map<KeyedAtom, List<String>> labels(List<Group> groups) {
    Map<KeyedAtom, List<String>> labels = new IdentityHashMap<>();
    for (Group group : groups) {
      for (KeyedAtom atom : group.atoms()) {
        labels.computeIfAbsent(atom, k -> new ArrayList<>()).add(group.id());
      }
    }
    labels.values().forEach(ids -> ids.sort(null));
    return labels;
  }

  /** Whether alias statements about others gave the group other names, or took some away. */
  private boolean isRenamed(Work work, Group group) {
    FindingRow row = state.facts().finding(work.key, group.id());
    return row != null
        && !group.names().isEmpty()
        && !findings.decode(row.getFinding()).getAliases().equals(group.aliases());
  }

  private static Finding gone(Finding finding) {
    Finding gone = Shallow.copy(finding, new Finding());
    gone.setDecision(Decision.newBuilder(finding.getDecision()).setActionable(false).build());
    return gone;
  }

  private boolean isOf(Work work, KeyedAtom atom, String finding) {
    FindingRow row = state.facts().finding(work.key, finding);
    return row != null
        && row.getAtoms().stream().anyMatch(key -> Arrays.equals(key.array(), atom.key()));
  }

  /** A finding whose atoms all went to others stays as a signpost for good. */
  private void move(Work work, String former, String to) {
    FindingRow row = state.facts().finding(work.key, former);
    Finding finding = findings.decode(row.getFinding());
    if (finding.getMovedTo() != null) {
      return;
    }
    counters.replace(work, former, row, finding, null, null, List.of());
    links.note(work, finding, gone(finding));
    boolean ofItsOwn = ItemKey.of(finding, row.getBaseline()).kind() == ItemKind.FINDING;
    String item = ofItsOwn ? finding.getItem() : null;
    FindingRow heir = state.facts().finding(work.key, to);
    leave(
        work,
        finding,
        true,
        heir == null ? null : findings.decode(heir.getFinding()).getItem(),
        null);
    finding.setMovedTo(to);
    finding.setStatus(FindingStatus.RESOLVED);
    finding.setResolution("moved");
    finding.setItem(null);
    finding.setLines(List.of());
    finding.setRevision(finding.getRevision() + 1);
    finding.setUpdatedAt(work.now);
    finding.setContentHash(Revisions.hash(finding));
    row.setFinding(findings.wrap(finding));
    row.setClaimedBy(List.of());
    row.setCounted(false);
    state.facts().putFinding(work.key, former, row);
    outputs.finding(finding);
    inherit(work, former, to, finding, row, item);
  }

  /**
   * The finding that takes over keeps the first sight, the earlier id and the item of the former
   * one.
   */
  private void inherit(
      Work work, String former, String to, Finding from, FindingRow fromRow, String item) {
    FindingRow row = state.facts().finding(work.key, to);
    Finding heir;
    if (row == null) {
      heir = Finding.newBuilder(from).build();
      heir.setId(to);
      heir.setMovedTo(null);
      heir.setFormerIds(new ArrayList<>());
      heir.setRevision(0);
      heir.setContentHash("");
      heir.setDecision(null);
      row = FindingRow.newBuilder(fromRow).setAtoms(List.of()).setClaimedBy(List.of()).build();
    } else {
      heir = findings.decode(row.getFinding());
      if (heir.getMovedTo() != null) {
        heir.setStatus(FindingStatus.UNKNOWN); // it was a signpost, and was never resolved
      }
    }
    if (row.getKeptItem() == null && (heir.getItem() == null || heir.getRevision() == 0)) {
      row.setKeptItem(item);
    }
    Set<String> formers = new TreeSet<>(heir.getFormerIds());
    formers.add(former);
    formers.addAll(from.getFormerIds());
    formers.remove(to);
    heir.setFormerIds(List.copyOf(formers));
    heir.setMovedTo(null);
    row.setFinding(findings.wrap(heir));
    state.facts().putFinding(work.key, to, row);
  }

  private void settle(Work work, Group group) {
    FindingRow beforeRow = state.facts().finding(work.key, group.id());
    Finding before = beforeRow == null ? null : findings.decode(beforeRow.getFinding());
    Judged judged = judged(work, group, before == null ? List.of() : before.getFormerIds());
    Finding now = judged.finding();
    judged.again().forEach(series -> state.order().putAgain(series, group.atoms().get(0).key()));
    boolean existed = before != null && before.getRevision() > 0;
    // A finding that was only merged into another one and stands alone again was there all along.
    boolean wasThere =
        existed && (before.getStatus() != FindingStatus.RESOLVED || before.getMovedTo() != null);
    boolean isThere = now.getStatus() != FindingStatus.RESOLVED;
    if (existed && before.getMovedTo() != null && !isThere) {
      return; // a signpost, and nobody sees the finding at its former place
    }
    if (!existed && !isThere) {
      return; // only ever claimed as fixed or passed: nothing that anybody has to know
    }
    now.setEpisode(
        !existed ? 1 : !wasThere && isThere ? before.getEpisode() + 1 : before.getEpisode());
    now.setRevision(existed ? before.getRevision() : 0);
    now.setGeneration(settings.generation());
    boolean heir = before != null && !existed;
    if (isThere && !wasThere && !heir) {
      work.newFindings++;
    } else if (wasThere && !isThere) {
      work.fixedFindings++;
    }
    if (!isThere) {
      now.setResolvedAt(wasThere ? work.now : before.getResolvedAt());
    }
    FindingRow row =
        FindingRow.newBuilder()
            .setFinding(ByteBuffer.allocate(0))
            .setAtoms(group.atoms().stream().map(a -> ByteBuffer.wrap(a.key())).toList())
            .setClaimedBy(judged.claimedBy())
            .setActionableSince(since(beforeRow, now, work))
            .setOpenedBy(
                beforeRow != null && (wasThere || heir || !isThere)
                    ? beforeRow.getOpenedBy()
                    : work.scanned)
            .setBaseline(
                work.adopting && !existed
                    || beforeRow != null && (wasThere || heir) && beforeRow.getBaseline())
            .build();
    now.setDue(
        Disclosures.due(now, judgement.due(judged.facts(), now, row.getActionableSince()).due()));
    row.setKeptItem(beforeRow == null ? null : beforeRow.getKeptItem());
    now.setItem(now.getDecision().getActionable() ? itemOf(now, row) : null);
    now.setContentHash(Revisions.hash(now));
    boolean changed = !existed || !now.getContentHash().equals(before.getContentHash());
    counters.replace(
        work, group.id(), beforeRow, before, now, row.getOpenedBy(), judged.claimedBy());
    counters.copyInto(row, now);
    if (changed) {
      now.setRevision(now.getRevision() + 1);
      now.setUpdatedAt(work.now);
      now.setTraceparent(work.cause.traceparent());
      join(work, before, now);
      links.note(work, before, now);
      outputs.finding(now);
      if (disclosures.isDisclosed(before, now)) {
        disclosures.publish(now, work.now).forEach(outputs::disclosed);
      }
      decide(work, before, now, judged.facts());
    } else {
      now.setUpdatedAt(before.getUpdatedAt());
      if (work.cause.isProfile() && now.getItem() != null) {
        state.order().markItem(work.key, now.getItem()); // it may have another owner
      }
    }
    row.setFinding(findings.wrap(compact(now)));
    if (changed || !row.equals(beforeRow)) {
      state.facts().putFinding(work.key, group.id(), row);
    }
  }

  private static String itemOf(Finding finding, FindingRow row) {
    ItemKey own = ItemKey.of(finding, row.getBaseline());
    boolean kept = own.kind() == ItemKind.FINDING && row.getKeptItem() != null;
    return kept ? row.getKeptItem() : own.id();
  }

  private static long since(FindingRow before, Finding now, Work work) {
    if (!now.getDecision().getActionable()) {
      return 0;
    }
    return before != null && before.getActionableSince() > 0
        ? before.getActionableSince()
        : work.now.toEpochMilli();
  }

  private void decide(Work work, Finding before, Finding now, PolicyFacts facts) {
    Decision earlier = before == null ? null : before.getDecision();
    if (sameDecision(earlier, now.getDecision())) {
      return;
    }
    outputs.decision(
        DecisionRecord.newBuilder()
            .setFindingId(now.getId())
            .setAsset(now.getAsset())
            .setRevision(now.getRevision())
            .setAt(work.now)
            .setBefore(earlier)
            .setAfter(now.getDecision())
            .setFacts(facts.asText())
            .setCause(work.cause.cause())
            .setCauseId(work.cause.id())
            .build());
  }

  private static boolean sameDecision(Decision a, Decision b) {
    return a != null
        && a.getActionable() == b.getActionable()
        && a.getRule().equals(b.getRule())
        && a.getReason().equals(b.getReason());
  }

  /** Moves the finding to the item it belongs to now, and has its items put together again. */
  private void join(Work work, Finding before, Finding now) {
    String from = before == null ? null : before.getItem();
    String to = now.getItem();
    if (from != null && !from.equals(to)) {
      boolean resolved = now.getStatus() == FindingStatus.RESOLVED;
      leave(work, before, !resolved || isWithdrawn(now), to, resolved ? now.getResolution() : null);
    }
    if (to != null) {
      if (to.equals(from)) {
        members.leave(work, before);
      }
      members.join(work, now);
      state.order().markItem(work.key, to);
    }
  }

  /** Nobody fixed it: what has it is no longer run. */
  private static boolean isWithdrawn(Finding finding) {
    return Resolution.ASSET_RETIRED.equals(finding.getResolution());
  }

  private void leave(Work work, Finding finding, boolean stillThere, String to, String resolution) {
    if (finding.getItem() != null) {
      members.leave(work, finding);
      String why = resolution == null ? null : Resolution.sentence(resolution);
      Items.noteLeaving(state, work.key, finding.getItem(), stillThere, to, why);
      state.order().markItem(work.key, finding.getItem());
    }
  }

  private Judged judged(Work work, Group group, List<String> formerIds) {
    Evidence.Claims claims = evidence.claims(work, group);
    Finding finding =
        FindingAssembly.assemble(
            evidence.subject(work, group), claims.all(), line -> judgement.support(work, line));
    finding.setId(group.id());
    finding.setFormerIds(formerIds);
    finding.setIdentityVersion(Atom.VERSION);
    PolicyFacts facts =
        finding.getKind() == FindingKind.DEPLOYMENT
            ? judgement.judge(work, finding, evidence.deployments(work, group))
            : judgement.judge(work, finding, group.ids(), FindingAssembly.isSetAside(claims.all()));
    disclosures.judge(work, finding, group.atoms().get(0).row(), judgement);
    return new Judged(finding, facts, claims.claimedBy(), claims.again());
  }

  /** What is needed to put items together and to compare; display text is kept with the atoms. */
  private static Finding compact(Finding finding) {
    Finding compact = Shallow.copy(finding, new Finding());
    compact.setDescription(null);
    compact.setRatings(List.of());
    compact.setReferences(finding.getReferences().stream().limit(1).toList());
    compact.setOccurrences(finding.getOccurrences().stream().limit(1).toList());
    return compact;
  }
}
