package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.LogSetup;
import dev.sluice.app.service.Process;
import dev.sluice.app.service.SinksService;
import dev.sluice.app.service.TopicSetup;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.app.text.Json;
import dev.sluice.app.text.TextTable;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.SinkEnvironment;
import dev.sluice.sinks.SinkSettings;
import dev.sluice.sinks.control.Orders;
import dev.sluice.sinks.control.Replay;
import dev.sluice.sinks.control.SinkOverview;
import dev.sluice.sinks.control.SinkStatus;
import dev.sluice.sinks.control.Trial;
import dev.sluice.topics.Topics.Realm;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice sinks}. */
@Command(
    name = "sinks",
    description = {
      "Send action items to where you work: every sink that the settings name.",
      "With list, pause, resume, replay or test, look after sinks that run."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice sinks --config /etc/sluice/sluice.yaml",
      "  sluice sinks --set sinks.screen.type=console",
      "  sluice sinks list",
      "  sluice sinks pause jira --by alex --reason 'migration of the tracker'",
      "  sluice sinks replay jira --dead-letters"
    })
final class SinksCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private HelpOption help;
  @Mixin private SettingsOptions options;

  SinksCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    SluiceSettings settings = options.load();
    List<Realm> realms =
        settings.sinks().values().stream()
            .filter(SinkSettings::enabled)
            .map(SinkSettings::realm)
            .distinct()
            .toList();
    if (realms.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "no sink is set; name one, for example --set sinks.screen.type=console (docs/sinks.md)");
    }
    return new Process(console)
        .run(
            settings,
            process -> {
              TopicSetup.check(settings.kafka(), realms);
              SinksService sinks =
                  process
                      .services()
                      .add(
                          SinksService.start(
                              settings,
                              AvroSerdes.of(settings.registry()),
                              console,
                              process.metrics()));
              console.err().println("sluice: sinks run: " + String.join(", ", sinks.names()));
            });
  }

  @Command(name = "list", description = "Show how each sink fares, wherever it runs.")
  int list(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Option(names = "--json", description = "Print JSON.") boolean json)
      throws InterruptedException {
    SluiceSettings settings = operator(options);
    List<SinkStatus> rows;
    try {
      rows =
          new SinkOverview(settings.kafka(), AvroSerdes.of(settings.registry()))
              .look(settings.sinks());
    } catch (KafkaException e) {
      throw unreachable(settings, e);
    }
    if (json) {
      Json.print(console.out(), rows);
      return ExitCode.OK.code();
    }
    if (rows.isEmpty()) {
      console.out().println("no sink is set");
      return ExitCode.OK.code();
    }
    TextTable table =
        new TextTable(
                "sink",
                "type",
                "state",
                "instances",
                "lag",
                "owed since",
                "delivered",
                "dead",
                "reason")
            .right(3, 4, 7)
            .dense();
    rows.forEach(
        row ->
            table.row(
                row.name(),
                row.type(),
                row.state(),
                row.instances(),
                row.lag(),
                row.owedSince(),
                row.delivered(),
                row.deadLetters() == 0 ? null : row.deadLetters(),
                row.reason()));
    table.print(console.out(), "");
    return ExitCode.OK.code();
  }

  @Command(
      name = "pause",
      description = "Send nothing more, on any instance and after restarts; what comes waits.")
  int pause(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Mixin PersonOptions person,
      @Parameters(paramLabel = "NAME", description = "Name of the sink.") String name) {
    order(options, name, true, person);
    console.out().println("paused " + name);
    return ExitCode.OK.code();
  }

  @Command(name = "resume", description = "Go on where pause stopped.")
  int resume(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Mixin PersonOptions person,
      @Parameters(paramLabel = "NAME", description = "Name of the sink.") String name) {
    order(options, name, false, person);
    console.out().println("resumed " + name);
    return ExitCode.OK.code();
  }

  /** What to send again. */
  static final class Selection {
    @Option(names = "--item", paramLabel = "ID", description = "The events of one item.")
    private String item;

    @Option(
        names = "--since",
        paramLabel = "TIME",
        description = "Events since then: 2026-03-01T00:00:00Z, or an age such as PT2H.")
    private String since;

    @Option(
        names = "--dead-letters",
        description = "What was given up or rejected, and is in the dead letters.")
    private boolean deadLetters;
  }

  @Command(
      name = "replay",
      description = "Send events again to one sink, a tracker the newest of each item alone.")
  int replay(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Parameters(paramLabel = "NAME", description = "Name of the sink.") String name,
      @ArgGroup(multiplicity = "1") Selection selection) {
    SluiceSettings settings = operator(options);
    Replay replay = new Replay(settings.kafka(), name, sink(settings, name));
    try {
      Replay.Result result =
          selection.item != null
              ? replay.item(selection.item)
              : selection.since != null
                  ? replay.since(time(selection.since))
                  : replay.deadLetters();
      console.out().println(counted(result.sent(), "event") + " will be sent again to " + name);
      if (result.lost() > 0) {
        console
            .err()
            .println(
                "sluice: of %s the topic no longer holds the event"
                    .formatted(counted(result.lost(), "dead letter")));
      }
    } catch (KafkaException e) {
      throw unreachable(settings, e);
    }
    return ExitCode.OK.code();
  }

  @Command(
      name = "test",
      description = {
        "Ask a receiver for an answer: send one message that says it is a test.",
        "A tracker is asked for a ticket that does not exist; none is made."
      })
  int test(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Parameters(paramLabel = "NAME", description = "Name of the sink.") String name)
      throws InterruptedException {
    LogSetup.libraries("ERROR");
    SluiceSettings settings = options.load();
    SinkEnvironment environment =
        new SinkEnvironment(
            name, Clock.systemUTC(), console.out(), settings.isColoured(Console.isTerminal()));
    Trial trial = new Trial(name, sink(settings, name), environment);
    Delivery delivery;
    try {
      delivery = trial.run();
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
    }
    String[] problem = new String[1];
    delivery.settle(
        new Delivery.Settlement() {
          @Override
          public void delivered(Delivery.Receipt receipt) {}

          @Override
          public void retry(Optional<Duration> after, String reason) {
            problem[0] = reason + "; a sink would try again";
          }

          @Override
          public void rejected(String reason) {
            problem[0] = reason + "; a sink would send this to the dead letters";
          }

          @Override
          public void gone(String reason) {
            problem[0] = reason + "; a sink would stop";
          }
        });
    if (problem[0] != null) {
      throw new CommandFailure(ExitCode.UNREACHABLE, name + ": " + problem[0]);
    }
    console
        .out()
        .println(
            trial.isOfTickets()
                ? name + ": the tracker answered; no ticket was made"
                : name + ": the receiver took a test message");
    return ExitCode.OK.code();
  }

  private void order(SettingsOptions options, String name, boolean pause, PersonOptions person) {
    String reason = pause ? person.needReason() : person.reasonOr("");
    SluiceSettings settings = operator(options);
    sink(settings, name);
    try {
      new Orders(settings.kafka(), AvroSerdes.of(settings.registry()))
          .give(name, pause, person.by(), reason, Instant.now());
    } catch (KafkaException e) {
      throw unreachable(settings, e);
    }
  }

  private static SluiceSettings operator(SettingsOptions options) {
    LogSetup.libraries("ERROR");
    return options.loadForOperator();
  }

  private static SinkSettings sink(SluiceSettings settings, String name) {
    SinkSettings sink = settings.sinks().get(name);
    if (sink == null) {
      String names =
          settings.sinks().isEmpty()
              ? "none is set"
              : "known are "
                  + String.join(", ", settings.sinks().keySet().stream().sorted().toList());
      throw new CommandFailure(
          ExitCode.USAGE, "there is no sink " + name + " in the settings; " + names);
    }
    return sink;
  }

  private static Instant time(String text) {
    try {
      return text.startsWith("P") ? Instant.now().minus(Duration.parse(text)) : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--since: a time such as 2026-03-01T00:00:00Z, or an age such as PT2H, not " + text,
          e);
    }
  }

  private static String counted(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static CommandFailure unreachable(SluiceSettings settings, KafkaException e) {
    return new CommandFailure(
        ExitCode.UNREACHABLE,
        "Kafka at %s: %s; name it with --set kafka.bootstrap-servers=HOST:PORT, or run this where sluice up has its data directory"
            .formatted(
                settings.kafka().bootstrapServers(),
                (e.getCause() == null ? e : e.getCause()).getMessage()),
        e);
  }
}
