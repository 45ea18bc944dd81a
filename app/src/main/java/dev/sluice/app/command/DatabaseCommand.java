package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.service.DataDirectory;
import dev.sluice.app.service.DatabaseService;
import dev.sluice.app.service.Process;
import dev.sluice.app.service.TopicSetup;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.sinks.database.Database;
import dev.sluice.sinks.database.DatabaseException;
import dev.sluice.topics.Topics.Realm;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice database}. */
@Command(
    name = "database",
    description = {
      "Keep the database of findings and items that lists, explain and dashboards are made from.",
      "",
      "sluice up does so by itself; this is for a cluster (docs/read-model.md)."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice database run --set database.url=jdbc:postgresql://db/sluice",
      "  sluice database rebuild"
    })
final class DatabaseCommand implements Runnable {
  private final Console console;

  @Mixin private HelpOption help;
  @Spec private CommandSpec spec;

  DatabaseCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "run, or rebuild?");
  }

  @Command(
      name = "run",
      description = "Follow the topics and write the tables. Run one, or a second to take over.")
  int follow(@Mixin HelpOption help, @Mixin SettingsOptions options) throws Exception {
    SluiceSettings settings = withDatabase(options.load());
    List<Realm> realms =
        settings.database().cleared() ? List.of(Realm.values()) : List.of(Realm.COMMON);
    return new Process(console)
        .run(
            settings,
            process -> {
              TopicSetup.check(settings.kafka(), realms);
              AvroSerdes serdes = AvroSerdes.of(settings.registry());
              process
                  .services()
                  .add(DatabaseService.start(settings, serdes, realms, process.metrics()));
              console.err().println("sluice: the read model follows the topics");
            });
  }

  @Command(
      name = "rebuild",
      description = {
        "Empty the tables, so that they are filled from the beginning of the topics again. A"
            + " process that follows the topics begins anew by itself; with sluice up, stop it"
            + " first.",
        "Events, decisions and verdicts that the topics no longer hold are gone then."
      })
  int rebuild(@Mixin HelpOption help, @Mixin SettingsOptions options) {
    SluiceSettings first = options.load();
    if (first.database().url().isEmpty()) {
      options.preset("database.url", DataDirectory.open(first.dataDir()).databaseUrl());
    }
    SluiceSettings settings = withDatabase(options.load());
    List<Realm> realms =
        settings.database().cleared() ? List.of(Realm.values()) : List.of(Realm.COMMON);
    for (Realm realm : realms) {
      try (Database database = Database.open(settings.database(), realm)) {
        database.forget();
      } catch (DatabaseException e) {
        throw new CommandFailure(ExitCode.UNREACHABLE, e.getMessage(), e);
      }
    }
    console.err().println("sluice: the tables are empty; they fill as the topics are read again");
    return ExitCode.OK.code();
  }

  private static SluiceSettings withDatabase(SluiceSettings settings) {
    if (!settings.database().isSet()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "no database is set; name one, for example"
              + " --set database.url=jdbc:postgresql://db/sluice (docs/read-model.md)");
    }
    return settings;
  }
}
