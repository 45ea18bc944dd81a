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
import dev.sluice.app.client.Outlet.UnreachableException;
import dev.sluice.app.client.Patience;
import dev.sluice.app.client.ProgressReport;
import dev.sluice.app.client.Verdict;
import dev.sluice.app.service.Publishers;
import dev.sluice.app.settings.CiJob;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.app.text.Json;
import dev.sluice.app.text.TextTable;
import dev.sluice.events.ScanPurpose;
import dev.sluice.producers.publish.PublishRequest;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.DigestingReport;
import dev.sluice.producers.report.Reports;
import dev.sluice.serde.AvroSerdes;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
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

  @Option(
      names = "--asset",
      paramLabel = "NAME",
      description = "What was scanned, by lasting name.")
  private String asset;

  @Option(names = "--version", paramLabel = "V", description = "Which version of it was scanned.")
  private String version;

  @Option(names = "--unit", paramLabel = "UNIT", description = "Part of it, such as services/pay.")
  private String unit;

  @Option(
      names = {"--release-line", "--line"},
      paramLabel = "LINE",
      description = "Release line, such as 5.x.")
  private String line;

  @Option(
      names = "--scope",
      paramLabel = "NAME",
      description = "What was looked at, where the report does not say; scans compare by it.")
  private String scope;

  @Option(
      names = "--purpose",
      paramLabel = "PURPOSE",
      description = "head, proposal (a pull request: a verdict, never a ticket) or statement.")
  private ScanPurpose purpose;

  @Option(names = "--digest", paramLabel = "DIGEST", description = "sha256:… of what was scanned.")
  private String digest;

  @Option(names = "--commit", paramLabel = "SHA", description = "Commit that was scanned.")
  private String commit;

  @Option(names = "--commit-time", paramLabel = "TIME", description = "When it was made, ISO 8601.")
  private Instant commitTime;

  @Option(names = "--branch", paramLabel = "BRANCH", description = "Branch that was scanned.")
  private String branch;

  @Option(names = "--format", paramLabel = "ID", description = "Format, instead of recognising it.")
  private String format;

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

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description =
          "Wait, and exit 1 too if the scan has a finding of critical, high, medium or low or worse,"
              + " whatever the policy says.")
  private FailOn failOn;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "5m",
      converter = DurationOption.class,
      description = "How long to wait for all verdicts together, default 5m.")
  private Duration timeout;

  @Option(names = "--json", description = "Print the outcome as JSON.")
  private boolean json;

  PublishCommand(Console console) {
    this.console = console;
  }

  /** A report and what became of it, as {@code --json} prints it. */
  record Published(String file, String error, List<PublishedScan> scans) {}

  /** A scan of a report; the verdict is null without {@code --wait} and where none came. */
  record PublishedScan(
      String scanId,
      String asset,
      String version,
      String tool,
      String format,
      long observations,
      List<String> warnings,
      Verdict verdict) {}

  @Override
  public Integer call() throws Exception {
    LogSetup.libraries("ERROR");
    checkUse();
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
    List<Published> results = new ArrayList<>();
    try (Outlet outlet = outlet(loaded)) {
      List<Pending> pending = new ArrayList<>();
      for (String file : reports) {
        Sent sent = send(outlet, file, job);
        if (sent instanceof Sent.Accepted accepted) {
          pending.add(new Pending(file, accepted.scans()));
        } else {
          exit = exit.worse(refused(file, sent));
          results.add(new Published(file, error(sent), List.of()));
        }
      }
      long deadline = System.nanoTime() + timeout.toNanos();
      for (Pending report : pending) {
        List<PublishedScan> scans = new ArrayList<>();
        for (Scan scan : report.scans()) {
          Waited waited =
              wait || failOn != null ? await(outlet, scan, deadline) : new Waited(null, null);
          exit = exit.worse(judge(report.file(), scan, waited));
          scans.add(published(scan, waited.verdict()));
        }
        results.add(new Published(report.file(), null, scans));
      }
    }
    if (json) {
      Json.print(console.out(), results);
    }
    sayWhatIsLeft(results);
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
      Sent sent = outlet.fail(request(job), tool, reason == null ? "" : reason);
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

  /** One failure among many lines is overlooked; the files are where they were. */
  private void sayWhatIsLeft(List<Published> results) {
    List<String> left =
        results.stream().filter(result -> result.error() != null).map(Published::file).toList();
    if (!left.isEmpty() && results.size() > 1) {
      console
          .err()
          .println(
              TextTable.plain(
                  "sluice: "
                      + left.size()
                      + " of "
                      + results.size()
                      + " reports were not published: "
                      + String.join(", ", left)));
    }
  }

  private record Pending(String file, List<Scan> scans) {}

  private record Waited(Verdict verdict, String trouble) {}

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
      return outlet.send(report, request(job));
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

  private PublishRequest request(CiJob job) {
    try {
      return PublishRequest.builder()
          .asset(asset)
          .unit(unit)
          .version(version)
          .releaseLine(line)
          .digest(digest)
          .commit(commit != null ? commit : job.commit().orElse(null))
          .commitTime(commitTime)
          .branch(branch != null ? branch : job.branch().orElse(null))
          .scope(scope)
          .purpose(purpose == null && job.proposal() ? ScanPurpose.PROPOSAL : purpose)
          .defaultAsset(job.repository().orElse(null))
          .defaultVersion(job.tag().orElse(null))
          .defaultScope(job.name().orElse(null))
          .checkoutRoot(job.workspace().orElse(null))
          .scanId(UUID.randomUUID().toString())
          .format(format)
          .build();
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, "--" + e.getMessage(), e);
    }
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

  private Waited await(Outlet outlet, Scan scan, long deadline) throws InterruptedException {
    Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    try {
      Optional<Verdict> verdict = outlet.verdict(scan.scanId(), left);
      return verdict
          .map(found -> new Waited(found, null))
          .orElseGet(
              () ->
                  new Waited(
                      null, "no verdict within " + timeout.toSeconds() + " s; nobody can know"));
    } catch (UnreachableException e) {
      return new Waited(null, e.getMessage());
    }
  }

  private ExitCode judge(String file, Scan scan, Waited waited) {
    ScanLine text = new ScanLine(file, scan);
    if (waited.trouble() != null) {
      console
          .err()
          .println("sluice: " + file + ": scan " + scan.scanId() + ": " + waited.trouble());
      return ExitCode.UNREACHABLE;
    }
    if (!json) {
      console.out().println(text.with(waited.verdict()));
    }
    scan.warnings().forEach(warning -> console.err().println("sluice: " + file + ": " + warning));
    Verdict verdict = waited.verdict();
    if (verdict != null && failOn != null && failOn.count(verdict) > 0) {
      console
          .err()
          .println(
              TextTable.plain(
                  "sluice: "
                      + file
                      + ": "
                      + failOn.count(verdict)
                      + " findings are "
                      + failOn.name().toLowerCase(Locale.ROOT)
                      + " or worse (--fail-on)"));
      return ExitCode.POLICY;
    }
    if (verdict == null || verdict.passes()) {
      return ExitCode.OK;
    }
    return verdict.fails() ? ExitCode.POLICY : ExitCode.UNREACHABLE;
  }

  /** One line for people. */
  private record ScanLine(String file, Scan scan) {
    String with(Verdict verdict) {
      StringBuilder text = new StringBuilder(file).append(": ").append(scan.asset());
      if (scan.version() != null) {
        text.append(' ').append(scan.version());
      }
      text.append(", ").append(scan.tool()).append(", ").append(scan.observations());
      text.append(scan.observations() == 1 ? " observation" : " observations");
      text.append(scan.repeated() ? ", published before" : "");
      text.append(", scan ").append(scan.scanId());
      if (verdict != null) {
        text.append(": ").append(verdict.outcome().toLowerCase(Locale.ROOT).replace('_', ' '));
        if (!verdict.reason().isEmpty()) {
          text.append(", ").append(verdict.reason());
        }
      }
      return TextTable.plain(text);
    }
  }

  private static PublishedScan published(Scan scan, Verdict verdict) {
    return new PublishedScan(
        scan.scanId(),
        scan.asset(),
        scan.version(),
        scan.tool(),
        scan.format(),
        scan.observations(),
        scan.warnings(),
        verdict);
  }
}
