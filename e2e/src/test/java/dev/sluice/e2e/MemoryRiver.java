package dev.sluice.e2e;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionItem;
import dev.sluice.events.DecisionRecord;
import dev.sluice.events.Finding;
import dev.sluice.events.Observation;
import dev.sluice.events.ScanCompleted;
import dev.sluice.events.ScanEvent;
import dev.sluice.events.ScanPurpose;
import dev.sluice.events.ScanStarted;
import dev.sluice.events.ScanVerdict;
import dev.sluice.events.SupportMatrix;
import dev.sluice.events.Suppression;
import dev.sluice.events.TimeSource;
import dev.sluice.producers.format.Formats;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.DigestingReport;
import dev.sluice.producers.report.ReadWarning;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.Reports;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.streams.engine.Engine;
import dev.sluice.streams.engine.EngineSettings;
import dev.sluice.streams.engine.Knowledge;
import dev.sluice.streams.engine.Outputs;
import dev.sluice.streams.rules.policy.CompiledPolicy;
import dev.sluice.streams.state.MemoryTable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Readers and engine without Kafka: real reports in, findings and items out, in milliseconds. */
final class MemoryRiver implements Outputs {
  final Map<String, Finding> findings = new LinkedHashMap<>();
  final Map<String, ActionItem> items = new LinkedHashMap<>();
  final List<ActionEvent> events = new ArrayList<>();
  final List<ScanEvent> disclosed = new ArrayList<>();
  final List<ScanVerdict> verdicts = new ArrayList<>();
  final MemoryTable seen = new MemoryTable();
  final MemoryTable staging = new MemoryTable();
  final MemoryTable facts = new MemoryTable();
  final MemoryTable order = new MemoryTable();
  private final Formats formats =
      Formats.standard(
          new ReaderSettings(
              new Redactor("a key only for tests".getBytes(StandardCharsets.UTF_8), "test")));
  private final Engine engine =
      new Engine(
          new Engine.Tables(seen, staging, facts, order),
          new StandardKnowledge(),
          this,
          new EngineSettings(Duration.ofHours(1), Duration.ofHours(1), 1, false),
          Clock.systemUTC(),
          System::nanoTime);

  /** Reads a report and applies it as a scan of the head of an asset. */
  ScanVerdict publish(Path file, String asset, String version) throws Exception {
    DigestingReport report = Reports.ofFile(file);
    List<Observation> observations = new ArrayList<>();
    List<ScanFacts> scans = new ArrayList<>();
    formats
        .recognise(report)
        .read(
            report,
            new ReportHandler() {
              @Override
              public void scan(ScanFacts facts) {
                scans.add(facts);
              }

              @Override
              public void observation(Observation observation) {
                observations.add(observation);
              }

              @Override
              public void componentsSeen(long count) {}

              @Override
              public void warning(ReadWarning warning) {}
            });
    return apply(scans.get(0), observations, asset, version);
  }

  ScanVerdict apply(ScanFacts facts, List<Observation> observations, String asset, String version) {
    String scanId = UUID.randomUUID().toString();
    long seq = 0;
    ScanEvent start = event(scanId, asset, seq++);
    start.setStarted(
        ScanStarted.newBuilder()
            .setScanner(facts.scanner())
            .setFormat("")
            .setVersion(version)
            .setSeries(facts.scanner().getName())
            .setScope(facts.scope())
            .setPurpose(ScanPurpose.HEAD)
            .setTime(Instant.now())
            .setTimeSource(TimeSource.PUBLISH)
            .build());
    engine.accept(start);
    for (Observation observation : observations) {
      ScanEvent event = event(scanId, asset, seq++);
      event.setObservation(observation);
      engine.accept(event);
    }
    ScanEvent end = event(scanId, asset, seq);
    end.setCompleted(ScanCompleted.newBuilder().setCount(observations.size()).build());
    engine.accept(end);
    while (engine.advance()) {
      continue;
    }
    return verdicts.get(verdicts.size() - 1);
  }

  private static ScanEvent event(String scanId, String asset, long seq) {
    return ScanEvent.newBuilder()
        .setScanId(scanId)
        .setAttemptId(scanId)
        .setAsset(asset)
        .setSeq(seq)
        .build();
  }

  @Override
  public void finding(Finding finding) {
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
    verdicts.add(verdict);
  }

  private static final class StandardKnowledge implements Knowledge {
    private final CompiledPolicy policy = CompiledPolicy.standard();

    @Override
    public CompiledPolicy policy() {
      return policy;
    }

    @Override
    public SupportMatrix matrix(String product) {
      return null;
    }

    @Override
    public Exploited exploited(Collection<String> ids) {
      return new Exploited(false, null, null);
    }

    @Override
    public Collection<Suppression> suppressions(Collection<String> subjects) {
      return List.of();
    }
  }
}
