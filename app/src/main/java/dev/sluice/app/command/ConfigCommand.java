package dev.sluice.app.command;

import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.settings.EffectiveSettings;
import dev.sluice.app.settings.EffectiveSettings.Value;
import dev.sluice.app.settings.SettingsSchema;
import dev.sluice.app.text.Json;
import dev.sluice.app.text.TextTable;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice config}. */
@Command(
    name = "config",
    description =
        "Show what the settings come to, check them, or print their JSON Schema for an editor.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice config check --config /etc/sluice/sluice.yaml",
      "  sluice config show --changed",
      "  sluice config show kafka",
      "  sluice config schema > sluice.schema.json",
      "",
      "With '# yaml-language-server: $schema=sluice.schema.json' as the first line of",
      "sluice.yaml, editors complete keys and mark wrong ones."
    })
final class ConfigCommand implements Runnable {
  private final Console console;

  @Mixin private HelpOption help;
  @Spec private CommandSpec spec;

  ConfigCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "show, check or schema? sluice config --help explains them");
  }

  @Command(
      name = "show",
      description = {
        "Show every setting with its value and where that comes from: a line of the settings file, an"
            + " environment variable, a flag, or the default.",
        "Credentials are shown as ***."
      })
  int show(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Parameters(
              paramLabel = "PREFIX",
              arity = "0..1",
              description = "Keys that begin with it, for example kafka or sinks.jira.")
          String prefix,
      @Option(names = "--changed", description = "Only what is not the default.") boolean changed,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    List<Value> values =
        options.explain().values().stream()
            .filter(each -> prefix == null || each.key().startsWith(prefix))
            .filter(each -> !changed || !each.unset())
            .toList();
    if (json) {
      Json.print(console.out(), values);
      return ExitCode.OK.code();
    }
    if (values.isEmpty()) {
      console.out().println(changed ? "everything is the default" : "no key begins with " + prefix);
      return prefix == null || changed ? ExitCode.OK.code() : ExitCode.USAGE.code();
    }
    TextTable table = new TextTable("key", "value", "from");
    values.forEach(each -> table.row(each.key(), each.value(), each.source()));
    table.print(console.out(), "");
    return ExitCode.OK.code();
  }

  @Command(
      name = "check",
      description = {
        "Check the settings file, the environment and flags: every problem with its place, and exit"
            + " code 2; 0 if there is none.",
        "Nothing is started and no server is asked."
      })
  int check(@Mixin HelpOption help, @Mixin SettingsOptions options) {
    EffectiveSettings settings = options.explain();
    long set = settings.values().stream().filter(each -> !each.unset()).count();
    console
        .out()
        .println(
            (settings.file() == null ? "no settings file" : settings.file().toString())
                + ": "
                + (set == 1 ? "1 key is" : set + " keys are")
                + " set, environment and flags included; all are known and have the right type");
    return ExitCode.OK.code();
  }

  @Command(name = "schema", description = "Print the JSON Schema (draft 2020-12) of sluice.yaml.")
  int schema(@Mixin HelpOption help) {
    Json.print(console.out(), SettingsSchema.document());
    return ExitCode.OK.code();
  }
}
