package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.LogSetup;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.app.status.StatusReport;
import dev.sluice.app.status.StatusSurvey;
import dev.sluice.app.status.StatusText;
import dev.sluice.app.text.Json;
import dev.sluice.topics.BrokerUnavailableException;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice status}. */
@Command(
    name = "status",
    description = {
      "How the installation is, on one screen: what each service has not worked off yet, state of"
          + " the topology, age of feeds, scans that are held or missing, dead letters, topics.",
      "Exit 0 if all is well, 1 if something needs a person, 4 if Kafka or the registry cannot be"
          + " reached."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  sluice status", "  sluice status --json | jq -r '.attention[]'"})
final class StatusCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private HelpOption help;
  @Mixin private SettingsOptions options;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  StatusCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    LogSetup.libraries("ERROR");
    SluiceSettings settings = options.loadForOperator();
    StatusReport report;
    try {
      report = new StatusSurvey(settings).ask(Instant.now());
    } catch (KafkaException | BrokerUnavailableException e) {
      throw new CommandFailure(ExitCode.UNREACHABLE, "cannot say: " + e.getMessage(), e);
    }
    if (json) {
      Json.print(console.out(), report);
    } else {
      StatusText.print(console.out(), report);
    }
    return (report.attention().isEmpty() ? ExitCode.OK : ExitCode.ATTENTION).code();
  }
}
