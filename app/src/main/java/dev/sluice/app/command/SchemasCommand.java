package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.LogSetup;
import dev.sluice.app.schema.SchemaCheck;
import dev.sluice.app.schema.SchemaState;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.app.text.Json;
import dev.sluice.app.text.TextTable;
import dev.sluice.registry.RegistryException;
import dev.sluice.topics.Topics.Realm;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice schemas}. */
@Command(
    name = "schemas",
    description = {
      "Ask the Schema Registry before a deployment whether it takes this release's schemas, and"
          + " register them."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice schemas check --set registry.url=https://registry.example",
      "  sluice schemas register"
    })
final class SchemasCommand implements Runnable {
  private final Console console;

  @Mixin private HelpOption help;
  @Spec private CommandSpec spec;

  SchemasCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "check or register? sluice schemas --help explains both");
  }

  @Command(
      name = "check",
      description = {
        "Compare every schema with its subject. Writes nothing.",
        "Exit 1 if the registry would refuse one, 4 if it cannot be asked. A schema that is only"
            + " not registered yet is fine."
      })
  int check(
      @Mixin HelpOption help,
      @Mixin SettingsOptions settings,
      @Option(names = "--realm", paramLabel = "REALM", description = "common or embargoed.")
          Realm realm,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    return report(ask(settings, schemas -> schemas.check(realms(realm))), json);
  }

  @Command(
      name = "register",
      description = {
        "Register every schema that its subject lacks, if all of them are compatible; else"
            + " none.",
        "For registries in which services may not register (auto.register.schemas=false)."
      })
  int register(
      @Mixin HelpOption help,
      @Mixin SettingsOptions settings,
      @Option(names = "--realm", paramLabel = "REALM", description = "common or embargoed.")
          Realm realm,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    return report(ask(settings, schemas -> schemas.register(realms(realm))), json);
  }

  private static List<Realm> realms(Realm realm) {
    return realm == null ? List.of(Realm.values()) : List.of(realm);
  }

  private static List<SchemaState> ask(
      SettingsOptions options, Function<SchemaCheck, List<SchemaState>> question) {
    LogSetup.libraries("ERROR");
    SluiceSettings settings = options.loadForOperator();
    try {
      return question.apply(new SchemaCheck(settings.kafka().prefix(), settings.registry()));
    } catch (RegistryException e) {
      throw new CommandFailure(ExitCode.UNREACHABLE, e.getMessage(), e);
    } catch (ConfigException e) {
      throw new CommandFailure(ExitCode.USAGE, "registry.properties: " + e.getMessage(), e);
    }
  }

  private int report(List<SchemaState> states, boolean json) {
    if (json) {
      Json.print(console.out(), states);
    } else {
      TextTable table = new TextTable("subject", "state", "version", "id", "level", "why").dense();
      states.forEach(
          state ->
              table.row(
                  state.subject(),
                  state.standing().name().toLowerCase(Locale.ROOT),
                  state.version(),
                  state.id(),
                  state.level(),
                  String.join("; ", state.against())));
      table.print(console.out(), "");
    }
    boolean refused =
        states.stream().anyMatch(s -> s.standing() == SchemaState.Standing.INCOMPATIBLE);
    return (refused ? ExitCode.ATTENTION : ExitCode.OK).code();
  }
}
