package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.knowledge.KnowledgeDesk;
import dev.sluice.events.ActionItem;
import dev.sluice.events.ItemStatus;
import dev.sluice.events.TicketLink;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkEnvironment;
import dev.sluice.sinks.SinkSettings;
import dev.sluice.sinks.Sinks;
import dev.sluice.sinks.adoption.Adoption;
import dev.sluice.sinks.adoption.CsvRow;
import dev.sluice.sinks.adoption.Match;
import dev.sluice.sinks.runner.TicketBook;
import dev.sluice.sinks.ticket.Page;
import dev.sluice.sinks.ticket.Setback;
import dev.sluice.sinks.ticket.Standing;
import dev.sluice.sinks.ticket.Tracker;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.KafkaException;

/** What {@code sluice tickets adopt} does with the tracker and the topics. */
final class TicketAdoption {
  /** Pages of a listing, of 30 or 50 tickets each. */
  private static final int MAX_PAGES = 200;

  private final KnowledgeDesk desk;
  private final Console console;
  private final String name;
  private final SinkSettings sink;
  private final Set<String> taken = new HashSet<>();
  private final List<ActionItem> items;

  /**
   * @throws CommandFailure if there is no such ticket sink, or it runs
   */
  TicketAdoption(KnowledgeDesk desk, Console console, String name) {
    this.desk = desk;
    this.console = console;
    this.name = name;
    this.sink = desk.settings().sinks().get(name);
    if (sink == null) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "the settings have no sink "
              + name
              + "; known are "
              + String.join(", ", desk.settings().sinks().keySet()));
    }
    if (sink.realm() == Realm.EMBARGOED) {
      throw new CommandFailure(
          ExitCode.USAGE, "sinks." + name + ".realm: tickets under embargo are not taken over");
    }
    List<TicketLink> links =
        desk.some(
            Topics.TICKETS,
            link -> link.getSink().equals(name) && link.getKey() != null,
            Comparator.comparing(TicketLink::getItemId));
    Set<String> linked = new HashSet<>();
    links.forEach(
        link -> {
          linked.add(link.getItemId());
          taken.add(link.getKey());
        });
    this.items =
        desk.some(
            Topics.ITEMS,
            item -> item.getStatus() == ItemStatus.OPEN && !linked.contains(item.getId()),
            Comparator.comparing(ActionItem::getId));
  }

  /** Open items without a ticket. */
  int open() {
    return items.size();
  }

  /** Reads every ticket of the project. */
  List<Match> byText() {
    return new Adoption(name, items).byText(ask(this::tickets));
  }

  /** Reads a list; each ticket in it must be there. */
  List<Match> byList(Path file) {
    List<CsvRow> rows;
    try {
      rows = CsvRow.read(Files.readAllLines(file));
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, file + ": cannot be read as UTF-8 text", e);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, file + ": " + e.getMessage(), e);
    }
    List<Match> matches = new Adoption(name, items).byList(rows);
    return ask(
        tracker -> {
          List<Match> all = new ArrayList<>();
          for (Match match : matches) {
            all.add(checked(match, tracker));
          }
          return all;
        });
  }

  private Match checked(Match match, Tracker tracker) throws Setback, InterruptedException {
    if (taken.contains(match.ticket())) {
      return without(match, "stands for another item already");
    }
    if (match.item().isEmpty()) {
      return match;
    }
    Optional<Standing> standing = tracker.read(match.ticket());
    return standing.isEmpty()
        ? without(match, "no such ticket at " + tracker.where())
        : new Match(
            standing.get().key(), standing.get().ticket().url(), match.item(), match.how(), "");
  }

  private static Match without(Match match, String why) {
    return new Match(match.ticket(), match.url(), Optional.empty(), match.how(), why);
  }

  /** Writes the links. */
  void link(List<Match> matches) {
    try {
      if (TicketBook.isRunning(desk.settings().kafka(), name)) {
        throw new CommandFailure(
            ExitCode.USAGE,
            "the sink "
                + name
                + " runs and would not see it: stop it (sluice sinks, or sluice up with"
                + " --set sinks."
                + name
                + ".enabled=false), take over, and start it again");
      }
      Instant now = Instant.now();
      List<TicketLink> links =
          matches.stream()
              .map(
                  match ->
                      TicketBook.adopted(
                          name,
                          match.item().orElseThrow(),
                          match.ticket(),
                          match.url().orElse(null),
                          now))
              .toList();
      TicketBook.write(desk.settings().kafka(), desk.serdes(), sink.realm(), name, links);
    } catch (KafkaException e) {
      throw new CommandFailure(ExitCode.UNREACHABLE, "Kafka: " + e.getMessage(), e);
    }
  }

  private List<Standing> tickets(Tracker tracker) throws Setback, InterruptedException {
    List<Standing> tickets = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    for (int page = 0; page < MAX_PAGES; page++) {
      Page found = tracker.list(Instant.EPOCH, false, cursor);
      found.tickets().stream()
          .filter(ticket -> !taken.contains(ticket.key()))
          .forEach(tickets::add);
      cursor = found.next();
      if (cursor.isEmpty()) {
        return tickets;
      }
    }
    console
        .err()
        .printf(
            "sluice: only the %d tickets that changed last were read; list others in a CSV%n",
            tickets.size());
    return tickets;
  }

  private interface Question<T> {
    T to(Tracker tracker) throws Setback, InterruptedException;
  }

  private <T> T ask(Question<T> question) {
    SinkEnvironment environment =
        new SinkEnvironment(name, Clock.systemUTC(), console.out(), false);
    try (Sink open = Sinks.of(name, sink.type()).factory().open(sink, environment)) {
      Tracker tracker =
          open.tracker()
              .orElseThrow(
                  () ->
                      new CommandFailure(
                          ExitCode.USAGE,
                          "the sink " + name + " of type " + sink.type() + " keeps no tickets"));
      return question.to(tracker);
    } catch (Setback e) {
      throw new CommandFailure(ExitCode.UNREACHABLE, "the tracker: " + e.delivery(), e);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.UNREACHABLE, "interrupted", e);
    }
  }
}
