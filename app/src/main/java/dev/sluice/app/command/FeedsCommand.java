package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.LogSetup;
import dev.sluice.app.feed.FeedFile;
import dev.sluice.app.knowledge.KnowledgeDesk;
import dev.sluice.app.service.FeedService;
import dev.sluice.app.service.Process;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.app.text.TextTable;
import dev.sluice.events.KnowledgeKind;
import dev.sluice.events.KnowledgeRevision;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.streams.knowledge.FeedLoader;
import dev.sluice.streams.knowledge.FeedRefusedException;
import dev.sluice.streams.knowledge.FeedResult;
import dev.sluice.topics.Topics;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice feeds}. */
@Command(
    name = "feeds",
    description = {
      "Load what catalogues and databases say of vulnerabilities: CISA's list of known exploited ones"
          + " (JSON, CSV), EPSS (CSV, API), OSV and NVD records.",
      "",
      "Decisions that it changes follow without a new scan."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice feeds load known_exploited_vulnerabilities.json",
      "  sluice feeds load epss_scores-current.csv.gz",
      "  sluice feeds list",
      "  sluice feeds run --set feeds.cisa-kev.every=6h --set feeds.epss.every=24h"
    })
final class FeedsCommand implements Runnable {
  private final Console console;

  @Mixin private HelpOption help;
  @Spec private CommandSpec spec;

  FeedsCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "load, list or run? sluice feeds --help explains them");
  }

  @Command(
      name = "load",
      description = {
        "Load feeds from files, plain, gzip or zip. Only what has changed is written.",
        "A feed that lost more than a fifth of its entries is refused."
      })
  int load(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Parameters(arity = "1..*", paramLabel = "FILE", description = "Feeds.") List<Path> files,
      @Option(
              names = "--format",
              paramLabel = "ID",
              description = "Format, instead of recognising it.")
          String format,
      @Option(
              names = "--believe-loss",
              description = "Load it even if it lost many of its entries.")
          boolean believeLoss) {
    LogSetup.libraries("ERROR");
    KnowledgeDesk desk = new KnowledgeDesk(options.loadForOperator());
    desk.write(
        publisher -> {
          FeedLoader loader = new FeedLoader(desk.settings().kafka(), desk.serdes(), publisher);
          for (Path file : files) {
            try {
              FeedResult result = FeedFile.load(file, format, believeLoss, loader);
              console.out().println(sentence(result));
            } catch (FeedRefusedException e) {
              throw new CommandFailure(ExitCode.UNREADABLE, file + ": " + e.getMessage(), e);
            }
          }
        });
    return ExitCode.OK.code();
  }

  private static String sentence(FeedResult result) {
    String entries = result.source() + ": " + result.entries() + " entries, ";
    return result.isNews()
        ? entries
            + result.added()
            + " new, "
            + result.changed()
            + " changed, "
            + result.removed()
            + " gone"
        : entries + "nothing new";
  }

  @Command(name = "list", description = "Show which feeds were loaded, and when.")
  int list(@Mixin HelpOption help, @Mixin SettingsOptions options) {
    LogSetup.libraries("ERROR");
    List<KnowledgeRevision> feeds =
        new KnowledgeDesk(options.loadForOperator())
            .all(Topics.KNOWLEDGE, Comparator.comparing(KnowledgeRevision::getName)).stream()
                .filter(revision -> revision.getKind() == KnowledgeKind.INTEL)
                .toList();
    if (feeds.isEmpty()) {
      console.out().println("no feed was loaded");
      return ExitCode.OK.code();
    }
    TextTable table = new TextTable("feed", "loaded");
    feeds.forEach(feed -> table.row(feed.getName(), feed.getAt()));
    table.print(console.out(), "");
    return ExitCode.OK.code();
  }

  @Command(
      name = "run",
      description = "Fetch the feeds that the settings name, by the clock, until it is stopped.")
  int run(@Mixin HelpOption help, @Mixin SettingsOptions options) throws InterruptedException {
    SluiceSettings settings = options.loadForOperator();
    if (settings.feeds().isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE, "no feed is set; name one, for example --set feeds.cisa-kev.every=6h");
    }
    return new Process(console)
        .run(
            settings,
            process -> {
              process
                  .services()
                  .add(
                      FeedService.start(
                          settings, AvroSerdes.of(settings.registry()), process.metrics()));
              console
                  .err()
                  .println("sluice: feeds run: " + String.join(", ", settings.feeds().keySet()));
            });
  }
}
