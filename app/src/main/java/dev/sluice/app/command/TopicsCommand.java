package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.LogSetup;
import dev.sluice.app.service.TopicSetup;
import dev.sluice.app.text.Json;
import dev.sluice.app.text.TextTable;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.topics.TopicChange;
import dev.sluice.topics.TopicChange.Effect;
import dev.sluice.topics.Topics.Realm;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice topics}. */
@Command(
    name = "topics",
    description = "Make the topics on Kafka what they are declared to be (docs/topics.md).",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice topics plan --bootstrap-servers kafka-1:9092",
      "  sluice topics apply --set kafka.prefix=acme.",
      "  sluice topics apply --accept-loss findings.observed.v1/retention.ms"
    },
    subcommands = AclsCommand.class)
final class TopicsCommand implements Runnable {
  private static final Set<Effect> CHANGEABLE = Set.of(Effect.SAFE, Effect.LOSES_DATA);

  private final Console console;

  @Mixin private HelpOption help;
  @Spec private CommandSpec spec;

  TopicsCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "plan, apply, check, create or acls? sluice topics --help explains");
  }

  @Command(
      name = "plan",
      description = "Print what apply would create and change, and why. Changes nothing.")
  int plan(
      @Mixin HelpOption help,
      @Mixin SettingsOptions settings,
      @Mixin Where where,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    print(TopicSetup.plan(where.kafka(settings), where.realms()), json);
    return ExitCode.OK.code();
  }

  @Command(
      name = "apply",
      description = {
        "Create what is missing and change settings of topics to what is declared, as far as"
            + " nothing is lost by it. What would delete records is done only where"
            + " --accept-loss names it.",
        "Exit 1 if something is left for a person."
      })
  int apply(
      @Mixin HelpOption help,
      @Mixin SettingsOptions settings,
      @Mixin Where where,
      @Option(
              names = "--accept-loss",
              paramLabel = "TOPIC/SETTING",
              description = "Change this too, although records are deleted; may be repeated.")
          List<String> accepted) {
    KafkaSettings kafka = where.kafka(settings);
    List<String> agreed = accepted == null ? List.of() : accepted;
    List<TopicChange> planned = TopicSetup.plan(kafka, where.realms());
    requireKnown(agreed, planned);
    TopicSetup.create(kafka, where.realms())
        .forEach(name -> console.out().println("created " + name));
    List<TopicChange> changes =
        planned.stream()
            .filter(
                change ->
                    change.effect() == Effect.SAFE
                        || (change.effect() == Effect.LOSES_DATA
                            && agreed.contains(change.address())))
            .toList();
    TopicSetup.alter(kafka, changes);
    changes.forEach(
        change ->
            console
                .out()
                .println(
                    "changed "
                        + change.address()
                        + " from "
                        + change.now()
                        + " to "
                        + change.declared()));
    return left(TopicSetup.plan(kafka, where.realms()));
  }

  private static void requireKnown(List<String> agreed, List<TopicChange> planned) {
    for (String address : agreed) {
      if (planned.stream()
          .noneMatch(
              change -> CHANGEABLE.contains(change.effect()) && change.address().equals(address))) {
        throw new CommandFailure(
            ExitCode.USAGE,
            "--accept-loss "
                + address
                + ": nothing of that name is to be changed; sluice topics plan lists what is");
      }
    }
  }

  private int left(List<TopicChange> left) {
    if (left.isEmpty()) {
      console.out().println("all topics are as they are declared");
      return ExitCode.OK.code();
    }
    for (TopicChange change : left) {
      String remedy =
          change.effect() == Effect.LOSES_DATA
              ? "; to do it all the same: --accept-loss " + change.address()
              : "";
      console.err().println("sluice: left as it is: " + sentence(change) + remedy);
    }
    return ExitCode.ATTENTION.code();
  }

  private static String sentence(TopicChange change) {
    return change.address()
        + " is "
        + (change.now().isEmpty() ? "not set" : change.now())
        + ", declared "
        + change.declared()
        + " ("
        + change.why()
        + ")";
  }

  @Command(name = "create", description = "Create what is missing; change nothing that is there.")
  int create(@Mixin HelpOption help, @Mixin SettingsOptions settings, @Mixin Where where) {
    List<String> created = TopicSetup.create(where.kafka(settings), where.realms());
    created.forEach(name -> console.out().println("created " + name));
    console.out().println(created.isEmpty() ? "all topics are there" : "all topics are there now");
    return ExitCode.OK.code();
  }

  @Command(
      name = "check",
      description = {
        "Check that every topic is there with the right number of partitions, as each service does"
            + " at its start (exit 2 if not), and that its settings are as declared (exit 1 if"
            + " not)."
      })
  int check(@Mixin HelpOption help, @Mixin SettingsOptions settings, @Mixin Where where) {
    KafkaSettings kafka = where.kafka(settings);
    TopicSetup.check(kafka, where.realms());
    List<TopicChange> changes = TopicSetup.plan(kafka, where.realms());
    if (!changes.isEmpty()) {
      print(changes, false);
      return ExitCode.ATTENTION.code();
    }
    console.out().println("all topics are as they must be");
    return ExitCode.OK.code();
  }

  private void print(List<TopicChange> changes, boolean json) {
    if (json) {
      Json.print(console.out(), changes);
      return;
    }
    if (changes.isEmpty()) {
      console.out().println("all topics are as they are declared");
      return;
    }
    TextTable table = new TextTable("topic", "what", "now", "declared", "apply", "why").dense();
    changes.forEach(
        change ->
            table.row(
                change.topic(),
                change.what(),
                change.now(),
                change.effect() == Effect.CREATES ? "" : change.declared(),
                deed(change.effect()),
                change.effect() == Effect.CREATES
                    ? change.why() + "; " + change.declared()
                    : change.why()));
    table.print(console.out(), "");
  }

  private static String deed(Effect effect) {
    return switch (effect) {
      case CREATES -> "creates it";
      case SAFE -> "changes it";
      case LOSES_DATA -> "refuses: data would be lost";
      case BY_HAND, FIXED -> effect.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    };
  }

  /** Options of all. */
  static final class Where {
    @Option(
        names = "--bootstrap-servers",
        paramLabel = "HOST:PORT",
        description = "Brokers, instead of kafka.bootstrap-servers.")
    private String bootstrapServers;

    @Option(
        names = "--realm",
        paramLabel = "REALM",
        description = "common or embargoed; both if it is left out.")
    private Realm realm;

    private KafkaSettings kafka(SettingsOptions options) {
      LogSetup.libraries("ERROR");
      return options
          .with("kafka.bootstrap-servers", bootstrapServers, "--bootstrap-servers")
          .loadForOperator()
          .kafka();
    }

    private List<Realm> realms() {
      return realm == null ? List.of(Realm.values()) : List.of(realm);
    }
  }
}
