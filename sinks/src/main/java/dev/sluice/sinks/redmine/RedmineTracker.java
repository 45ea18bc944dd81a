package dev.sluice.sinks.redmine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.EventJson;
import dev.sluice.sinks.redmine.RedmineSettings.Formatting;
import dev.sluice.sinks.text.Markup;
import dev.sluice.sinks.text.Text;
import dev.sluice.sinks.ticket.Act;
import dev.sluice.sinks.ticket.Draft;
import dev.sluice.sinks.ticket.Markdown;
import dev.sluice.sinks.ticket.Page;
import dev.sluice.sinks.ticket.Setback;
import dev.sluice.sinks.ticket.Standing;
import dev.sluice.sinks.ticket.Textile;
import dev.sluice.sinks.ticket.Ticket;
import dev.sluice.sinks.ticket.Tracker;
import dev.sluice.sinks.ticket.TrackerCalls;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Redmine's REST API for issues, as its wiki describes it ("Rest Issues"). */
final class RedmineTracker implements Tracker {
  private static final int PAGE = 50;
  private static final int MAX_PAGES = 200;

  private final RedmineSettings settings;
  private final TrackerCalls calls;
  private final Markup markup;
  private final Map<Integer, Boolean> closed = new ConcurrentHashMap<>();

  RedmineTracker(RedmineSettings settings, TrackerCalls calls) {
    this.settings = settings;
    this.calls = calls;
    this.markup = settings.formatting() == Formatting.MARKDOWN ? new Markdown() : new Textile();
  }

  /** Every account may read a public project, even where one must log in. */
  @Override
  public boolean isPrivate() throws Setback, InterruptedException {
    JsonNode project = calls.get("/projects/" + settings.project() + ".json").path("project");
    return project.path("is_public").isBoolean() && !project.path("is_public").asBoolean();
  }

  /** Pages through the project's issues, newest first, as its database has them. */
  @Override
  public Optional<Ticket> find(String mark, Instant since) throws Setback, InterruptedException {
    String list =
        "/issues.json?project_id=%s&subproject_id=!*&status_id=*&sort=id:desc&limit=%d&offset="
            .formatted(settings.project(), PAGE);
    for (int page = 0; page < MAX_PAGES; page++) {
      JsonNode found = calls.get(list + page * PAGE).path("issues");
      for (JsonNode issue : found) {
        String created = issue.path("created_on").asText("9999-12-31T00:00:00Z");
        if (Instant.parse(created).isBefore(since)) {
          return Optional.empty();
        }
        if (issue.path("description").asText("").contains(mark)) {
          return Optional.of(ticket(issue));
        }
      }
      if (found.size() < PAGE) {
        return Optional.empty();
      }
    }
    throw new Setback(
        Delivery.rejected("more than " + PAGE * MAX_PAGES + " issues to look through"), false);
  }

