package dev.sluice.app.demo;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.LogSetup;
import dev.sluice.app.service.DataDirectory;
import dev.sluice.app.service.MachineService;
import dev.sluice.app.service.OneProcess;
import dev.sluice.app.service.Process;
import dev.sluice.app.service.SinksService;
import dev.sluice.app.settings.SettingsException;
import dev.sluice.app.settings.SettingsLoader;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.app.text.Json;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice demo}. */
@Command(
    name = "demo",
    description = {
      "See all of Sluice work: starts a real Kafka broker, a Schema Registry, the gateway, the"
          + " topology and the sinks in this process, publishes sample reports, and shows what they"
          + " come to. Then it stays up for reports of your own.",
      "",
      "It reads no settings and touches nothing but a temporary directory."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  sluice demo", "  sluice demo --exit --json > summary.json"})
public final class DemoCommand implements Callable<Integer> {
  private static final Duration READY = Duration.ofMinutes(2);

  private final Console console;

  @Mixin private HelpOption help;

  @Option(names = "--exit", description = "End after the summary.")
  private boolean exit;

  @Option(names = "--json", description = "Print the summary as JSON, and nothing else.")
  private boolean json;

  @Option(names = "--keep", paramLabel = "DIR", description = "Keep all data in this directory.")
  private Path keep;

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description = "What to publish, instead of samples/demo.yaml.")
  private Path plan;

  @Option(names = "--debug", description = "Log what happens, and show where a failure comes from.")
  private boolean debug;

  public DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    if (debug) {
      LogSetup.level("DEBUG");
    } else {
      LogSetup.libraries("ERROR");
    }
    DemoPlan demoPlan = DemoPlan.read(plan == null ? samples() : plan);
    DemoDirectory directory = DemoDirectory.of(keep);
    DataDirectory data = DataDirectory.open(directory.root());
    SluiceSettings settings = settings(data).load();
    return new Process(console)
        .run(
            settings,
            process -> {
              process.services().add(directory);
              run(process, data, demoPlan);
            });
  }

  private static Path samples() {
    String home = System.getProperty("sluice.home");
    if (home == null) {
      throw new CommandFailure(
          ExitCode.USAGE, "where are the samples? Start the demo with ./sluice, or give --plan");
    }
    return Path.of(home, "samples", "demo.yaml");
  }

  /** Of its own, whatever this machine's settings say: a demo must reach nobody's real systems. */
  private static SettingsLoader settings(DataDirectory data) {
    return new SettingsLoader(Map.of(), data.root())
        .preset("data-dir", data.root().toString())
        .preset("kafka.partitions", "4")
        .preset("kafka.replication", "1")
        .preset("gateway.port", "0")
        .preset("streams.threads", "1")
        .preset("streams.state-dir", data.streams().toString())
        .preset("publisher.redaction-key-file", data.redactionKey().toString())
        .preset("publisher.redaction-key-id", "demo")
        .preset("database.url", data.databaseUrl())
        .preset("sinks.file.type", "jsonlines")
        .preset("sinks.file.jsonlines.path", events(data).toString());
  }

  private void run(Process process, DataDirectory data, DemoPlan demoPlan)
      throws InterruptedException {
    long started = ManagementFactory.getRuntimeMXBean().getStartTime();
    progress("starting a Kafka broker and a Schema Registry in this process");
    MachineService machine = process.services().add(MachineService.persistent(data.kafka(), 0, 0));
    progress("starting the topology, the sinks and the gateway");
    SluiceSettings settings;
    try {
      settings =
          settings(data)
              .preset("kafka.bootstrap-servers", machine.machine().bootstrapServers())
              .preset("registry.url", machine.machine().registryUrl().toString())
              .load();
    } catch (SettingsException e) {
      throw new IllegalStateException("the demo's own settings do not hold", e);
    }
    OneProcess sluice = OneProcess.start(process, settings, console);
    Demo demo = new Demo(demoPlan, sluice, console);
    demo.loadKnowledge();
    if (!sluice.awaitReady(READY)) {
      throw new CommandFailure(
          ExitCode.UNREACHABLE,
          "the topology did not start within " + READY.toSeconds() + " s; --debug shows why");
    }
    DemoSummary summary = demo.run(started);
    if (json) {
      Json.print(console.out(), summary);
    } else {
      DemoText.print(console.out(), summary);
    }
    if (exit) {
      demo.awaitEvents(events(data), summary);
      process.services().stop();
      return;
    }
    if (!json) {
      process
          .services()
          .add(
              SinksService.start(
                  live(data, settings), sluice.serdes(), console, process.metrics()));
    }
    sayWhereToLook(sluice, data);
  }

  private static Path events(DataDirectory data) {
    return data.root().resolve("events.jsonl");
  }

  /** From here on, what happens is printed as it happens. */
  private static SluiceSettings live(DataDirectory data, SluiceSettings settings) {
    try {
      return new SettingsLoader(Map.of(), data.root())
          .preset("kafka.bootstrap-servers", settings.kafka().bootstrapServers())
          .preset("kafka.partitions", "4")
          .preset("kafka.replication", "1")
          .preset("registry.url", settings.registry().url())
          .preset("sinks.console.type", "console")
          .preset("sinks.console.start", "now")
          .load();
    } catch (SettingsException e) {
      throw new IllegalStateException("the demo's own settings do not hold", e);
    }
  }

  private void sayWhereToLook(OneProcess sluice, DataDirectory data) {
    String gateway = sluice.gateway().uri().toString();
    String kafka = sluice.settings().kafka().bootstrapServers();
    String registry = sluice.settings().registry().url();
    progress("it stays up; Ctrl-C ends it%s", keep == null ? " and deletes its data" : "");
    progress("  send a report of your own, and see here what happens:");
    progress(
        "    ./sluice publish report.json --asset NAME --version V --server %s --wait", gateway);
    progress(
        "  see what there is, and why: ./sluice findings|items|explain ID --server %s", gateway);
    progress("  gateway   %s  (API: %s/v1/openapi.json)", gateway, gateway);
    progress("  Kafka     %s", kafka);
    progress("  registry  %s", registry);
    progress("  items     kcat -C -b %s -t items.v1 -s value=avro -r %s", kafka, registry);
    progress("  events    %s", events(data));
  }

  private void progress(String format, Object... arguments) {
    console.err().println("sluice: " + String.format(java.util.Locale.ROOT, format, arguments));
  }
}
