package dev.sluice.app.command;

import dev.sluice.app.Console;
import dev.sluice.app.HelpOption;
import dev.sluice.app.service.DatabaseReading;
import dev.sluice.app.service.GatewayService;
import dev.sluice.app.service.Process;
import dev.sluice.app.service.TopicSetup;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.topics.Topics.Realm;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice gateway}. */
@Command(
    name = "gateway",
    description = "Take reports over HTTP and write them to Kafka. Run as many as you like.",
    footerHeading = "%nExample:%n",
    footer = {
      "  sluice gateway --config /etc/sluice/sluice.yaml --set gateway.host=0.0.0.0",
      "",
      "Anything but loopback needs a token; docs/gateway.md says how to make one."
    })
final class GatewayCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private HelpOption help;
  @Mixin private SettingsOptions options;

  @Option(names = "--port", paramLabel = "PORT", description = "Port, instead of gateway.port.")
  private Integer port;

  GatewayCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    SluiceSettings settings = options.with("gateway.port", port, "--port").load();
    return new Process(console)
        .run(
            settings,
            process -> {
              TopicSetup.check(settings.kafka(), List.of(Realm.COMMON));
              GatewayService gateway =
                  process
                      .services()
                      .add(
                          GatewayService.start(
                              settings, AvroSerdes.of(settings.registry()), process.metrics()));
              if (settings.database().isSet()) {
                DatabaseReading database = process.services().add(new DatabaseReading(settings));
                gateway.answerWith(database.lookup());
              }
              console.err().println("sluice: gateway listens on " + gateway.uri());
            });
  }
}
