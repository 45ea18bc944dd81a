package dev.sluice.sinks.github;

import static java.time.temporal.ChronoUnit.SECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.EventJson;
import dev.sluice.sinks.text.Text;
import dev.sluice.sinks.ticket.Act;
import dev.sluice.sinks.ticket.Draft;
import dev.sluice.sinks.ticket.Markdown;
import dev.sluice.sinks.ticket.Page;
import dev.sluice.sinks.ticket.Setback;
import dev.sluice.sinks.ticket.Standing;
import dev.sluice.sinks.ticket.Ticket;
import dev.sluice.sinks.ticket.Tracker;
import dev.sluice.sinks.ticket.TrackerCalls;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** GitHub's REST API for issues, version 2022-11-28. */
final class GitHubTracker implements Tracker {
  private static final int PAGE = 30;
  private static final int MAX_PAGES = 200;

  private final GitHubSettings settings;
  private final TrackerCalls calls;
  private final String issues;
  private final Markdown markdown = new Markdown();

  GitHubTracker(GitHubSettings settings, TrackerCalls calls) {
    this.settings = settings;
    this.calls = calls;
    this.issues = "/repos/" + settings.repository() + "/issues";
  }

  /** An internal repository is open to a whole enterprise, so it is not private. */
  @Override
  public boolean isPrivate() throws Setback, InterruptedException {
    JsonNode repository = calls.get("/repos/" + settings.repository());
    return repository.path("private").asBoolean(false)
        && repository.path("visibility").asText("private").equals("private");
  }

  /**
   * Pages through the listing, newest first: what is created meanwhile moves others to later pages
   * and none to earlier ones. Not the search, whose index is behind.
   */
  @Override
  public Optional<Ticket> find(String mark, Instant since) throws Setback, InterruptedException {
    String list =
        "%s?state=all&labels=%s&sort=created&direction=desc&per_page=%d&page="
            .formatted(issues, TrackerCalls.escape(settings.label()), PAGE);
    for (int page = 1; page <= MAX_PAGES; page++) {
      JsonNode found = calls.get(list + page);
      for (JsonNode issue : found) {
        if (Instant.parse(issue.path("created_at").asText("9999-12-31T00:00:00Z"))
            .isBefore(since)) {
          return Optional.empty();
        }
        if (issue.path("body").asText("").contains(mark) && !issue.has("pull_request")) {
          return Optional.of(ticket(issue));
        }
      }
      if (found.size() < PAGE) {
        return Optional.empty();
      }
    }
    throw new Setback(
        Delivery.rejected(
            "more than " + PAGE * MAX_PAGES + " issues to look through at " + calls.where()),
        false);
  }

  @Override
  public Optional<Standing> read(String key) throws Setback, InterruptedException {
    return calls.find(issues + "/" + TrackerCalls.escape(key)).map(GitHubTracker::standing);
  }

  @Override
  public Page list(Instant since, boolean labelled, Optional<String> cursor)
      throws Setback, InterruptedException {
    int number = cursor.map(Integer::parseInt).orElse(1);
    String list =
        "%s?state=all&sort=updated&direction=desc&per_page=%d&page=%d%s%s"
            .formatted(
                issues,
                PAGE,
                number,
                labelled ? "&labels=" + TrackerCalls.escape(settings.label()) : "",
                since.equals(Instant.EPOCH) ? "" : "&since=" + since.truncatedTo(SECONDS));
    JsonNode found = calls.get(list);
    List<Standing> tickets = new ArrayList<>();
    for (JsonNode issue : found) {
      if (!issue.has("pull_request")) {
        tickets.add(standing(issue));
      }
    }
    return new Page(
        tickets,
        found.size() < PAGE ? Optional.empty() : Optional.of(Integer.toString(number + 1)));
  }

  /** The issue's events; GitHub lists the oldest first. */
  @Override
  public List<Act> acts(Standing standing) throws Setback, InterruptedException {
    String path = issues + "/" + TrackerCalls.escape(standing.key()) + "/events?per_page=100&page=";
    List<Act> acts = new ArrayList<>();
    for (int page = 1; page <= 10; page++) {
      JsonNode events = calls.get(path + page);
      for (JsonNode event : events) {
        act(event, standing).ifPresent(acts::add);
      }
      if (events.size() < 100) {
        break;
      }
    }
    return acts;
  }

