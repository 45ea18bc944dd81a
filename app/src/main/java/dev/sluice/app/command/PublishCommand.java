package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.LogSetup;
import dev.sluice.app.client.GatewayOutlet;
import dev.sluice.app.client.KafkaOutlet;
import dev.sluice.app.client.Outlet;
import dev.sluice.app.client.Outlet.Scan;
import dev.sluice.app.client.Outlet.Sent;
import dev.sluice.app.client.Patience;
import dev.sluice.app.client.ProgressReport;
import dev.sluice.app.gate.GateResult;
import dev.sluice.app.service.Publishers;
import dev.sluice.app.settings.CiJob;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.app.text.Json;
import dev.sluice.app.text.TextTable;
import dev.sluice.events.ScanVerdict;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.DigestingReport;
import dev.sluice.producers.report.Reports;
import dev.sluice.serde.AvroSerdes;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice publish}. */
@Command(
    name = "publish",
    description = {
      "Send reports to Sluice, and wait for what the policy says about them.",
      "",
      "In GitHub Actions, GitLab CI, Jenkins, Azure Pipelines and CircleCI, commit, branch and whether"
          + " it is a pull request are taken from the job unless an option says otherwise; where the"
          + " report does not say, so are the asset, its version and the scope."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice publish trivy.json --asset registry.example/acme/pay --version 5.2.1 \\",
      "      --server https://sluice.example --wait",
      "  grype -o json IMAGE | sluice publish - --asset registry.example/acme/pay --version 5.2.1",
      "  sluice publish trivy.json grype.json --wait --output markdown \\",
      "      --output-file \"$GITHUB_STEP_SUMMARY\"",
      "  sluice publish 'reports/*.sarif' --asset github.com/acme/ledger --branch main",
      "  sluice publish --failed --tool trivy --reason 'no space left' --asset github.com/acme/pay",
      "",
      "A token goes into the environment, SLUICE_TOKEN, and never on the command line."
    })
