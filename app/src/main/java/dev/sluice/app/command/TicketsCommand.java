package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.LogSetup;
import dev.sluice.app.knowledge.KnowledgeDesk;
import dev.sluice.app.text.Json;
import dev.sluice.app.text.TextTable;
import dev.sluice.events.ActionItem;
import dev.sluice.events.TicketLink;
import dev.sluice.events.TicketState;
import dev.sluice.sinks.adoption.Match;
import dev.sluice.topics.Topics;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice tickets}. */
@Command(
    name = "tickets",
    description = "Which ticket stands for which item, and taking over tickets that people wrote.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice tickets list --sink jira",
      "  sluice tickets adopt jira --dry-run",
      "  sluice tickets adopt jira --csv tickets.csv"
    })
final class TicketsCommand implements Runnable {
  private static final Comparator<TicketLink> ORDER =
      Comparator.comparing(TicketLink::getSink)
          .thenComparing(TicketLink::getAsset)
          .thenComparing(TicketLink::getItemId)
          .thenComparing(TicketLink::getEpisode);

  private final Console console;

  @Mixin private HelpOption help;
  @Spec private CommandSpec spec;

  TicketsCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "list or adopt? sluice tickets --help explains both");
  }

  /** A ticket as {@code --json} prints it. */
  record Row(
      String sink,
      String ticket,
      String state,
      String item,
      int episode,
      String asset,
      String title,
      String url,
      String at) {}

  @Command(name = "list", description = "Show what sinks keep: the newest ticket of each item.")
  int list(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Option(names = "--sink", paramLabel = "NAME", description = "Only of this sink.")
          String sink,
      @Option(names = "--asset", paramLabel = "ASSET", description = "Only of this asset.")
          String asset,
      @Option(names = "--closed", description = "Those of items that are over, too.")
          boolean closed,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    LogSetup.libraries("ERROR");
    KnowledgeDesk desk = new KnowledgeDesk(options.loadForOperator());
    Map<String, TicketLink> newest = new HashMap<>();
    desk.some(
            Topics.TICKETS,
            link ->
                (sink == null || sink.equals(link.getSink()))
                    && (asset == null || asset.equals(link.getAsset())),
            ORDER)
        // In the order of episodes: a later one takes the place of an earlier one.
        .forEach(link -> newest.put(link.getSink() + "/" + link.getItemId(), link));
    newest
        .values()
        .removeIf(
            link ->
                (link.getState() == TicketState.CLOSED && !closed)
                    // Other sinks keep links too, of what has no key.
                    || (link.getKey() == null && link.getState() != TicketState.INTENT));
    Set<String> ids = new HashSet<>();
    newest.values().forEach(link -> ids.add(link.getItemId()));
    Map<String, ActionItem> items = new HashMap<>();
    desk.some(
            Topics.ITEMS,
            item -> ids.contains(item.getId()),
            Comparator.comparing(ActionItem::getId))
        .forEach(item -> items.put(item.getId(), item));
    List<Row> rows = newest.values().stream().sorted(ORDER).map(link -> row(link, items)).toList();
    if (json) {
      Json.print(console.out(), rows);
      return ExitCode.OK.code();
    }
    if (rows.isEmpty()) {
      console.out().println("no sink keeps a ticket" + (closed ? "" : " that is open"));
      return ExitCode.OK.code();
    }
    TextTable table =
        new TextTable("sink", "ticket", "state", "item", "asset", "title", "link").dense();
    rows.forEach(
        row ->
            table.row(
                row.sink(),
                row.ticket(),
                row.state(),
                row.item(),
                row.asset(),
                row.title(),
                row.url()));
    table.print(console.out(), "");
    return ExitCode.OK.code();
  }

  @Command(
      name = "adopt",
      description = {
        "Take over tickets that are there already, so that the sink goes on with them and creates"
            + " none beside them.",
        "",
        "A ticket is known by the mark of an item, or by a vulnerability and the package's name in"
            + " title or text. What fits two is taken over with none: say which in a list. Sluice"
            + " then owns title and text; what they were is kept in a comment. The sink must not"
            + " run meanwhile."
      })
  int adopt(
      @Mixin HelpOption help,
      @Mixin SettingsOptions options,
      @Parameters(paramLabel = "SINK", description = "Name of a configured ticket sink.")
          String sink,
      @Option(
              names = "--csv",
              paramLabel = "FILE",
              description =
                  "Take over what this list says instead: columns ticket, and item or vulnerability"
                      + " and package; asset may be added.")
          Path csv,
      @Option(names = "--dry-run", description = "Show what would be taken over; write nothing.")
          boolean dryRun) {
    LogSetup.libraries("ERROR");
    TicketAdoption adoption =
        new TicketAdoption(new KnowledgeDesk(options.loadForOperator()), console, sink);
    List<Match> matches = csv == null ? adoption.byText() : adoption.byList(csv);
    TextTable table = new TextTable("ticket", "item", "asset", "title", "known by", "").dense();
    matches.forEach(
        match ->
            table.row(
                match.ticket(),
                match.item().map(ActionItem::getId).orElse("-"),
                match.item().map(ActionItem::getAsset).orElse(""),
                match.item().map(ActionItem::getTitle).orElse(""),
                match.how().name().toLowerCase(Locale.ROOT),
                match.note()));
    if (!matches.isEmpty()) {
      table.print(console.out(), "");
    }
    List<Match> clear = matches.stream().filter(match -> match.item().isPresent()).toList();
    if (!dryRun && !clear.isEmpty()) {
      adoption.link(clear);
    }
    console
        .out()
        .printf(
            "%s %d, not clear: %d, open items without a ticket: %d%n",
            dryRun ? "would take over" : "took over",
            clear.size(),
            matches.size() - clear.size(),
            adoption.open() - clear.size());
    if (csv != null && clear.size() < matches.size()) {
      throw new CommandFailure(
          ExitCode.USAGE, csv + ": not every line was clear; the others " + verb(dryRun));
    }
    return ExitCode.OK.code();
  }

  private static String verb(boolean dryRun) {
    return dryRun ? "would be taken over" : "were taken over";
  }

  private static Row row(TicketLink link, Map<String, ActionItem> items) {
    ActionItem item = items.get(link.getItemId());
    return new Row(
        link.getSink(),
        link.getKey(),
        link.getState().name().toLowerCase(Locale.ROOT),
        link.getItemId(),
        link.getEpisode(),
        link.getAsset(),
        item == null ? null : item.getTitle(),
        link.getUrl(),
        link.getAt() == null ? null : link.getAt().toString());
  }
}
