package dev.sluice.app.demo;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.client.GatewayOutlet;
import dev.sluice.app.client.Outlet;
import dev.sluice.app.client.Outlet.Sent;
import dev.sluice.app.client.Patience;
import dev.sluice.app.demo.DemoTally.Published;
import dev.sluice.app.feed.FeedFile;
import dev.sluice.app.knowledge.SupportMatrixFile;
import dev.sluice.app.service.OneProcess;
import dev.sluice.app.topic.TopicTable;
import dev.sluice.events.ActionItem;
import dev.sluice.events.Finding;
import dev.sluice.events.ScanPurpose;
import dev.sluice.events.ScanVerdict;
import dev.sluice.producers.publish.PublishRequest;
import dev.sluice.producers.report.DigestingReport;
import dev.sluice.producers.report.Reports;
import dev.sluice.streams.knowledge.FeedLoader;
import dev.sluice.streams.knowledge.FeedResult;
import dev.sluice.streams.knowledge.KnowledgePublisher;
import dev.sluice.topics.Topic;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;

/** Publishes what the plan says, as anybody would, and reads from the topics what came of it. */
final class Demo {
  private static final Duration VERDICTS = Duration.ofMinutes(2);
  private static final Duration EVENTS = Duration.ofSeconds(5);
  private static final Duration STEP = Duration.ofMillis(50);

  private final DemoPlan plan;
  private final OneProcess sluice;
  private final Console console;
  private final Clock clock = Clock.systemUTC();

  Demo(DemoPlan plan, OneProcess sluice, Console console) {
    this.plan = plan;
    this.sluice = sluice;
    this.console = console;
  }

  /** Loads the reference data that the plan names. */
  void loadKnowledge() {
    try (KnowledgePublisher publisher =
        KnowledgePublisher.of(sluice.settings().kafka(), sluice.serdes(), clock)) {
      for (DemoPlan.Matrix matrix : plan.matrices()) {
        publisher.load(SupportMatrixFile.read(matrix.product(), matrix.file(), clock));
        progress("loaded %s: which versions of %s are supported", matrix.file(), matrix.product());
      }
      FeedLoader loader = new FeedLoader(sluice.settings().kafka(), sluice.serdes(), publisher);
      for (Path feed : plan.intel()) {
        FeedResult result = FeedFile.load(feed, null, true, loader);
        progress("loaded %s: %d exploited vulnerabilities", feed, result.entries());
      }
    }
  }

  /**
   * Publishes all reports and waits for their verdicts.
   *
   * @param started when the process was started
   */
  DemoSummary run(long startedMillis) throws InterruptedException {
    List<Sentence> sent = publish();
    List<Published> published = verdicts(sent);
    List<Finding> findings = read(Topics.FINDINGS);
    List<ActionItem> items = read(Topics.ITEMS);
    double seconds = (clock.millis() - startedMillis) / 1000.0;
    return DemoTally.of(published, findings, items, seconds);
  }

  /**
   * Waits until the file sink has written of every item; a sink that cannot is no reason to end.
   */
  void awaitEvents(Path file, DemoSummary summary) throws InterruptedException {
    long deadline = System.nanoTime() + EVENTS.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        String events = Files.exists(file) ? Files.readString(file) : "";
        if (summary.items().stream().allMatch(item -> events.contains(item.id()))) {
          return;
        }
      } catch (IOException e) {
        return;
      }
      Thread.sleep(STEP.toMillis());
    }
  }

  /** A scan that was published. */
  private record Sentence(DemoPlan.Report report, String scanId, boolean repeated) {}

  private List<Sentence> publish() throws InterruptedException {
    List<Sentence> sent = new ArrayList<>();
    var client =
        new dev.sluice.app.client.ClientSettings(
            sluice.gateway().uri(),
            dev.sluice.settings.SecretValue.of(""),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10));
    try (Outlet gateway = new GatewayOutlet(client, Patience.real())) {
      for (DemoPlan.Report report : plan.reports()) {
        for (Outlet.Scan scan : publish(gateway, report)) {
          sent.add(new Sentence(report, scan.scanId(), scan.repeated()));
        }
      }
    }
    return sent;
  }

  private List<Outlet.Scan> publish(Outlet gateway, DemoPlan.Report report)
      throws InterruptedException {
    try (DigestingReport bytes = Reports.ofFile(report.file())) {
      Sent sent = gateway.send(bytes, request(report));
      if (sent instanceof Sent.Accepted accepted) {
        long observations = accepted.scans().stream().mapToLong(Outlet.Scan::observations).sum();
        boolean repeated = accepted.scans().stream().allMatch(Outlet.Scan::repeated);
        progress(
            repeated
                ? "%s was published before: its %d observations are not sent again"
                : "published %s: %d observations",
            name(report),
            observations);
        return accepted.scans();
      } else if (sent instanceof Sent.Refused refused) {
        throw new CommandFailure(ExitCode.UNREADABLE, refused.reason());
      } else if (sent instanceof Sent.Wrong wrong) {
        throw new CommandFailure(ExitCode.USAGE, name(report) + ": " + wrong.reason());
      }
      throw new CommandFailure(ExitCode.UNREACHABLE, ((Sent.Unreachable) sent).reason());
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, report.file() + ": cannot be read", e);
    }
  }

  private static PublishRequest request(DemoPlan.Report report) {
    try {
      return PublishRequest.builder()
          .asset(report.asset())
          .unit(report.unit())
          .version(report.version())
          .branch(report.branch())
          .scope(report.scope())
          .purpose(purpose(report))
          .scanId(UUID.randomUUID().toString())
          .build();
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, name(report) + ": " + e.getMessage(), e);
    }
  }

  private static ScanPurpose purpose(DemoPlan.Report report) {
    return report.purpose() == null
        ? null
        : ScanPurpose.valueOf(report.purpose().toUpperCase(Locale.ROOT));
  }

  private List<Published> verdicts(List<Sentence> sent) {
    long deadline = System.nanoTime() + VERDICTS.toNanos();
    List<Published> published = new ArrayList<>();
    try (TopicTable<ScanVerdict> verdicts = open(Topics.SCANS)) {
      for (Sentence scan : sent) {
        ScanVerdict verdict = verdicts.get(scan.scanId());
        while (verdict == null) {
          if (System.nanoTime() > deadline) {
            throw new CommandFailure(
                ExitCode.UNREACHABLE,
                "no verdict on " + name(scan.report()) + " came; --debug shows what happens");
          }
          verdicts.poll(STEP);
          verdict = verdicts.get(scan.scanId());
        }
        progress("verdict on %s: %s", name(scan.report()), verdict.getReason());
        published.add(
            new Published(name(scan.report()), scan.report().shows(), verdict, scan.repeated()));
      }
    }
    return published;
  }

  private <V extends SpecificRecord> List<V> read(Topic<V> topic) {
    try (TopicTable<V> table = open(topic)) {
      return List.copyOf(table.refresh().values());
    }
  }

  private <V extends SpecificRecord> TopicTable<V> open(Topic<V> topic) {
    return TopicTable.open(sluice.settings().kafka(), sluice.serdes(), Realm.COMMON, topic);
  }

  private static String name(DemoPlan.Report report) {
    return String.valueOf(report.file().getFileName());
  }

  private void progress(String format, Object... arguments) {
    console.err().println("sluice: " + String.format(Locale.ROOT, format, arguments));
  }
}