final class PublishCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private HelpOption help;
  @Mixin private SettingsOptions settings;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "Reports, patterns such as 'reports/*.json', or - for standard input.")
  private List<String> files = List.of();

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "Gateway, instead of client.server.")
  private String server;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "Publish straight to this Kafka instead.")
  private String bootstrapServers;

  @Mixin private ScanOptions scan;

  @Option(
      names = "--failed",
      description = "Instead of a report, say that the scanner failed; needs --tool.")
  private boolean failed;

  @Option(names = "--tool", paramLabel = "NAME", description = "Scanner that failed: trivy.")
  private String tool;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, in one line for people.")
  private String reason;

  @Option(names = "--wait", description = "Wait for the verdicts; exit 1 if one says fail.")
  private boolean wait;

  @Mixin private GateOptions gate;

  @Option(names = "--json", description = "Print the outcome as JSON.")
  private boolean json;

  PublishCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    LogSetup.libraries("ERROR");
    checkUse();
    gate.check();
    List<String> reports = failed ? List.of() : ReportFiles.expand(files);
    CiJob job = CiJob.ofProcess();
    SluiceSettings loaded =
        settings
            .with("client.server", server, "--server")
            .with("kafka.bootstrap-servers", bootstrapServers, "--bootstrap-servers")
            .load();
    if (failed) {
      return fail(loaded, job).code();
    }
    ExitCode exit = ExitCode.OK;
    List<PublishedReport> results = new ArrayList<>();
    try (Outlet outlet = outlet(loaded)) {
      List<Pending> pending = new ArrayList<>();
      for (String file : reports) {
        Sent sent = send(outlet, file, job);
        if (sent instanceof Sent.Accepted accepted) {
          pending.add(new Pending(file, accepted.scans()));
        } else {
          exit = exit.worse(refused(file, sent));
          results.add(new PublishedReport(file, error(sent), List.of()));
        }
      }
      boolean waits = wait || gate.isAsked();
      VerdictWait verdicts = new VerdictWait(outlet, gate.timeout());
      for (Pending report : pending) {
        List<PublishedReport.PublishedScan> scans = new ArrayList<>();
        for (Scan scan : report.scans()) {
          ScanVerdict verdict = waits ? verdicts.of(scan) : null;
          say(report.file(), scan, verdict);
          scans.add(PublishedReport.scan(scan, verdict));
        }
        results.add(new PublishedReport(report.file(), null, scans));
      }
      if (waits) {
        verdicts
            .troubles()
            .forEach(trouble -> console.err().println("sluice: " + TextTable.plain(trouble)));
        List<GateResult> judged = gate.judge(verdicts);
        exit = exit.worse(gate.print(console, judged, !json));
      }
    }
    if (json) {
      Json.print(console.out(), results);
    }
    PublishedReport.left(results).ifPresent(text -> console.err().println("sluice: " + text));
    return exit.code();
  }

  private void checkUse() {
    if (failed && (tool == null || !files.isEmpty())) {
      throw new CommandFailure(
          ExitCode.USAGE, "--failed needs --tool, and no report: there is none");
    }
    if (!failed && (tool != null || reason != null)) {
      throw new CommandFailure(ExitCode.USAGE, "--tool and --reason are for --failed");
    }
    if (!failed && files.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE, "name a report, a pattern such as 'reports/*.json', or - to read one");
    }
  }

  private ExitCode fail(SluiceSettings loaded, CiJob job) throws InterruptedException {
    try (Outlet outlet = outlet(loaded)) {
      Sent sent = outlet.fail(scan.request(job), tool, reason == null ? "" : reason);
      if (sent instanceof Sent.Accepted accepted) {
        for (Scan scan : accepted.scans()) {
          console
              .out()
              .println(
                  TextTable.plain(
                      scan.asset() + ", " + scan.tool() + ": failed, scan " + scan.scanId()));
        }
        return ExitCode.OK;
      }
      return refused("--failed", sent);
    }
  }

  private record Pending(String file, List<Scan> scans) {}

  private Outlet outlet(SluiceSettings loaded) {
    if (bootstrapServers == null) {
      return new GatewayOutlet(loaded.client(), Patience.real());
    }
    if (server != null) {
      throw new CommandFailure(
          ExitCode.USAGE, "--server and --bootstrap-servers exclude each other; give one");
    }
    AvroSerdes serdes = AvroSerdes.of(loaded.registry());
    Redactor redactor = Publishers.redactor(loaded.publisher());
    return new KafkaOutlet(
        Publishers.create(loaded.kafka(), loaded.publisher(), serdes, redactor),
        redactor,
        loaded.kafka(),
        serdes,
        Patience.real());
  }

  private Sent send(Outlet outlet, String file, CiJob job) throws InterruptedException {
    try (DigestingReport report = open(file)) {
      return outlet.send(report, scan.request(job));
    } catch (NoSuchFileException e) {
      return new Sent.Refused(file + ": there is no such file");
    } catch (IOException e) {
      return new Sent.Refused(file + ": " + e.getMessage());
    } catch (InvalidPathException e) {
      return new Sent.Refused(file + ": is no path");
    }
  }

  private DigestingReport open(String file) throws IOException {
    DigestingReport report =
        file.equals(ReportFiles.STDIN)
            ? Reports.ofStream("standard input", console.in())
            : Reports.ofFile(Path.of(file));
    return Console.isTerminal() && !json
        ? new ProgressReport(report, console.err(), System::nanoTime)
        : report;
  }

  private ExitCode refused(String file, Sent sent) {
    console.err().println("sluice: " + TextTable.plain(ReportErrors.named(file, error(sent))));
    if (sent instanceof Sent.Refused) {
      return ExitCode.UNREADABLE;
    }
    return sent instanceof Sent.Wrong ? ExitCode.USAGE : ExitCode.UNREACHABLE;
  }

  private static String error(Sent sent) {
    if (sent instanceof Sent.Refused refused) {
      return refused.reason();
    } else if (sent instanceof Sent.Wrong wrong) {
      return wrong.reason();
    }
    return ((Sent.Unreachable) sent).reason();
  }

  private void say(String file, Scan scan, ScanVerdict verdict) {
    if (!json && gate.isForPeople()) {
      console.out().println(PublishedReport.line(file, scan, verdict));
    }
    scan.warnings()
        .forEach(
            warning -> console.err().println("sluice: " + TextTable.plain(file + ": " + warning)));
  }
}
