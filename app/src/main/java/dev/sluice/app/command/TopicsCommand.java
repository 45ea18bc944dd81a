package dev.sluice.app.command;

import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.LogSetup;
import dev.sluice.app.service.TopicSetup;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.topics.Topics.Realm;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice topics}. */
@Command(
    name = "topics",
    description = "Create the topics that Sluice needs, or check that they are as they must be.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice topics create --bootstrap-servers kafka-1:9092",
      "  sluice topics check --set kafka.prefix=acme."
    })
final class TopicsCommand implements Runnable {
  private final Console console;

  @Mixin private HelpOption help;
  @Spec private CommandSpec spec;

  TopicsCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "create or check? sluice topics --help explains both");
  }

  @Command(name = "create", description = "Create what is missing; change nothing that is there.")
  int create(@Mixin HelpOption help, @Mixin SettingsOptions settings, @Mixin Where where) {
    List<String> created = TopicSetup.create(where.kafka(settings), where.realms());
    created.forEach(name -> console.out().println("created " + name));
    console.out().println(created.isEmpty() ? "all topics are there" : "all topics are there now");
    return ExitCode.OK.code();
  }

  @Command(
      name = "check",
      description = "Check that every topic is there with the right number of partitions.")
  int check(@Mixin HelpOption help, @Mixin SettingsOptions settings, @Mixin Where where) {
    TopicSetup.check(where.kafka(settings), where.realms());
    console.out().println("all topics are as they must be");
    return ExitCode.OK.code();
  }

  /** Options of both. */
  static final class Where {
    @Option(
        names = "--bootstrap-servers",
        paramLabel = "HOST:PORT",
        description = "Brokers, instead of kafka.bootstrap-servers.")
    private String bootstrapServers;

    @Option(
        names = "--realm",
        paramLabel = "REALM",
        description = "common or embargoed; both if it is left out.")
    private Realm realm;

    private KafkaSettings kafka(SettingsOptions options) {
      LogSetup.libraries("ERROR");
      return options
          .with("kafka.bootstrap-servers", bootstrapServers, "--bootstrap-servers")
          .load()
          .kafka();
    }

    private List<Realm> realms() {
      return realm == null ? List.of(Realm.values()) : List.of(realm);
    }
  }
}
