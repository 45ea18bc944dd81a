package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.knowledge.Guard;
import dev.sluice.app.knowledge.KnowledgeDesk;
import dev.sluice.app.knowledge.Person;
import dev.sluice.events.KnowledgeChange;
import dev.sluice.streams.knowledge.ProposedChange;
import java.time.Clock;
import picocli.CommandLine.Option;

/** Who changes reference data; somebody else has to confirm what would withhold much. */
final class ProposerOptions {
  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who changes it; by default this system's user name. It is recorded.")
  private String by;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why, at most 500 characters; it is recorded if the change is held.")
  private String reason;

  /** Who it is, as they say or by their account. */
  String name() {
    return person().name();
  }

  private Person person() {
    if (by != null && by.isBlank()) {
      throw new CommandFailure(ExitCode.USAGE, "--by: say who changes it");
    }
    if (reason != null && reason.length() > PersonOptions.LONGEST) {
      throw new CommandFailure(
          ExitCode.USAGE, "--reason: at most " + PersonOptions.LONGEST + " characters");
    }
    return Person.here(by == null ? null : by.strip(), reason);
  }

  /** Makes a change or has it held, and says which. */
  ExitCode offer(KnowledgeDesk desk, Console console, ProposedChange change, String made) {
    return offer(desk, console, change, person(), made);
  }

  /**
   * Makes a change or has it held, and says which.
   *
   * @param made what to say if it holds from now on
   */
  static ExitCode offer(
      KnowledgeDesk desk, Console console, ProposedChange change, Person by, String made) {
    Guard.Outcome outcome = new Guard(desk, Clock.systemUTC()).offer(change, by);
    if (outcome instanceof Guard.Held held) {
      console.out().println(explain(held.change()));
      return ExitCode.POLICY;
    }
    console.out().println(made);
    if (outcome instanceof Guard.Made done && done.withheld() > 0) {
      console
          .out()
          .println(
              done.withheld() == 1
                  ? "1 open item is withheld by it"
                  : done.withheld() + " open items are withheld by it");
    }
    return ExitCode.OK;
  }

  private static String explain(KnowledgeChange change) {
    return change.getName()
        + ": held, and nothing was changed: it would withhold "
        + change.getWithheldItems()
        + " of "
        + change.getOpenItems()
        + " open items, more than the "
        + Guard.MOST_BY_ONE
        + " that one person may.\nLook at it with: sluice changes show "
        + change.getId()
        + "\nIt waits until somebody other than "
        + change.getProposedBy()
        + " confirms it with: sluice changes confirm "
        + change.getId()
        + " --by NAME --reason TEXT";
  }
}
