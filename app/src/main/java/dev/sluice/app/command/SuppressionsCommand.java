package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.LogSetup;
import dev.sluice.app.knowledge.KnowledgeDesk;
import dev.sluice.app.text.Json;
import dev.sluice.app.text.TextTable;
import dev.sluice.events.Suppression;
import dev.sluice.streams.knowledge.KnowledgePublisher;
import dev.sluice.streams.knowledge.ProposedChange;
import dev.sluice.streams.rules.identity.Hashes;
import dev.sluice.topics.Topics;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice suppressions}. */
@Command(
    name = "suppressions",
    description =
        "What withholds findings beside the policy: VEX statements, accepted risks, false positives.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice suppressions list --about CVE-2021-44228",
      "  sluice suppressions remove 'f-b4s3splyya:accepted'"
    })
final class SuppressionsCommand implements Runnable {
  private static final Comparator<Suppression> ORDER = Comparator.comparing(Suppression::getId);

  private final Console console;

  @Mixin private HelpOption help;
  @Spec private CommandSpec spec;

  SuppressionsCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "list or remove? sluice suppressions --help explains both");
  }

  /** A suppression as {@code --json} prints it. */
  record Row(
      String id,
      String kind,
      List<String> findings,
      String vulnerability,
      List<String> products,
      List<String> subcomponents,
      String status,
      String justification,
      String scanner,
      String reason,
      String owner,
      String expires,
      String source) {}

  @Command(name = "list", description = "Show them.")
  int list(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Option(
              names = "--about",
              paramLabel = "ID",
              description = "Only about this vulnerability or finding.")
          String about,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    LogSetup.libraries("ERROR");
    List<Row> rows =
        new KnowledgeDesk(options.loadForOperator())
                .some(
                    Topics.SUPPRESSIONS,
                    each ->
                        !KnowledgePublisher.isMark(each)
                            && (about == null
                                || about.equalsIgnoreCase(each.getVulnerability())
                                || each.getFindings().contains(about)),
                    ORDER)
                .stream()
                .map(SuppressionsCommand::row)
                .toList();
    if (json) {
      Json.print(console.out(), rows);
      return ExitCode.OK.code();
    }
    if (rows.isEmpty()) {
      console.out().println("nothing is suppressed");
      return ExitCode.OK.code();
    }
    TextTable table = new TextTable("id", "kind", "about", "until", "by", "reason");
    rows.forEach(
        row ->
            table.row(
                row.id(),
                row.status().isEmpty() ? row.kind() : row.kind() + " " + row.status(),
                row.findings().isEmpty()
                    ? String.join(", ", row.products())
                    : String.join(", ", row.findings()),
                row.expires(),
                row.owner(),
                row.reason().isEmpty() ? row.justification() : row.reason()));
    table.print(console.out(), "");
    return ExitCode.OK.code();
  }

  @Command(name = "remove", description = "Take some away; what they withheld is decided again.")
  int remove(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Mixin ProposerOptions proposer,
      @Parameters(arity = "1..*", paramLabel = "ID", description = "Ids, as list prints them.")
          List<String> ids) {
    LogSetup.libraries("ERROR");
    KnowledgeDesk desk = new KnowledgeDesk(options.loadForOperator());
    Set<String> wanted = new HashSet<>(ids);
    List<Suppression> found =
        desk.some(Topics.SUPPRESSIONS, each -> wanted.contains(each.getId()), ORDER);
    found.forEach(each -> wanted.remove(each.getId()));
    if (!wanted.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "there is no suppression " + String.join(", ", wanted) + "; nothing was removed");
    }
    String name =
        "remove-" + Hashes.id("", found.stream().map(Suppression::getId).toArray(String[]::new));
    String removed =
        found.stream()
            .map(each -> "removed " + each.getId())
            .collect(Collectors.joining(System.lineSeparator()));
    return proposer
        .offer(desk, console, ProposedChange.suppressions(name, List.of(), found), removed)
        .code();
  }

  private static Row row(Suppression each) {
    return new Row(
        each.getId(),
        word(each.getKind()),
        each.getFindings(),
        each.getVulnerability(),
        each.getProducts(),
        each.getSubcomponents(),
        word(each.getVexStatus()),
        each.getJustification(),
        each.getScanner(),
        each.getReason(),
        each.getOwner(),
        each.getExpires() == null ? null : each.getExpires().toString(),
        each.getSource());
  }

  private static String word(Enum<?> value) {
    return value.name().equals("UNKNOWN")
        ? ""
        : value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
