package dev.sluice.app.command;

import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.explain.Lists;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice findings}. */
@Command(
    name = "findings",
    description =
        "List findings, withheld and resolved ones too: what is open comes first, and the worst of"
            + " it first.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice findings --asset pay --status open --severity critical,high",
      "  sluice findings --cve CVE-2021-44228 --server https://sluice.example",
      "  sluice findings --json | jq '.[] | select(.decision.actionable) | .vulnerability'"
    })
final class FindingsCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private HelpOption help;
  @Mixin private ListOptions list;

  FindingsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    if (list.isJson()) {
      list.printJson(console, "findings");
    } else {
      Lists.findings(console.out(), list.rows(console, "findings"), "");
    }
    return ExitCode.OK.code();
  }
}
