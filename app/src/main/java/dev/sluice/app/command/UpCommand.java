package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.service.DataDirectory;
import dev.sluice.app.service.MachineService;
import dev.sluice.app.service.OneProcess;
import dev.sluice.app.service.Process;
import dev.sluice.app.service.RunningMachine;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.app.settings.UpSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice up}. */
@Command(
    name = "up",
    description = {
      "Run the whole of Sluice in one process: a Kafka broker, a Schema Registry, the gateway, the"
          + " topology and the sinks. Everything is kept in the data directory across restarts.",
      "",
      "Without configured sinks, what happens is printed on standard output."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice up --port 8480 --data-dir /var/lib/sluice",
      "  sluice up --support-matrix registry.example/acme/pay=SECURITY.md",
      "  sluice up --set up.kafka=external --set kafka.bootstrap-servers=kafka-1:9092"
    })
final class UpCommand implements Callable<Integer> {
  private static final Duration READY = Duration.ofMinutes(2);

  private final Console console;

  @Mixin private HelpOption help;
  @Mixin private SettingsOptions options;

  @Option(names = "--port", paramLabel = "PORT", description = "Gateway port, default 8480.")
  private Integer port;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where everything is kept, default ./data.")
  private Path dataDir;

  @Option(
      names = "--broker-port",
      paramLabel = "PORT",
      description = "Port of the broker on loopback; a free one if it is left out.")
  private Integer brokerPort;

  @Option(
      names = "--registry-port",
      paramLabel = "PORT",
      description = "Port of the registry on loopback; a free one if it is left out.")
  private Integer registryPort;

  @Option(
      names = "--support-matrix",
      paramLabel = "PRODUCT=FILE",
      description = "SECURITY.md of a product; a product is an asset's name. May be repeated.")
  private List<String> supportMatrix = List.of();

  @Option(
      names = "--known-exploited",
      paramLabel = "FILE",
      description = "CISA's catalogue of known exploited vulnerabilities, JSON or CSV.")
  private Path knownExploited;

  @Option(names = "--policy", paramLabel = "FILE", description = "Policy instead of the built-in.")
  private Path policy;

  UpCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    options
        .with("gateway.port", port, "--port")
        .with("data-dir", dataDir, "--data-dir")
        .with("up.broker-port", brokerPort, "--broker-port")
        .with("up.registry-port", registryPort, "--registry-port")
        .with("up.known-exploited", knownExploited, "--known-exploited")
        .with("up.policy", policy, "--policy");
    supportMatrix.forEach(this::addMatrix);
    SluiceSettings first = options.load();
    DataDirectory data = DataDirectory.open(first.dataDir());
    options
        .preset("streams.state-dir", data.streams())
        .preset("database.url", data.databaseUrl())
        .preset("gateway.token-file", data.tokens());
    if (first.publisher().redactionKey().isEmpty()) {
      options
          .preset("publisher.redaction-key-file", data.redactionKey())
          .preset("publisher.redaction-key-id", "local");
    }
    if (first.sinks().isEmpty()) {
      options.preset("sinks.console.type", "console");
    }
    return new Process(console).run(first, process -> start(process, first, data));
  }

  private void addMatrix(String argument) {
    int sign = argument.indexOf('=');
    if (sign <= 0 || sign == argument.length() - 1) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--support-matrix needs PRODUCT=FILE, for example"
              + " --support-matrix registry.example/acme/pay=SECURITY.md");
    }
    options.with(
        "up.support-matrix." + argument.substring(0, sign),
        Path.of(argument.substring(sign + 1)).toAbsolutePath(),
        "--support-matrix");
  }

  private void start(Process process, SluiceSettings first, DataDirectory data)
      throws InterruptedException {
    boolean embedded = first.up().kafka() == UpSettings.Kafka.EMBEDDED;
    if (embedded) {
      console.err().println("sluice: starting Kafka and the registry in " + data.root());
      MachineService machine =
          process
              .services()
              .add(
                  MachineService.persistent(
                      data.kafka(), first.up().brokerPort(), first.up().registryPort()));
      String place = "the embedded broker";
      options
          .with("kafka.bootstrap-servers", machine.machine().bootstrapServers(), place)
          .with("kafka.replication", 1, place)
          .with("registry.url", machine.machine().registryUrl(), place);
    }
    OneProcess all = OneProcess.start(process, options.load(), console);
    if (!all.awaitReady(READY)) {
      throw new CommandFailure(
          ExitCode.UNREACHABLE,
          "the topology did not start within " + READY.toSeconds() + " s; --debug shows why");
    }
    SluiceSettings settings = all.settings();
    RunningMachine.of(all).leaveAt(data);
    console.err().println("sluice: up");
    console.err().println("sluice:   gateway   " + all.gateway().uri());
    console.err().println("sluice:   Kafka     " + settings.kafka().bootstrapServers());
    console.err().println("sluice:   registry  " + settings.registry().url());
    console.err().println("sluice:   data      " + data.root());
    console
        .err()
        .println(
            "sluice: send a report: sluice publish report.json --server "
                + all.gateway().uri()
                + " --asset NAME --version V");
  }
}