  @Override
  public Optional<Standing> read(String key) throws Setback, InterruptedException {
    Optional<JsonNode> found = calls.find("/issues/" + TrackerCalls.escape(key) + ".json");
    if (found.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(standing(found.get().path("issue")));
  }

  /** Redmine has no labels: it lists every issue of the project. */
  @Override
  public Page list(Instant since, boolean labelled, Optional<String> cursor)
      throws Setback, InterruptedException {
    int offset = cursor.map(Integer::parseInt).orElse(0);
    String list =
        "/issues.json?project_id=%s&subproject_id=!*&status_id=*&sort=updated_on:desc&limit=%d&offset=%d%s"
            .formatted(
                settings.project(),
                PAGE,
                offset,
                since.equals(Instant.EPOCH)
                    ? ""
                    : "&updated_on="
                        + TrackerCalls.escape(
                            ">=" + since.truncatedTo(java.time.temporal.ChronoUnit.SECONDS)));
    JsonNode found = calls.get(list).path("issues");
    List<Standing> tickets = new ArrayList<>();
    for (JsonNode issue : found) {
      tickets.add(standing(issue));
    }
    return new Page(
        tickets,
        found.size() < PAGE ? Optional.empty() : Optional.of(Integer.toString(offset + PAGE)));
  }

  /** The issue's journal. People are known by id: their names can be changed by themselves. */
  @Override
  public List<Act> acts(Standing standing) throws Setback, InterruptedException {
    String path = "/issues/" + TrackerCalls.escape(standing.key()) + ".json?include=journals";
    JsonNode issue = calls.get(path).path("issue");
    Map<String, JsonNode> statuses = new HashMap<>();
    for (JsonNode known : calls.get("/issue_statuses.json").path("issue_statuses")) {
      statuses.put(known.path("id").asText(), known);
    }
    List<Act> acts = new ArrayList<>();
    for (JsonNode journal : issue.path("journals")) {
      for (JsonNode detail : journal.path("details")) {
        act(journal, detail, statuses).ifPresent(acts::add);
      }
    }
    return acts.subList(Math.max(0, acts.size() - 1_000), acts.size());
  }

  private static Optional<Act> act(
      JsonNode journal, JsonNode detail, Map<String, JsonNode> statuses) {
    String after = detail.path("new_value").asText("");
    boolean attribute = detail.path("property").asText().equals("attr");
    Act.Kind kind;
    String word;
    if (attribute && detail.path("name").asText().equals("status_id")) {
      JsonNode status = statuses.getOrDefault(after, TrackerCalls.JSON.createObjectNode());
      boolean closed = status.path("is_closed").asBoolean();
      JsonNode before = statuses.get(detail.path("old_value").asText(""));
      if (before != null && before.path("is_closed").asBoolean() == closed && !closed) {
        return Optional.empty();
      }
      kind = closed ? Act.Kind.CLOSED : Act.Kind.REOPENED;
      word = status.path("name").asText(after);
    } else if (attribute && detail.path("name").asText().equals("assigned_to_id")) {
      kind = Act.Kind.ASSIGNED;
      word = after;
    } else {
      return Optional.empty();
    }
    return Optional.of(
        new Act(
            kind,
            Optional.ofNullable(journal.path("user").path("id").asText(null)),
            Set.of(word),
            Optional.of(journal.path("notes").asText("")).filter(notes -> !notes.isBlank()),
            Instant.parse(journal.path("created_on").asText("1970-01-01T00:00:00Z"))));
  }

  private Standing standing(JsonNode issue) throws Setback, InterruptedException {
    return new Standing(
        ticket(issue),
        !isClosed(issue.path("status")),
        issue.path("subject").asText(""),
        issue.path("description").asText(""),
        Optional.ofNullable(issue.path("assigned_to").path("id").asText(null)),
        Optional.ofNullable(issue.path("updated_on").asText(null)).map(Instant::parse),
        issue);
  }

  @Override
  public Ticket create(Draft draft) throws Setback, InterruptedException {
    ObjectNode issue = content(draft);
    issue.put("project_id", settings.project());
    if (settings.trackerId() > 0) {
      issue.put("tracker_id", settings.trackerId());
    }
    Optional<String> assignee = draft.owner().map(settings.assignees()::get);
    if (assignee.isPresent()) {
      issue.put("assigned_to_id", assignee.get());
      try {
        return ticket(send("POST", "/issues.json", issue).path("issue"));
      } catch (Setback e) {
        if (!(e.delivery() instanceof Delivery.Rejected)) {
          throw e;
        }
        // Somebody who left is no reason to have no ticket.
        issue.remove("assigned_to_id");
      }
    }
    return ticket(send("POST", "/issues.json", issue).path("issue"));
  }

  @Override
  public void write(Standing standing, Draft draft) throws Setback, InterruptedException {
    ObjectNode issue = content(draft);
    boolean moves = draft.open() != standing.open();
    if (moves) {
      issue.put("status_id", draft.open() ? settings.openStatus() : settings.closedStatus());
    }
    send("PUT", "/issues/" + TrackerCalls.escape(standing.key()) + ".json", issue);
    if (moves) {
      // Redmine drops what the workflow forbids, and says that all went well.
      Optional<Standing> after = read(standing.key());
      if (after.isPresent() && after.get().open() != draft.open()) {
        throw new Setback(
            Delivery.rejected(
                "Redmine did not take the new status of issue "
                    + standing.key()
                    + ": see open-status, closed-status and the workflow of the account's role"),
            false);
      }
    }
  }

  @Override
  public void comment(String key, Text text) throws Setback, InterruptedException {
    ObjectNode issue = TrackerCalls.JSON.createObjectNode();
    issue.put("notes", markup.write(text));
    send("PUT", "/issues/" + TrackerCalls.escape(key) + ".json", issue);
  }

  @Override
  public String where() {
    return calls.where();
  }

  @Override
  public void close() {
    calls.close();
  }

  private JsonNode send(String method, String path, ObjectNode issue)
      throws Setback, InterruptedException {
    ObjectNode body = TrackerCalls.JSON.createObjectNode();
    body.set("issue", issue);
    return calls.send(method, path, body);
  }

  private ObjectNode content(Draft draft) {
    ObjectNode issue = TrackerCalls.JSON.createObjectNode();
    issue.put("subject", draft.title()).put("description", markup.write(draft.body()));
    if (draft.due().isPresent()) {
      // Redmine would start it today, and refuses an issue that is due before it starts.
      LocalDate due = draft.due().get();
      LocalDate start = draft.opened().filter(opened -> opened.isBefore(due)).orElse(due);
      issue.put("start_date", start.toString()).put("due_date", due.toString());
    }
    String priority = settings.priorities().get(EventJson.word(draft.severity()));
    if (priority != null) {
      issue.put("priority_id", priority);
    }
    return issue;
  }

  /** Older versions do not say whether a status is closed but in the list of all. */
  private boolean isClosed(JsonNode status) throws Setback, InterruptedException {
    if (status.path("is_closed").isBoolean()) {
      return status.path("is_closed").asBoolean();
    }
    int id = status.path("id").asInt();
    if (!closed.containsKey(id)) {
      for (JsonNode known : calls.get("/issue_statuses.json").path("issue_statuses")) {
        closed.put(known.path("id").asInt(), known.path("is_closed").asBoolean());
      }
    }
    return closed.getOrDefault(id, false);
  }

  private Ticket ticket(JsonNode issue) {
    if (!issue.path("id").isIntegralNumber()) {
      return Ticket.of(null, null);
    }
    String base = settings.url().toString();
    String id = issue.path("id").asText();
    return Ticket.of(id, (base.endsWith("/") ? base : base + "/") + "issues/" + id);
  }
}
