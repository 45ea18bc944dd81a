package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.LogSetup;
import dev.sluice.app.knowledge.IgnoredRisks;
import dev.sluice.app.knowledge.KnowledgeDesk;
import dev.sluice.app.knowledge.Person;
import dev.sluice.app.text.Json;
import dev.sluice.app.text.TextTable;
import dev.sluice.events.Finding;
import dev.sluice.events.Severity;
import dev.sluice.events.Suppression;
import dev.sluice.streams.knowledge.KnowledgePublisher;
import dev.sluice.streams.knowledge.ProposedChange;
import dev.sluice.streams.rules.document.DocumentException;
import dev.sluice.streams.rules.identity.Hashes;
import dev.sluice.streams.rules.suppression.IgnoreFile;
import dev.sluice.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
      "  sluice suppressions import .trivyignore --asset registry.example/acme/pay --by ann",
      "  sluice suppressions remove 'f-b4s3splyya:accepted'"
    })
final class SuppressionsCommand implements Runnable {
  private static final long LARGEST = 1_000_000;
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
        spec.commandLine(), "list, import or remove? sluice suppressions --help explains them");
  }

  /** A suppression as {@code --json} prints it. */
  record Row(
      String id,
      String kind,
      List<String> findings,
      String vulnerability,
      List<String> products,
      List<String> subcomponents,
      List<String> paths,
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
                String.join(", ", row.findings().isEmpty() ? row.products() : row.findings()),
                row.expires(),
                row.owner(),
                row.reason().isEmpty() ? row.justification() : row.reason()));
    table.print(console.out(), "");
    return ExitCode.OK.code();
  }

  @Command(
      name = "import",
      description = {
        "Take a .trivyignore or .trivyignore.yaml over as accepted risks of an asset.",
        "What a file of the same name said before and does not any more is taken away; lines that cannot be"
            + " taken over are named. It never hides what is known to be exploited, or a live secret.",
        "Exit 1 if it would withhold more than 10 open items: it is held until a second person confirms it"
            + " (sluice changes)."
      })
  int take(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Mixin PersonOptions person,
      @Parameters(paramLabel = "FILE", description = "YAML if its name ends in .yaml or .yml.")
          Path file,
      @Option(
              names = "--asset",
              paramLabel = "NAME",
              required = true,
              description = "The asset of which the risks are accepted.")
          String asset,
      @Option(
              names = "--until",
              paramLabel = "DATE",
              description =
                  "Last day of what has no end in the file, at most a year from now; by default the one"
                      + " it had, else 90 days from now.")
          LocalDate until,
      @Option(
              names = "--cap",
              paramLabel = "SEVERITY",
              description = "They hold only up to this severity; by default up to any.")
          Severity cap) {
    LogSetup.libraries("ERROR");
    Instant end = until == null ? null : AcceptCommand.endOf(until);
    Person by = Person.here(person.by(), person.reason());
    String name = AssetsCommand.named(asset);
    String source = file.normalize().toString().replace('\\', '/');
    IgnoreFile read = read(file);
    IgnoredRisks risks =
        new IgnoredRisks(
            name, source, by, cap == null ? Severity.UNKNOWN : cap, end, Instant.now());
    KnowledgeDesk desk = new KnowledgeDesk(options.loadForOperator());
    Map<String, Suppression> before = new TreeMap<>();
    desk.some(Topics.SUPPRESSIONS, risks::isFromHere, ORDER)
        .forEach(each -> before.put(each.getId(), each));
    risks.take(read, before.values());
    risks.compare(
        desk.some(
            Topics.FINDINGS,
            each -> name.equals(each.getAsset()) && each.getMovedTo() == null,
            Comparator.comparing(Finding::getId)));
    risks.remarks().forEach(console.err()::println);
    List<Suppression> changed = new ArrayList<>();
    for (Suppression each : risks.taken()) {
      Suppression was = before.remove(each.getId());
      if (was == null || !was.getVersion().equals(each.getVersion())) {
        changed.add(each);
      }
    }
    List<Suppression> gone = List.copyOf(before.values());
    String said =
        "%s: %d risks of %s are accepted, %d new or changed, %d gone"
            .formatted(source, risks.taken().size(), name, changed.size(), gone.size());
    if (risks.taken().isEmpty() && gone.isEmpty()) {
      throw new CommandFailure(
          ExitCode.UNREADABLE, source + ": nothing in it can be taken over; nothing was changed");
    }
    ProposedChange change = ProposedChange.suppressions(source + " of " + name, changed, gone);
    return ProposerOptions.offer(desk, console, change, by, said).code();
  }

  private static IgnoreFile read(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw new CommandFailure(ExitCode.UNREADABLE, file + ": is too large for an ignore file");
      }
      return IgnoreFile.read(file.toString(), Files.readString(file));
    } catch (DocumentException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": there is no such file", e);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": cannot be read as UTF-8 text", e);
    }
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
        each.getPaths(),
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
