package dev.sluice.app.command;

import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice completion}. */
@Command(
    name = "completion",
    description = "Print what makes a shell complete commands and options.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(sluice completion bash)          in ~/.bashrc",
      "  source <(sluice completion zsh)           in ~/.zshrc",
      "  sluice completion fish > ~/.config/fish/completions/sluice.fish"
    })
final class CompletionCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private HelpOption help;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
  private Shell shell;

  /** Which shell reads it. */
  enum Shell {
    BASH,
    ZSH,
    FISH
  }

  CompletionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    if (shell == Shell.FISH) {
      StringBuilder script = new StringBuilder("complete -c sluice -f\n");
      fish(root.getCommandSpec(), "__fish_use_subcommand", script);
      console.out().print(script);
    } else {
      // The script is for both: it turns bash's way on where zsh reads it.
      console.out().print(AutoComplete.bash("sluice", root));
    }
    console.out().flush();
    return ExitCode.OK.code();
  }

  /**
   * Names under a command, then each of them in turn; files are completed where options want them.
   */
  private static void fish(CommandSpec command, String where, StringBuilder script) {
    command
        .subcommands()
        .forEach(
            (name, line) ->
                script
                    .append("complete -c sluice -n '")
                    .append(where)
                    .append("' -a ")
                    .append(name)
                    .append(" -d ")
                    .append(quoted(first(line.getCommandSpec().usageMessage().description())))
                    .append('\n'));
    command.subcommands().forEach((name, line) -> options(name, line.getCommandSpec(), script));
  }

  private static void options(String path, CommandSpec command, StringBuilder script) {
    String seen = "__fish_seen_subcommand_from " + path;
    for (OptionSpec option : command.options()) {
      script.append("complete -c sluice -n '").append(seen).append("' -l ");
      script.append(option.longestName().replaceFirst("^-+", ""));
      if (option.arity().max() > 0) {
        script.append(" -r -F");
      }
      script.append(" -d ").append(quoted(first(option.description()))).append('\n');
    }
    String rest = String.join(" ", command.subcommands().keySet());
    if (!rest.isEmpty()) {
      fish(command, seen + "; and not __fish_seen_subcommand_from " + rest, script);
    }
  }

  private static String first(String[] lines) {
    return lines.length == 0 ? "" : lines[0];
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
