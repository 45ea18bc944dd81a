package dev.sluice.app.command;

import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.explain.Lists;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice items}. */
@Command(
    name = "items",
    description =
        "List action items, the pieces of work: what is open comes first, and the worst of it"
            + " first.",
    footerHeading = "%nExamples:%n",
    footer = {"  sluice items --status open --overdue", "  sluice items --owner team-pay --json"})
final class ItemsCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private HelpOption help;
  @Mixin private ListOptions list;

  ItemsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    if (list.isJson()) {
      list.printJson(console, "items");
    } else {
      Lists.items(console.out(), list.rows(console, "items"), "");
    }
    return ExitCode.OK.code();
  }
}