  private static Optional<Act> act(JsonNode event, Standing standing) {
    Set<String> words = new LinkedHashSet<>();
    Act.Kind kind;
    switch (event.path("event").asText()) {
      case "closed" -> {
        kind = Act.Kind.CLOSED;
        words.add(event.path("state_reason").asText("completed"));
        labels(standing).forEach(words::add);
      }
      case "reopened" -> kind = Act.Kind.REOPENED;
      case "assigned" -> {
        kind = Act.Kind.ASSIGNED;
        words.add(event.path("assignee").path("login").asText(""));
      }
      default -> {
        return Optional.empty();
      }
    }
    return Optional.of(
        new Act(
            kind,
            Optional.ofNullable(event.path("actor").path("login").asText(null)),
            words,
            Optional.empty(),
            Instant.parse(event.path("created_at").asText("1970-01-01T00:00:00Z"))));
  }

  private static Standing standing(JsonNode issue) {
    String updated = issue.path("updated_at").asText(null);
    return new Standing(
        ticket(issue),
        !issue.path("state").asText().equals("closed"),
        issue.path("title").asText(""),
        issue.path("body").asText(""),
        Optional.ofNullable(issue.path("assignee").path("login").asText(null)),
        Optional.ofNullable(updated).map(Instant::parse),
        issue);
  }

  private static List<String> labels(Standing standing) {
    List<String> names = new ArrayList<>();
    for (JsonNode label : standing.raw().path("labels")) {
      String name = label.isTextual() ? label.asText() : label.path("name").asText();
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return names;
  }

  @Override
  public Ticket create(Draft draft) throws Setback, InterruptedException {
    ObjectNode issue = content(draft);
    labels(issue.putArray("labels"), draft, Set.of());
    Optional<String> assignee = draft.owner().map(settings.assignees()::get);
    if (assignee.isPresent()) {
      issue.putArray("assignees").add(assignee.get());
      try {
        return ticket(calls.send("POST", issues, issue));
      } catch (Setback e) {
        if (!(e.delivery() instanceof Delivery.Rejected)) {
          throw e;
        }
        // Somebody who left is no reason to have no ticket.
        issue.remove("assignees");
      }
    }
    return ticket(calls.send("POST", issues, issue));
  }

  @Override
  public void write(Standing standing, Draft draft) throws Setback, InterruptedException {
    ObjectNode issue = content(draft);
    Set<String> kept = new LinkedHashSet<>();
    for (String name : labels(standing)) {
      boolean severity =
          !settings.severityPrefix().isEmpty() && name.startsWith(settings.severityPrefix());
      if (!severity) {
        kept.add(name);
      }
    }
    labels(issue.putArray("labels"), draft, kept);
    if (draft.open() != standing.open()) {
      issue.put("state", draft.open() ? "open" : "closed");
      issue.put(
          "state_reason", draft.open() ? "reopened" : draft.done() ? "completed" : "not_planned");
    }
    calls.send("PATCH", issues + "/" + TrackerCalls.escape(standing.key()), issue);
  }

  @Override
  public void comment(String key, Text text) throws Setback, InterruptedException {
    ObjectNode comment = TrackerCalls.JSON.createObjectNode();
    comment.put("body", markdown.write(text));
    calls.send("POST", issues + "/" + TrackerCalls.escape(key) + "/comments", comment);
  }

  @Override
  public String where() {
    return calls.where();
  }

  @Override
  public void close() {
    calls.close();
  }

  private ObjectNode content(Draft draft) {
    ObjectNode issue = TrackerCalls.JSON.createObjectNode();
    return issue.put("title", draft.title()).put("body", markdown.write(draft.body()));
  }

  private void labels(ArrayNode into, Draft draft, Set<String> kept) {
    Set<String> labels = new LinkedHashSet<>(kept);
    labels.add(settings.label());
    if (!settings.severityPrefix().isEmpty()) {
      labels.add(settings.severityPrefix() + EventJson.word(draft.severity()));
    }
    labels.forEach(into::add);
  }

  private static Ticket ticket(JsonNode issue) {
    return Ticket.of(
        issue.path("number").isIntegralNumber() ? issue.path("number").asText() : null,
        issue.path("html_url").asText(null));
  }
}
