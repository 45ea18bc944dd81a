package dev.sluice.sinks.feedback;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sluice.sinks.text.Text;
import dev.sluice.sinks.ticket.Act;
import dev.sluice.sinks.ticket.Draft;
import dev.sluice.sinks.ticket.Page;
import dev.sluice.sinks.ticket.Setback;
import dev.sluice.sinks.ticket.Standing;
import dev.sluice.sinks.ticket.Ticket;
import dev.sluice.sinks.ticket.Tracker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A tracker of a test: tickets stand as they are put, and requests are counted. */
final class ScriptedTracker implements Tracker {
  final Map<String, Standing> tickets = new LinkedHashMap<>();
  final Map<String, List<Act>> acts = new LinkedHashMap<>();
  int requests;
  Setback next;

  void put(String key, boolean open, String assignee, Instant updated) {
    tickets.put(
        key,
        new Standing(
            Ticket.of(key, "https://tracker.example.org/" + key),
            open,
            "title",
            "body",
            Optional.ofNullable(assignee),
            Optional.of(updated),
            MissingNode.getInstance()));
  }

  void did(String key, Act act) {
    acts.computeIfAbsent(key, k -> new ArrayList<>()).add(act);
    put(key, act.kind() != Act.Kind.CLOSED, null, act.at());
  }

  private void requested() throws Setback {
    requests++;
    if (next != null) {
      Setback thrown = next;
      next = null;
      throw thrown;
    }
  }

  @Override
  public Page list(Instant since, boolean labelled, Optional<String> cursor) throws Setback {
    requested();
    return new Page(
        tickets.values().stream()
            .filter(ticket -> !ticket.updated().orElseThrow().isBefore(since))
            .toList(),
        Optional.empty());
  }

  @Override
  public List<Act> acts(Standing standing) throws Setback {
    requested();
    return acts.getOrDefault(standing.key(), List.of());
  }

  @Override
  public Optional<Standing> read(String key) throws Setback {
    requested();
    return Optional.ofNullable(tickets.get(key));
  }

  @Override
  public boolean isPrivate() {
    return true;
  }

  @Override
  public Optional<Ticket> find(String mark, Instant since) {
    throw new AssertionError("only the sink looks for marks");
  }

  @Override
  public Ticket create(Draft draft) {
    throw new AssertionError("only the sink creates");
  }

  @Override
  public void write(Standing standing, Draft draft) {
    throw new AssertionError("only the sink writes");
  }

  @Override
  public void comment(String key, Text text) {
    throw new AssertionError("only the sink comments");
  }

  @Override
  public String where() {
    return "tracker.example.org";
  }

  @Override
  public void close() {}
}
