package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.LogSetup;
import dev.sluice.app.knowledge.AcceptedFinding;
import dev.sluice.app.knowledge.KnowledgeDesk;
import dev.sluice.app.knowledge.Person;
import dev.sluice.events.Finding;
import dev.sluice.events.FindingKind;
import dev.sluice.events.SecretValidity;
import dev.sluice.events.Severity;
import dev.sluice.events.Suppression;
import dev.sluice.streams.knowledge.ProposedChange;
import dev.sluice.topics.Topics;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice accept}. */
@Command(
    name = "accept",
    description = {
      "Accept the risk of findings until a day, or say that a scanner's claim is false.",
      "",
      "What is known to be exploited, and a live secret, cannot be accepted, and an acceptance ends when"
          + " that becomes known. A false positive lapses when another scanner affirms it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice accept f-b4s3splyya --until 2027-03-31 --by ann --reason 'behind the firewall'",
      "  sluice accept f-b4s3splyya --false-positive trivy --by ann --reason 'not the same lodash'"
    })
final class AcceptCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private HelpOption help;
  @Mixin private SettingsOptions options;
  @Mixin private PersonOptions person;

  @Parameters(arity = "1..*", paramLabel = "FINDING", description = "Ids of findings.")
  private List<String> findings;

  @Option(
      names = "--until",
      paramLabel = "DATE",
      description = "Last day, at most a year from now; needed but for a false positive.")
  private LocalDate until;

  @Option(
      names = "--cap",
      paramLabel = "SEVERITY",
      description = "It holds only up to this severity; by default the one that each has now.")
  private Severity cap;

  @Option(
      names = "--false-positive",
      paramLabel = "SCANNER",
      description = "The claim of this scanner is false.")
  private String scanner;

  AcceptCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    LogSetup.libraries("ERROR");
    Instant end = end();
    String reason = person.needReason();
    KnowledgeDesk desk = new KnowledgeDesk(options.loadForOperator());
    Set<String> wanted = new HashSet<>(findings);
    List<Finding> found =
        desk.some(
            Topics.FINDINGS,
            finding -> wanted.contains(finding.getId()),
            Comparator.comparing(Finding::getId));
    found.forEach(finding -> wanted.remove(finding.getId()));
    if (!wanted.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "there is no finding " + String.join(", ", wanted) + "; nothing was kept");
    }
    List<Suppression> made = new ArrayList<>();
    found.forEach(finding -> made.add(suppression(finding, end)));
    String what = scanner == null ? "accepted until " + until : "false positive of " + scanner;
    String said =
        found.stream()
            .map(each -> what + ": " + each.getId() + " " + each.getVulnerability())
            .collect(Collectors.joining(System.lineSeparator()));
    return ProposerOptions.offer(
            desk,
            console,
            ProposedChange.suppressions(AcceptedFinding.nameOf(made), made, List.of()),
            Person.here(person.by(), reason),
            said)
        .code();
  }

  private Instant end() {
    if (until == null) {
      if (scanner == null) {
        throw new CommandFailure(ExitCode.USAGE, "--until: say until when, for example 2027-03-31");
      }
      return null;
    }
    return endOf(until);
  }

  /** The end of the last day of an acceptance. */
  static Instant endOf(LocalDate until) {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    if (until.isBefore(today) || until.isAfter(today.plusDays(AcceptedFinding.MOST_DAYS))) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--until: must be a day within the next " + AcceptedFinding.MOST_DAYS + " days");
    }
    return until.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private Suppression suppression(Finding finding, Instant end) {
    if (scanner == null) {
      refuseWhatCannotBeAccepted(finding);
    } else if (!finding.getScanners().contains(scanner)) {
      throw new CommandFailure(
          ExitCode.USAGE,
          finding.getId()
              + " is claimed by "
              + String.join(", ", finding.getScanners())
              + " and not by "
              + scanner);
    }
    Suppression made =
        scanner == null
            ? AcceptedFinding.risk(
                finding,
                cap == null ? finding.getSeverity() : cap,
                person.reason(),
                person.by(),
                end)
            : AcceptedFinding.falsePositive(finding, scanner, person.reason(), person.by(), end);
    made.setRecordedBy(System.getProperty("user.name"));
    return made;
  }

  private static void refuseWhatCannotBeAccepted(Finding finding) {
    if (finding.getKnownExploited()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          finding.getId() + " is known to be exploited and cannot be accepted; nothing was kept");
    }
    if (finding.getKind() == FindingKind.SECRET
        && finding.getSecretValidity() != SecretValidity.REVOKED) {
      throw new CommandFailure(
          ExitCode.USAGE,
          finding.getId() + " is a secret; revoke it, it cannot be accepted; nothing was kept");
    }
  }
}
