package dev.sluice.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.LogSetup;
import dev.sluice.app.client.Answers;
import dev.sluice.app.client.Notices;
import dev.sluice.app.explain.ScanStory;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.app.text.Json;
import dev.sluice.app.text.TextTable;
import dev.sluice.app.topic.HeldScans;
import dev.sluice.app.topic.TopicTable;
import dev.sluice.events.Completeness;
import dev.sluice.events.ScanConfirmed;
import dev.sluice.events.ScanEvent;
import dev.sluice.events.ScanVerdict;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice scans}. */
@Command(
    name = "scans",
    description = "Look at single scans; list and confirm suspicious ones that are held.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice scans show 5e1f0a52-3b1c-4c53-9a55-a8c8f4b0d2f1",
      "  sluice scans list",
      "  sluice scans confirm 5e1f0a52-3b1c-4c53-9a55-a8c8f4b0d2f1 --by alex --reason 'the module was removed'"
    })
final class ScansCommand implements Runnable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration STEP = Duration.ofMillis(200);

  private final Console console;

  @Mixin private HelpOption help;
  @Spec private CommandSpec spec;

  ScansCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "show, list or confirm? sluice scans --help explains them");
  }

  @Command(name = "show", description = "What became of a scan, and what fails it.")
  int show(
      @Mixin HelpOption help,
      @Mixin AskOptions asked,
      @Parameters(paramLabel = "SCAN", description = "The scan's id, as publish says it.")
          String scan,
      @Option(names = "--json", description = "Print JSON.") boolean json)
      throws InterruptedException {
    JsonNode verdict =
        asked
            .open()
            .ask("/v1/scans/" + Answers.encode(scan), Map.of())
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.USAGE, "no scan that you may see has the id " + scan));
    if (json) {
      Json.print(console.out(), verdict);
    } else {
      ScanStory.print(console.out(), verdict);
    }
    return ExitCode.OK.code();
  }

  /** A held scan as {@code --json} prints it; the output is an array of these. */
  record Row(
      String scanId,
      String asset,
      String line,
      String scanner,
      String version,
      String scanTime,
      List<String> suspicions) {}

  @Command(
      name = "list",
      description = "Print the suspicious scans that resolve nothing until they are confirmed.")
  int list(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Option(names = "--asset", paramLabel = "NAME", description = "Only those of this asset.")
          String asset,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    LogSetup.libraries("ERROR");
    SluiceSettings settings = options.loadForOperator();
    try (TopicTable<ScanVerdict> verdicts = verdicts(settings)) {
      List<Row> rows =
          HeldScans.among(verdicts.values()).stream()
              .filter(verdict -> asset == null || verdict.getAsset().equals(asset))
              .map(ScansCommand::row)
              .toList();
      if (json) {
        Json.print(console.out(), rows);
      } else if (rows.isEmpty()) {
        console.out().println("no scan is held");
      } else {
        TextTable table = new TextTable("scan", "asset", "line", "scanner", "why");
        rows.forEach(
            row ->
                table.row(
                    row.scanId(),
                    row.asset(),
                    row.line(),
                    row.scanner(),
                    String.join(" ", row.suspicions())));
        table.print(console.out(), "");
      }
      return ExitCode.OK.code();
    }
  }

  @Command(
      name = "confirm",
      description = {
        "Say that a suspicious scan is right: what it no longer shows is resolved.",
        "Who said so and why is kept in the scan's verdict.",
        "Exit 2 if the scan is not held, 4 if it was not applied within 30 seconds."
      })
  int confirm(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Mixin PersonOptions person,
      @Parameters(paramLabel = "SCAN", description = "Id of the scan.") String scanId) {
    LogSetup.libraries("ERROR");
    SluiceSettings settings = options.loadForOperator();
    String by = person.by();
    String reason = person.needReason();
    try (TopicTable<ScanVerdict> verdicts = verdicts(settings)) {
      ScanVerdict held =
          HeldScans.among(verdicts.values()).stream()
              .filter(verdict -> verdict.getScanId().equals(scanId))
              .findFirst()
              .orElseThrow(() -> notHeld(scanId, verdicts.get(scanId)));
      ScanEvent event = Notices.about(held.getAsset());
      event.setConfirmed(
          ScanConfirmed.newBuilder()
              .setScanId(scanId)
              .setBy(by)
              .setReason(reason)
              .setAt(Instant.now())
              .build());
      try (Notices notices = Notices.open(settings.kafka(), AvroSerdes.of(settings.registry()))) {
        notices.tell(Realm.COMMON, event);
      }
      return report(scanId, await(verdicts, scanId));
    }
  }

  private static ScanVerdict await(TopicTable<ScanVerdict> verdicts, String scanId) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (verdicts.get(scanId).getConfirmedBy() == null && System.nanoTime() - end < 0) {
      verdicts.poll(STEP);
    }
    return verdicts.get(scanId);
  }

  private int report(String scanId, ScanVerdict verdict) {
    if (verdict.getConfirmedBy() == null) {
      throw new CommandFailure(
          ExitCode.UNREACHABLE,
          "the confirmation of "
              + scanId
              + " is written, and was not applied yet; is sluice"
              + " streams running? sluice scans list shows when it is done");
    }
    console
        .out()
        .println(
            "applied: "
                + verdict.getFixedFindings()
                + (verdict.getFixedFindings() == 1 ? " finding is" : " findings are")
                + " resolved; the scan's verdict is "
                + verdict.getOutcome().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
    return ExitCode.OK.code();
  }

  private static CommandFailure notHeld(String scanId, ScanVerdict verdict) {
    String why =
        verdict == null
            ? "there is no verdict on it"
            : verdict.getConfirmedBy() != null
                ? verdict.getConfirmedBy() + " confirmed it already"
                : verdict.getCompleteness() == Completeness.SUSPICIOUS
                    ? "a newer scan has taken its place"
                    : "it is not suspicious";
    return new CommandFailure(
        ExitCode.USAGE,
        "scan " + scanId + " is not held: " + why + "; sluice scans list shows those that are");
  }

  private static Row row(ScanVerdict verdict) {
    return new Row(
        verdict.getScanId(),
        verdict.getAsset(),
        verdict.getLine(),
        verdict.getScanner(),
        verdict.getVersion(),
        verdict.getScanTime() == null ? null : verdict.getScanTime().toString(),
        verdict.getSuspicions());
  }

  private static TopicTable<ScanVerdict> verdicts(SluiceSettings settings) {
    try {
      return TopicTable.open(
              settings.kafka(), AvroSerdes.of(settings.registry()), Realm.COMMON, Topics.SCANS)
          .refresh();
    } catch (KafkaException e) {
      throw new CommandFailure(
          ExitCode.UNREACHABLE,
          "Kafka at " + settings.kafka().bootstrapServers() + " cannot be read: " + e.getMessage(),
          e);
    }
  }
}
