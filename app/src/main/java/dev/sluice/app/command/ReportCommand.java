package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.LogSetup;
import dev.sluice.app.client.Notices;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.app.text.Json;
import dev.sluice.app.text.TextTable;
import dev.sluice.app.topic.TopicTable;
import dev.sluice.events.Disclosure;
import dev.sluice.events.DisclosureAdvanced;
import dev.sluice.events.DisclosureEntry;
import dev.sluice.events.DisclosureStep;
import dev.sluice.events.Finding;
import dev.sluice.events.FindingStatus;
import dev.sluice.events.PrivateReport;
import dev.sluice.events.ScanEvent;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice report}. */
@Command(
    name = "report",
    description = "Lead privately reported vulnerabilities along the disclosure timeline.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice report list",
      "  sluice report ack R-7 --by alex",
      "  sluice report disclose R-7 --by alex --reason 'fixed in 5.2.2'"
    })
final class ReportCommand implements Runnable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(200);

  private final Console console;

  @Mixin private HelpOption help;
  @Spec private CommandSpec spec;

  ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "list, show, ack, assess, fix, release, disclose or reject?"
            + " sluice report --help explains them");
  }

  /** A report as {@code list --json} prints it; the output is an array of these. */
  record Row(
      String report,
      String finding,
      String asset,
      String severity,
      String step,
      String next,
      String due,
      String title) {}

  @Command(name = "list", description = "Print the reports under embargo, the most urgent first.")
  int list(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Option(names = "--all", description = "Also those that are disclosed or rejected.")
          boolean all,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    SluiceSettings settings = load(options);
    try (TopicTable<Finding> findings = findings(settings)) {
      List<Row> rows =
          findings.values().stream()
              .filter(finding -> finding.getDisclosure() != null && finding.getMovedTo() == null)
              .filter(finding -> all || finding.getStatus() != FindingStatus.RESOLVED)
              .map(ReportCommand::row)
              .sorted(
                  Comparator.comparing((Row row) -> row.due() == null ? "z" : row.due())
                      .thenComparing(Row::report))
              .toList();
      if (json) {
        Json.print(console.out(), rows);
      } else if (rows.isEmpty()) {
        console.out().println("no report is open");
      } else {
        TextTable table =
            new TextTable("report", "asset", "severity", "step", "next", "due", "title");
        rows.forEach(
            row ->
                table.row(
                    row.report(),
                    row.asset(),
                    row.severity(),
                    row.step(),
                    row.next(),
                    row.due(),
                    row.title()));
        table.print(console.out(), "");
      }
      return ExitCode.OK.code();
    }
  }

  @Command(name = "show", description = "Print all that is known of a report, as JSON.")
  int show(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Parameters(paramLabel = "ID", description = "Report or finding.") String id) {
    SluiceSettings settings = load(options);
    try (TopicTable<Finding> findings = findings(settings)) {
      Finding finding = find(findings, id);
      PrivateReport report = finding.getDisclosure().getReport();
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("summary", row(finding));
      shown.put("description", finding.getDescription());
      shown.put("impact", report == null ? null : report.getImpact());
      shown.put("reproduction", report == null ? null : report.getReproduction());
      shown.put("affectedVersions", report == null ? null : report.getAffectedVersions());
      shown.put("suggestedFix", report == null ? null : report.getSuggestedFix());
      shown.put("contact", report == null ? null : report.getContact());
      shown.put(
          "steps", finding.getDisclosure().getSteps().stream().map(ReportCommand::taken).toList());
      Json.print(console.out(), shown);
      return ExitCode.OK.code();
    }
  }

  @Command(name = "ack", description = "Record that the reporter was answered.")
  int ack(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Mixin PersonOptions person,
      @Parameters(paramLabel = "ID", description = "Report or finding.") String id) {
    return take(options, person, id, DisclosureStep.ACKNOWLEDGED);
  }

  @Command(name = "assess", description = "Record that the report was assessed.")
  int assess(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Mixin PersonOptions person,
      @Parameters(paramLabel = "ID", description = "Report or finding.") String id) {
    return take(options, person, id, DisclosureStep.ASSESSED);
  }

  @Command(name = "fix", description = "Record that there is a fix.")
  int fix(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Mixin PersonOptions person,
      @Parameters(paramLabel = "ID", description = "Report or finding.") String id) {
    return take(options, person, id, DisclosureStep.FIXED);
  }

  @Command(name = "release", description = "Record that the fix was released.")
  int release(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Mixin PersonOptions person,
      @Parameters(paramLabel = "ID", description = "Report or finding.") String id) {
    return take(options, person, id, DisclosureStep.RELEASED);
  }

  @Command(
      name = "disclose",
      description = {
        "Make it public: it is written to the common topics, and cannot be taken back.",
        "Impact, reproduction and contact stay under embargo."
      })
  int disclose(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Mixin PersonOptions person,
      @Parameters(paramLabel = "ID", description = "Report or finding.") String id) {
    return take(options, person, id, DisclosureStep.DISCLOSED);
  }

  @Command(name = "reject", description = "Record that it is no vulnerability; it stays private.")
  int reject(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Mixin PersonOptions person,
      @Parameters(paramLabel = "ID", description = "Report or finding.") String id) {
    return take(options, person, id, DisclosureStep.REJECTED);
  }

  private int take(SettingsOptions options, PersonOptions person, String id, DisclosureStep step) {
    SluiceSettings settings = load(options);
    String by = person.by();
    String reason = step == DisclosureStep.REJECTED ? person.needReason() : person.reason();
    try (TopicTable<Finding> findings = findings(settings)) {
      Finding finding = find(findings, id);
      if (isTaken(finding, step)) {
        throw new CommandFailure(
            ExitCode.USAGE,
            "report " + id + " is " + word(finding.getDisclosure().getStep()) + " already");
      }
      ScanEvent event = Notices.about(finding.getAsset());
      event.setDisclosure(
          DisclosureAdvanced.newBuilder()
              .setFindingId(finding.getId())
              .setStep(step)
              .setBy(by)
              .setReason(reason)
              .setAt(Instant.now())
              .build());
      try (Notices notices = Notices.open(settings.kafka(), AvroSerdes.of(settings.registry()))) {
        notices.tell(Realm.EMBARGOED, event);
      }
      return confirm(await(findings, finding.getId(), step), id, step);
    }
  }

  private int confirm(Finding finding, String id, DisclosureStep step) {
    if (!isTaken(finding, step)) {
      throw new CommandFailure(
          ExitCode.UNREACHABLE,
          "the step is written, and was not applied yet; does sluice streams run with"
              + " streams.embargoed=true? sluice report show "
              + id
              + " says when it is done");
    }
    Disclosure disclosure = finding.getDisclosure();
    String next =
        disclosure.getDue() == null
            ? ""
            : "; to be " + word(disclosure.getNext()) + " by " + disclosure.getDue();
    console.out().println(disclosure.getReportId() + " is " + word(step) + next);
    return ExitCode.OK.code();
  }

  private static Finding await(TopicTable<Finding> findings, String id, DisclosureStep step) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isTaken(findings.get(id), step) && System.nanoTime() - end < 0) {
      findings.poll(POLL);
    }
    return findings.get(id);
  }

  private static boolean isTaken(Finding finding, DisclosureStep step) {
    DisclosureStep reached = finding.getDisclosure().getStep();
    return reached == DisclosureStep.REJECTED
        || reached == DisclosureStep.DISCLOSED
        || step != DisclosureStep.REJECTED && reached.compareTo(step) >= 0;
  }

  private static Finding find(TopicTable<Finding> findings, String id) {
    List<Finding> found =
        findings.values().stream()
            .filter(finding -> finding.getDisclosure() != null && finding.getMovedTo() == null)
            .filter(
                finding ->
                    finding.getId().equals(id) || finding.getDisclosure().getReportId().equals(id))
            .toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    throw new CommandFailure(
        ExitCode.USAGE,
        found.isEmpty()
            ? "there is no report " + id + " under embargo; sluice report list --all shows them"
            : id
                + " names several reports; give the finding: "
                + String.join(", ", found.stream().map(Finding::getId).sorted().toList()));
  }

  private static Row row(Finding finding) {
    Disclosure disclosure = finding.getDisclosure();
    boolean open = disclosure.getDue() != null;
    return new Row(
        disclosure.getReportId(),
        finding.getId(),
        finding.getAsset(),
        finding.getSeverity().name().toLowerCase(Locale.ROOT),
        word(disclosure.getStep()),
        open ? word(disclosure.getNext()) : null,
        open ? disclosure.getDue().toString() : null,
        finding.getTitle());
  }

  private static Map<String, Object> taken(DisclosureEntry entry) {
    Map<String, Object> taken = new LinkedHashMap<>();
    taken.put("step", word(entry.getStep()));
    taken.put("at", entry.getAt() == null ? null : entry.getAt().toString());
    taken.put("by", entry.getBy());
    taken.put("reason", entry.getReason());
    return taken;
  }

  private static String word(DisclosureStep step) {
    return step.name().toLowerCase(Locale.ROOT);
  }

  private static SluiceSettings load(SettingsOptions options) {
    LogSetup.libraries("ERROR");
    return options.loadForOperator();
  }

  private static TopicTable<Finding> findings(SluiceSettings settings) {
    try {
      return TopicTable.open(
              settings.kafka(),
              AvroSerdes.of(settings.registry()),
              Realm.EMBARGOED,
              Topics.FINDINGS)
          .refresh();
    } catch (KafkaException e) {
      throw new CommandFailure(
          ExitCode.UNREACHABLE,
          "the embargoed topics cannot be read at "
              + settings.kafka().bootstrapServers()
              + ": "
              + e.getMessage(),
          e);
    }
  }
}
