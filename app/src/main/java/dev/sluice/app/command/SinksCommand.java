package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.service.Process;
import dev.sluice.app.service.SinksService;
import dev.sluice.app.service.TopicSetup;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.sinks.SinkSettings;
import dev.sluice.topics.Topics.Realm;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice sinks}. */
@Command(
    name = "sinks",
    description = "Send action items to where you work: every sink that the settings name.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice sinks --config /etc/sluice/sluice.yaml",
      "  sluice sinks --set sinks.screen.type=console"
    })
final class SinksCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private HelpOption help;
  @Mixin private SettingsOptions options;

  SinksCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    SluiceSettings settings = options.load();
    List<Realm> realms =
        settings.sinks().values().stream()
            .filter(SinkSettings::enabled)
            .map(SinkSettings::realm)
            .distinct()
            .toList();
    if (realms.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "no sink is set; name one, for example --set sinks.screen.type=console (docs/sinks.md)");
    }
    return new Process(console)
        .run(
            settings,
            process -> {
              TopicSetup.check(settings.kafka(), realms);
              SinksService sinks =
                  process
                      .services()
                      .add(
                          SinksService.start(
                              settings,
                              AvroSerdes.of(settings.registry()),
                              console,
                              process.metrics()));
              console.err().println("sluice: sinks run: " + String.join(", ", sinks.names()));
            });
  }
}
