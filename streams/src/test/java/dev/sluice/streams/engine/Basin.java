package dev.sluice.streams.engine;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionItem;
import dev.sluice.events.AssetProfile;
import dev.sluice.events.DecisionRecord;
import dev.sluice.events.Finding;
import dev.sluice.events.ScanEvent;
import dev.sluice.events.ScanVerdict;
import dev.sluice.events.SupportMatrix;
import dev.sluice.events.Suppression;
import dev.sluice.streams.Scans;
import dev.sluice.streams.rules.policy.CompiledPolicy;
import dev.sluice.streams.state.MemoryTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** An engine over tables in memory, that can be broken off after every slice. */
final class Basin implements Outputs {
  static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  final List<Finding> findingRevisions = new ArrayList<>();
  final Map<String, Finding> findings = new TreeMap<>();
  final Map<String, ActionItem> items = new TreeMap<>();
  final List<ActionEvent> events = new ArrayList<>();
  final List<ScanEvent> disclosed = new ArrayList<>();
  final List<ScanVerdict> verdicts = new ArrayList<>();
  final MemoryTable seen = new MemoryTable();
  final MemoryTable staging = new MemoryTable();
  final MemoryTable facts = new MemoryTable();
  final MemoryTable order = new MemoryTable();
  private final List<Changelog> logs =
      List.of(
          new Changelog(seen, false),
          new Changelog(staging, true),
          new Changelog(facts, false),
          new Changelog(order, false));
  SupportMatrix matrix;
  private final AtomicLong ticks = new AtomicLong();
  private boolean breaksOff;
  private boolean embargoed;
  private Engine engine;

  Basin() {
    this(false);
  }

  /**
   * @param breaksOff every slice is one step, and behind each the engine is thrown away and made
   *     anew from the tables, as after a crash behind a commit
   */
  Basin(boolean breaksOff) {
    this.breaksOff = breaksOff;
    renew();
  }

  /** From now on it is about vulnerabilities that were reported in private. */
  void embargo() {
    embargoed = true;
    renew();
  }

  private void renew() {
    engine =
        new Engine(
            new Engine.Tables(logs.get(0), logs.get(1), logs.get(2), logs.get(3)),
            new Standard(),
            this,
            new EngineSettings(Duration.ofNanos(1), Duration.ofHours(1), 1, embargoed),
            Clock.fixed(NOW, ZoneOffset.UTC),
            () -> breaksOff ? ticks.incrementAndGet() : 0L);
  }

  void profile(AssetProfile profile) {
    engine.profile(profile.getAsset(), profile);
    settle();
  }

  void accept(ScanEvent event) {
    engine.accept(event);
    if (breaksOff) {
      renew();
    }
  }

  /** One slice of one step, and then an engine that knows only the tables. */
  void sliceOnceAndCrash() {
    breaksOff = true;
    engine.advance();
    breaksOff = false;
    renew();
  }

  /** Writes what caches hold, as a commit does. */
  void commit() {
    logs.forEach(Changelog::commit);
  }

  /** Bytes that the changelogs got so far. */
  long logged() {
    return logs.stream().mapToLong(Changelog::bytes).sum();
  }

  /** Records that the changelogs got so far. */
  long records() {
    return logs.stream().mapToLong(Changelog::records).sum();
  }

  /** How often the stores were asked for a row or a page. */
  long reads() {
    return logs.stream().mapToLong(Changelog::reads).sum();
  }

  void settle() {
    while (engine.advance()) {
      if (breaksOff) {
        renew();
      }
    }
  }

  void send(Scans.Scan scan) {
    scan.events(NOW).forEach(this::accept);
    settle();
  }

  /** What a consumer of the results sees, without what only counts the writes. */
  List<String> picture() {
    List<String> picture = new ArrayList<>();
    for (Finding finding : findings.values()) {
      if (finding.getMovedTo() == null) {
        Finding bare = Finding.newBuilder(finding).build();
        bare.setRevision(0);
        bare.setFormerIds(List.of());
        bare.setContentHash("");
        picture.add(bare.toString());
      }
    }
    for (ActionItem item : items.values()) {
      ActionItem bare = ActionItem.newBuilder(item).build();
      bare.setRevision(0);
      if (item.getStatus() == dev.sluice.events.ItemStatus.OPEN) {
        picture.add(bare.toString());
      }
    }
    return picture;
  }

  @Override
  public void finding(Finding finding) {
    findingRevisions.add(finding);
    findings.put(finding.getId(), finding);
  }

  @Override
  public void decision(DecisionRecord decision) {}

  @Override
  public void item(ActionItem item) {
    items.put(item.getId(), item);
  }

  @Override
  public void event(ActionEvent event) {
    events.add(event);
  }

  @Override
  public void disclosed(ScanEvent event) {
    disclosed.add(event);
  }

  @Override
  public void verdict(ScanVerdict verdict) {
    verdict.setAttemptId(""); // a random one
    verdicts.add(verdict);
  }

  private final class Standard implements Knowledge {
    private static final CompiledPolicy POLICY = CompiledPolicy.standard();

    @Override
    public CompiledPolicy policy() {
      return POLICY;
    }

    @Override
    public SupportMatrix matrix(String product) {
      return matrix;
    }

    @Override
    public Exploited exploited(Collection<String> ids) {
      return Exploited.NO;
    }

    @Override
    public Collection<Suppression> suppressions(Collection<String> subjects) {
      return List.of();
    }
  }
}
