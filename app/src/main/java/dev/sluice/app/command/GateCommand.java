package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.LogSetup;
import dev.sluice.app.client.GateClient;
import dev.sluice.app.client.GatewayGate;
import dev.sluice.app.client.KafkaGate;
import dev.sluice.app.client.Outlet.UnreachableException;
import dev.sluice.app.client.Patience;
import dev.sluice.app.gate.GateResult;
import dev.sluice.app.settings.CiJob;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.producers.gate.GateAnswer;
import dev.sluice.producers.gate.GateQuestion;
import dev.sluice.serde.AvroSerdes;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice gate}. */
@Command(
    name = "gate",
    description = {
      "Ask whether a version may pass: one verdict for all its scanners.",
      "",
      "Waits for the scans that assets.v1 expects of the asset (sluice assets apply), and for those"
          + " of --expect. In a CI job that is known, repository and commit are taken from it"
          + " unless an option says otherwise.",
      "Exit 0 pass, 1 fail, 4 nobody can know: a scan is missing, failed or suspicious, or nobody"
          + " answers. What is known to fail fails, however little else is known."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice gate --asset registry.example/acme/pay --version 5.2.1 --server https://sluice.example",
      "  sluice gate --asset github.com/acme/pay --commit 3f2a9c1 --expect trivy,codeql --fail-on critical",
      "  sluice gate --asset github.com/acme/pay --branch main --output sarif --output-file gate.sarif",
      "  sluice gate --asset github.com/acme/pay --version 5.2.1 --by alex \\",
      "      --break-glass 'the fix for INC-4711 must go out'",
      "",
      "A token goes into the environment, SLUICE_TOKEN, and never on the command line."
    })
final class GateCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private HelpOption help;
  @Mixin private SettingsOptions settings;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = {
        "Gateway, instead of client.server; without either the one-process mode that runs on"
            + " data-dir."
      })
  private String server;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "Read the topics of this Kafka instead.")
  private String bootstrapServers;

  @Option(
      names = "--asset",
      paramLabel = "NAME",
      description = "What is to pass, in any spelling; else the job's repository.")
  private String asset;

  @Option(names = "--version", paramLabel = "V", description = "Which version of it.")
  private String version;

  @Option(names = "--commit", paramLabel = "SHA", description = "Which commit; 7 digits or more.")
  private String commit;

  @Option(names = "--digest", paramLabel = "DIGEST", description = "Which content: sha256:….")
  private String digest;

  @Option(names = "--unit", paramLabel = "UNIT", description = "Only scans of this unit.")
  private String unit;

  @Option(
      names = {"--release-line", "--line"},
      paramLabel = "LINE",
      description = "Only scans of this release line, such as 5.x.")
  private String line;

  @Option(names = "--branch", paramLabel = "BRANCH", description = "Only scans of this branch.")
  private String branch;

  @Option(
      names = "--expect",
      paramLabel = "SCANNER",
      split = ",",
      description = "Scanners to wait for, beside those that assets.v1 expects.")
  private Set<String> expected = Set.of();

  @Mixin private GateOptions gate;

  @Option(
      names = "--break-glass",
      paramLabel = "REASON",
      description =
          "Let it pass whatever the gate says, at once: who (--by), when and why is kept in"
              + " gate-overrides.v1 and shown with the scans; with a gateway it needs the role"
              + " accept.")
  private String breakGlass;

  @Option(names = "--by", paramLabel = "NAME", description = "Who breaks the glass.")
  private String by;

  GateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    LogSetup.libraries("ERROR");
    checkUse();
    GateQuestion question = question(CiJob.ofProcess());
    GateAnswer answer;
    try (GateClient client = client()) {
      answer = ask(client, question);
    } catch (UnreachableException e) {
      throw new CommandFailure(
          e.isOurs() ? ExitCode.USAGE : ExitCode.UNREACHABLE, e.getMessage(), e);
    }
    GateResult result = gate.result(answer);
    if (breakGlass != null && answer.override() == null && answer.isPass()) {
      result = result.noting("It passes by itself: no glass was broken, and nothing was recorded.");
    }
    return gate.print(console, List.of(result), true).code();
  }

  private GateAnswer ask(GateClient client, GateQuestion question)
      throws InterruptedException, UnreachableException {
    if (breakGlass != null) {
      return client.override(question, by.strip(), breakGlass.strip());
    }
    return client.ask(question, gate.wantsWithheld(), gate.timeout());
  }

  private void checkUse() {
    gate.check();
    if (server != null && bootstrapServers != null) {
      throw new CommandFailure(
          ExitCode.USAGE, "--server and --bootstrap-servers exclude each other; give one");
    }
    if (breakGlass == null && by != null) {
      throw new CommandFailure(ExitCode.USAGE, "--by is for --break-glass");
    }
    if (breakGlass != null && (by == null || by.isBlank() || breakGlass.isBlank())) {
      throw new CommandFailure(
          ExitCode.USAGE, "--break-glass needs a reason, and --by: both are kept");
    }
    if (breakGlass != null && breakGlass.strip().length() > 500) {
      throw new CommandFailure(ExitCode.USAGE, "--break-glass: at most 500 characters");
    }
  }

  private GateQuestion question(CiJob job) {
    boolean said = version != null || commit != null || digest != null || line != null;
    String name = asset != null ? asset : job.repository().orElse(null);
    try {
      return GateQuestion.about(
          name,
          unit,
          version,
          said || branch != null ? commit : job.commit().orElse(null),
          digest,
          line,
          branch,
          Set.of(),
          expected,
          gate.failOn(),
          gate.newOnly());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, "--" + e.getMessage(), e);
    }
  }

  private GateClient client() {
    if (bootstrapServers == null) {
      return new GatewayGate(
          settings.with("client.server", server, "--server").loadForOperator().client(),
          Patience.real());
    }
    SluiceSettings loaded =
        settings.with("kafka.bootstrap-servers", bootstrapServers, "--bootstrap-servers").load();
    return new KafkaGate(
        loaded.kafka(), AvroSerdes.of(loaded.registry()), Patience.real(), Clock.systemUTC());
  }
}
