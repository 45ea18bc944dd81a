package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.deadletter.Letter;
import dev.sluice.app.deadletter.LetterActs.RefusedException;
import dev.sluice.app.deadletter.LetterFilter;
import dev.sluice.app.deadletter.LetterId;
import dev.sluice.app.deadletter.LetterText;
import dev.sluice.app.deadletter.OpenLetter;
import dev.sluice.app.deadletter.Resolution;
import dev.sluice.app.text.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice dead-letters}. */
@Command(
    name = "dead-letters",
    description = {
      "Records that could not be processed: look at them, send them again, or put them away.",
      "What was done, by whom and why is kept beside the letter."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice dead-letters list --step sink:jira --since 24h",
      "  sluice dead-letters show 3-17",
      "  sluice dead-letters replay --sink jira --by alex --reason 'Jira is back'",
      "  sluice dead-letters show 3-17 --record fixed.json && vi fixed.json",
      "  sluice dead-letters replay 3-17 --edit fixed.json --by alex",
      "  sluice dead-letters drop 3-17 --by alex --reason 'a test'"
    })
final class DeadLettersCommand implements Runnable {
  private final Console console;

  @Mixin private HelpOption help;
  @Spec private CommandSpec spec;

  DeadLettersCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "list, show, replay or drop? sluice dead-letters --help explains them");
  }

  @Command(name = "list", description = "Print those that nobody has done anything about.")
  int list(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Mixin LetterOptions which,
      @Option(names = "--all", description = "Also those that were replayed or dropped.")
          boolean all,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    List<Letter> letters =
        LetterSession.of(options).ask(session -> session.box().find(which.filter(all)));
    if (json) {
      Json.print(console.out(), letters.stream().map(LetterText::row).toList());
    } else {
      LetterText.table(console.out(), letters);
    }
    return ExitCode.OK.code();
  }

  @Command(
      name = "show",
      description = {
        "Print headers, history and content of one: the record where it can be decoded, else its"
            + " first bytes in hexadecimal. What looks like a credential is hidden."
      })
  int show(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Parameters(paramLabel = "ID", description = "As list prints it, for example 3-17.")
          String id,
      @Option(
              names = "--record",
              paramLabel = "FILE",
              description = "Write the record as Avro's JSON to a new file, to repair it.")
          Path file) {
    LetterId letter = id(id);
    OpenLetter open = LetterSession.of(options).ask(session -> open(session, letter));
    if (file != null) {
      write(open, file);
      console.out().println("wrote " + file);
    } else {
      LetterText.print(console.out(), open);
    }
    return ExitCode.OK.code();
  }

  private static OpenLetter open(LetterSession session, LetterId id) {
    return session
        .box()
        .open(id)
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.USAGE, "there is no dead letter " + id + " (any more)"));
  }

  private static void write(OpenLetter open, Path file) {
    String json =
        open.json()
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.UNREADABLE,
                        open.letter().id()
                            + " cannot be decoded as a record of "
                            + open.letter().topic()));
    try {
      OwnerFiles.create(file);
      Files.writeString(file, json + "\n");
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.USAGE, file + ": cannot be written; is it there already? (" + e + ")", e);
    }
  }

  @Command(
      name = "replay",
      description = {
        "Send records again to the topic that they came from, byte for byte, with a header"
            + " sluice-replayed that says who, when and from where.",
        "Name letters by id, or by filters. What a newer record has overtaken is refused.",
        "Exit 1 if any was refused."
      })
  int replay(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Mixin PersonOptions person,
      @Mixin LetterOptions which,
      @Parameters(arity = "0..*", paramLabel = "ID", description = "Ids, as list prints them.")
          List<String> ids,
      @Option(
              names = "--edit",
              paramLabel = "FILE",
              description = "Send this record instead: Avro's JSON, as show --record wrote it.")
          Path edit,
      @Option(names = "--again", description = "Also what was replayed or dropped already.")
          boolean again,
      @Option(names = "--dry-run", description = "Print what would be sent; send nothing.")
          boolean dryRun) {
    if (edit != null && (ids == null || ids.size() != 1)) {
      throw new CommandFailure(ExitCode.USAGE, "--edit repairs one letter: name it by its id");
    }
    String text = edit == null ? null : read(edit);
    String by = person.by();
    String reason = person.reason();
    return each(
        options,
        ids,
        which.filter(again),
        again,
        dryRun,
        (session, letter) -> session.acts().replay(open(session, letter.id()), text, by, reason));
  }

  @Command(
      name = "drop",
      description = {
        "Put letters away: list shows them no longer, list --all does with who and why.",
        "Name letters by id, or by filters."
      })
  int drop(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Mixin PersonOptions person,
      @Mixin LetterOptions which,
      @Parameters(arity = "0..*", paramLabel = "ID", description = "Ids, as list prints them.")
          List<String> ids,
      @Option(names = "--dry-run", description = "Print what would be dropped; drop nothing.")
          boolean dryRun) {
    String by = person.by();
    String reason = dryRun ? person.reason() : person.needReason();
    return each(
        options,
        ids,
        which.filter(false),
        false,
        dryRun,
        (session, letter) -> session.acts().drop(letter, by, reason));
  }

  private interface Act {
    Resolution on(LetterSession session, Letter letter);
  }

  private int each(
      SettingsOptions options,
      List<String> ids,
      LetterFilter filter,
      boolean again,
      boolean dryRun,
      Act act) {
    if ((ids == null || ids.isEmpty()) && filter.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE, "name letters by id, or say which by --step, --sink, --topic, …");
    }
    return LetterSession.of(options)
        .ask(
            session -> {
              List<Letter> letters = chosen(session, ids, filter);
              ExitCode exit = ExitCode.OK;
              for (Letter letter : letters) {
                exit = exit.worse(one(session, letter, again, dryRun, act));
              }
              if (letters.isEmpty()) {
                console.out().println("no dead letter is like that");
              }
              return exit.code();
            });
  }

  private static List<Letter> chosen(LetterSession session, List<String> ids, LetterFilter filter) {
    return ids == null || ids.isEmpty()
        ? session.box().find(filter)
        : ids.stream().map(id -> open(session, id(id)).letter()).toList();
  }

  private ExitCode one(
      LetterSession session, Letter letter, boolean again, boolean dryRun, Act act) {
    Optional<Resolution> before = letter.resolution();
    if (before.isPresent() && !again) {
      console
          .err()
          .println(
              "sluice: "
                  + letter.id()
                  + ": "
                  + before.get().by()
                  + " "
                  + before.get().deed()
                  + " it at "
                  + before.get().at()
                  + "; replay --again sends it all the same");
      return ExitCode.ATTENTION;
    }
    if (dryRun) {
      console.out().println(letter.id() + " " + letter.step() + " " + letter.key());
      return ExitCode.OK;
    }
    try {
      Resolution how = act.on(session, letter);
      console
          .out()
          .println(letter.id() + " " + how.deed() + (how.to() == null ? "" : " to " + how.to()));
      return ExitCode.OK;
    } catch (RefusedException e) {
      console.err().println("sluice: " + letter.id() + ": " + e.getMessage());
      return ExitCode.ATTENTION;
    }
  }

  private static LetterId id(String text) {
    try {
      return LetterId.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": cannot be read", e);
    }
  }
}
