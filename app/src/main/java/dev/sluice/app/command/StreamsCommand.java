package dev.sluice.app.command;

import dev.sluice.app.Console;
import dev.sluice.app.HelpOption;
import dev.sluice.app.service.Process;
import dev.sluice.app.service.StreamsService;
import dev.sluice.app.service.TopicSetup;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.topics.Topics.Realm;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice streams}. */
@Command(
    name = "streams",
    description = {
      "Run the topology: deduplicate, enrich, decide, group.",
      "Run as many as you like, up to the number of partitions; they share the work."
    },
    footerHeading = "%nExample:%n",
    footer = "  sluice streams --config /etc/sluice/sluice.yaml --set management.port=9404")
final class StreamsCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private HelpOption help;
  @Mixin private SettingsOptions options;

  StreamsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    SluiceSettings settings = options.load();
    List<Realm> realms = realms(settings);
    return new Process(console)
        .run(
            settings,
            process -> {
              TopicSetup.check(settings.kafka(), realms);
              AvroSerdes serdes = AvroSerdes.of(settings.registry());
              for (Realm realm : realms) {
                process
                    .services()
                    .add(StreamsService.start(settings, serdes, realm, process.metrics()));
              }
              console.err().println("sluice: streams started, state in " + stateDir(settings));
            });
  }

  private static String stateDir(SluiceSettings settings) {
    return settings.streams().stateDir().toAbsolutePath().normalize().toString();
  }

  static List<Realm> realms(SluiceSettings settings) {
    return settings.streams().embargoed() ? List.of(Realm.values()) : List.of(Realm.COMMON);
  }
}
