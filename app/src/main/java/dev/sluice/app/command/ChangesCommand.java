package dev.sluice.app.command;

import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.LogSetup;
import dev.sluice.app.knowledge.ChangeDiff;
import dev.sluice.app.knowledge.Guard;
import dev.sluice.app.knowledge.HeldChanges;
import dev.sluice.app.knowledge.KnowledgeDesk;
import dev.sluice.app.knowledge.Person;
import dev.sluice.app.text.Json;
import dev.sluice.app.text.TextTable;
import dev.sluice.events.KnowledgeChange;
import dev.sluice.events.WithheldItem;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice changes}. */
@Command(
    name = "changes",
    description = {
      "Changes of policy, support matrix or suppressions that would withhold more than 10 open items: they"
          + " wait until a second person confirms them.",
      "",
      "Until then what was loaded before decides. Loading another change under the same name takes the"
          + " place of one that waits."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice changes list",
      "  sluice changes show c-b4s3splyya",
      "  sluice changes confirm c-b4s3splyya --by ann --reason 'line 4 has ended, agreed with support'",
      "  sluice changes reject c-b4s3splyya --by ann --reason 'the wrong file'"
    })
final class ChangesCommand implements Runnable {
  private final Console console;

  @Mixin private HelpOption help;
  @Spec private CommandSpec spec;

  ChangesCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "list, show, confirm or reject? sluice changes --help explains them");
  }

  /** A change as {@code --json} prints it. */
  record Row(
      String id,
      String kind,
      String name,
      String state,
      int openItems,
      int withheldItems,
      Decided proposed,
      Decided decided,
      String successor,
      List<String> diff,
      List<Item> items) {}

  /** Who did something, and why. */
  record Decided(String by, String account, String at, String reason) {}

  /** An item that would be withheld, as {@code --json} prints it. */
  record Item(
      String item,
      String asset,
      String unit,
      String title,
      String severity,
      int findings,
      String rule,
      String reason) {}

  @Command(name = "list", description = "Show those that wait.")
  int list(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Option(names = "--all", description = "Those that were decided as well.") boolean all,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    LogSetup.libraries("ERROR");
    List<KnowledgeChange> changes =
        new HeldChanges(new KnowledgeDesk(options.loadForOperator()))
            .all().stream().filter(each -> all || HeldChanges.isHeld(each)).toList();
    if (json) {
      Json.print(console.out(), changes.stream().map(each -> row(each, null)).toList());
      return ExitCode.OK.code();
    }
    if (changes.isEmpty()) {
      console.out().println(all ? "no change was ever held" : "no change waits");
      return ExitCode.OK.code();
    }
    TextTable table =
        new TextTable("id", "what", "name", "state", "would withhold", "proposed by", "at");
    changes.forEach(
        each ->
            table.row(
                each.getId(),
                word(each.getKind()),
                each.getName(),
                word(each.getState()),
                each.getWithheldItems() + " of " + each.getOpenItems(),
                each.getProposedBy(),
                each.getProposedAt()));
    table.print(console.out(), "");
    return ExitCode.OK.code();
  }

  @Command(
      name = "show",
      description = "Show what one would change, and which open items it would withhold.")
  int show(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Parameters(paramLabel = "ID", description = "Id, as list prints it.") String id,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    LogSetup.libraries("ERROR");
    KnowledgeDesk desk = new KnowledgeDesk(options.loadForOperator());
    KnowledgeChange change = new HeldChanges(desk).find(id);
    List<String> diff = HeldChanges.isHeld(change) ? ChangeDiff.of(desk, change) : List.of();
    if (json) {
      Json.print(console.out(), row(change, diff));
      return ExitCode.OK.code();
    }
    head(change);
    if (HeldChanges.isHeld(change)) {
      console.out().println();
      console.out().println("What would change:");
      diff.forEach(line -> console.out().println("  " + TextTable.plain(line)));
    }
    items(change);
    return ExitCode.OK.code();
  }

  private void head(KnowledgeChange change) {
    TextTable table = new TextTable("", "");
    table.row("id", change.getId());
    table.row("what", word(change.getKind()) + " " + change.getName());
    table.row("state", word(change.getState()));
    table.row(
        "proposed",
        said(
            change.getProposedBy(),
            change.getProposedAccount(),
            change.getProposedAt(),
            change.getProposedReason()));
    if (change.getDecidedAt() != null) {
      table.row(
          word(change.getState()),
          said(
              change.getDecidedBy(),
              change.getDecidedAccount(),
              change.getDecidedAt(),
              change.getDecidedReason()));
    }
    if (change.getSuccessor() != null) {
      table.row("replaced by", change.getSuccessor());
    }
    table.row("digest", change.getDigest());
    table.print(console.out(), "");
  }

  private static String said(String by, String account, Object at, String reason) {
    return "by "
        + by
        + (by.equals(account) ? "" : " (as " + account + ")")
        + " at "
        + at
        + (reason == null ? "" : ": " + reason);
  }

  private void items(KnowledgeChange change) {
    console.out().println();
    console
        .out()
        .println(
            change.getWithheldItems()
                + " of "
                + change.getOpenItems()
                + " open items "
                + (HeldChanges.isHeld(change) ? "would be withheld" : "were to be withheld")
                + (change.getSample().size() < change.getWithheldItems()
                    ? "; the worst " + change.getSample().size() + ":"
                    : ":"));
    TextTable table = new TextTable("item", "severity", "asset", "what", "rule", "because").dense();
    for (WithheldItem each : change.getSample()) {
      int more = each.getFindingCount() - 1;
      table.row(
          each.getItem(),
          word(each.getSeverity()),
          each.getUnit() == null ? each.getAsset() : each.getAsset() + " " + each.getUnit(),
          each.getTitle() + (more == 0 ? "" : " and " + more + " more"),
          each.getRule(),
          each.getReason());
    }
    table.print(console.out(), "  ");
  }

  @Command(
      name = "confirm",
      description = {
        "Let a change decide from now on, exactly as it is shown. The person who proposed it cannot.",
        "Exit 1, and change nothing, if it would withhold more by now than was shown."
      })
  int confirm(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Mixin PersonOptions person,
      @Parameters(paramLabel = "ID", description = "Id, as list prints it.") String id) {
    LogSetup.libraries("ERROR");
    Person by = Person.here(person.by(), person.needReason());
    KnowledgeChange change = guard(options).confirm(id, by);
    console
        .out()
        .println(
            "confirmed "
                + id
                + ": "
                + word(change.getKind())
                + " "
                + change.getName()
                + " of "
                + change.getProposedBy()
                + " decides from now on, and withholds "
                + change.getWithheldItems()
                + " open items");
    return ExitCode.OK.code();
  }

  @Command(
      name = "reject",
      description = "Give a change up; what was loaded before goes on. Anybody may.")
  int reject(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Mixin PersonOptions person,
      @Parameters(paramLabel = "ID", description = "Id, as list prints it.") String id) {
    LogSetup.libraries("ERROR");
    Person by = Person.here(person.by(), person.needReason());
    KnowledgeChange change = guard(options).reject(id, by);
    console
        .out()
        .println("rejected " + id + ": " + word(change.getKind()) + " " + change.getName());
    return ExitCode.OK.code();
  }

  private static Guard guard(SettingsOptions options) {
    return new Guard(new KnowledgeDesk(options.loadForOperator()), Clock.systemUTC());
  }

  private static Row row(KnowledgeChange change, List<String> diff) {
    return new Row(
        change.getId(),
        word(change.getKind()),
        change.getName(),
        word(change.getState()),
        change.getOpenItems(),
        change.getWithheldItems(),
        new Decided(
            change.getProposedBy(),
            change.getProposedAccount(),
            String.valueOf(change.getProposedAt()),
            change.getProposedReason()),
        change.getDecidedAt() == null
            ? null
            : new Decided(
                change.getDecidedBy(),
                change.getDecidedAccount(),
                change.getDecidedAt().toString(),
                change.getDecidedReason()),
        change.getSuccessor(),
        diff,
        diff == null ? null : change.getSample().stream().map(ChangesCommand::item).toList());
  }

  private static Item item(WithheldItem each) {
    return new Item(
        each.getItem(),
        each.getAsset(),
        each.getUnit(),
        each.getTitle(),
        word(each.getSeverity()),
        each.getFindingCount(),
        each.getRule(),
        each.getReason());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
