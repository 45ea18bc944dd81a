package dev.sluice.sinks.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.EventJson;
import dev.sluice.sinks.jira.JiraSettings.Edition;
import dev.sluice.sinks.text.Text;
import dev.sluice.sinks.ticket.Act;
import dev.sluice.sinks.ticket.Adf;
import dev.sluice.sinks.ticket.Draft;
import dev.sluice.sinks.ticket.Page;
import dev.sluice.sinks.ticket.Setback;
import dev.sluice.sinks.ticket.Standing;
import dev.sluice.sinks.ticket.Ticket;
import dev.sluice.sinks.ticket.Tracker;
import dev.sluice.sinks.ticket.TrackerCalls;
import dev.sluice.sinks.ticket.WikiMarkup;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Jira's REST API: version 3 of Cloud, version 2 of Data Center. */
final class JiraTracker implements Tracker {
  /** Fields that a project's screens may lack, or that may name somebody who left. */
  private static final List<String> OPTIONAL = List.of("duedate", "priority", "assignee");

  private static final String MARK = "sluice-[0-9a-f]{32}";
  private static final int PAGE = 50;
  private static final List<String> READ =
      List.of("status", "labels", "summary", "description", "assignee", "updated");

  /** Jira writes 2026-03-01T10:15:30.000+0000. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS[XXX][XX]");

  private final JiraSettings settings;
  private final TrackerCalls calls;
  private final Clock clock;
  private final boolean cloud;
  private final String api;
  private final WikiMarkup wiki = new WikiMarkup();

  JiraTracker(JiraSettings settings, TrackerCalls calls, Clock clock) {
    this.clock = clock;
    this.settings = settings;
    this.calls = calls;
    this.cloud = settings.edition() == Edition.CLOUD;
    this.api = cloud ? "/rest/api/3" : "/rest/api/2";
  }

  @Override
  public boolean isPrivate() throws Setback, InterruptedException {
    return !calls.isShownToAll(api + "/project/" + settings.project());
  }

  /** Jira has no listing but its search, which is some time behind. */
  @Override
  public Optional<Ticket> find(String mark, Instant since) throws Setback, InterruptedException {
    ObjectNode search = TrackerCalls.JSON.createObjectNode();
    search.put(
        "jql",
        "project = \"%s\" AND labels = \"%s\" ORDER BY key".formatted(settings.project(), mark));
    search.put("maxResults", 1);
    search.putArray("fields").add("labels");
    JsonNode found = calls.send("POST", api + (cloud ? "/search/jql" : "/search"), search);
    if (!found.path("issues").isArray()) {
      throw new Setback(Delivery.retry("no list of issues from " + where()), false);
    }
    for (JsonNode issue : found.path("issues")) {
      return Optional.of(ticket(issue));
    }
    return Optional.empty();
  }

  @Override
  public Optional<Standing> read(String key) throws Setback, InterruptedException {
    return calls.find(issue(key) + "?fields=" + String.join(",", READ)).map(this::standing);
  }

  /**
   * A time in JQL is in the account's own zone, so it is given as minutes before now. Cloud pages
   * by a token, Data Center by a number.
   */
  @Override
  public Page list(Instant since, boolean labelled, Optional<String> cursor)
      throws Setback, InterruptedException {
    ObjectNode search = TrackerCalls.JSON.createObjectNode();
    long minutes = Duration.between(since, clock.instant()).toMinutes() + 1;
    search.put(
        "jql",
        "project = \"%s\"%s%s ORDER BY updated DESC"
            .formatted(
                settings.project(),
                labelled ? " AND labels = \"" + settings.label() + "\"" : "",
                since.equals(Instant.EPOCH) ? "" : " AND updated >= \"-" + minutes + "m\""));
    search.put("maxResults", PAGE);
    ArrayNode fields = search.putArray("fields");
    READ.forEach(fields::add);
    if (cloud) {
      cursor.ifPresent(token -> search.put("nextPageToken", token));
    } else {
      search.put("startAt", cursor.map(Integer::parseInt).orElse(0));
    }
    JsonNode found = calls.send("POST", api + (cloud ? "/search/jql" : "/search"), search);
    if (!found.path("issues").isArray()) {
      throw new Setback(Delivery.retry("no list of issues from " + where()), false);
    }
    List<Standing> tickets = new ArrayList<>();
    found.path("issues").forEach(issue -> tickets.add(standing(issue)));
    Optional<String> next;
    if (cloud) {
      next = Optional.ofNullable(found.path("nextPageToken").asText(null));
    } else {
      int start = cursor.map(Integer::parseInt).orElse(0) + tickets.size();
      boolean more = !tickets.isEmpty() && start < found.path("total").asInt();
      next = more ? Optional.of(Integer.toString(start)) : Optional.empty();
    }
    return new Page(tickets, next);
  }

  /** The issue's change log. Whether a status is done is known of the one it has now alone. */
  @Override
  public List<Act> acts(Standing standing) throws Setback, InterruptedException {
    JsonNode issue =
        calls.get(issue(standing.key()) + "?fields=status,resolution,labels&expand=changelog");
    List<JsonNode> histories = new ArrayList<>();
    issue.path("changelog").path("histories").forEach(histories::add);
    if (cloud) {
      // Cloud has the newest first.
      Collections.reverse(histories);
    }
    List<Act> acts = new ArrayList<>();
    for (JsonNode history : histories) {
      for (JsonNode change : history.path("items")) {
        act(history, change, issue).ifPresent(acts::add);
      }
    }
    acts.sort(Comparator.comparing(Act::at));
    return acts;
  }

  private Optional<Act> act(JsonNode history, JsonNode change, JsonNode issue) {
    JsonNode fields = issue.path("fields");
    Set<String> words = new LinkedHashSet<>();
    Act.Kind kind;
    switch (change.path("field").asText()) {
      case "status" -> {
        boolean current =
            change.path("to").asText().equals(fields.path("status").path("id").asText());
        if (!current) {
          return Optional.empty();
        }
        kind = isDone(fields.path("status")) ? Act.Kind.CLOSED : Act.Kind.REOPENED;
        words.add(change.path("toString").asText(""));
        words.add(fields.path("resolution").path("name").asText(""));
        fields.path("labels").forEach(label -> words.add(label.asText()));
      }
      case "assignee" -> {
        kind = Act.Kind.ASSIGNED;
        words.add(change.path("to").asText(""));
      }
      default -> {
        return Optional.empty();
      }
    }
    words.remove("");
    String actor = history.path("author").path(cloud ? "accountId" : "name").asText(null);
    return Optional.of(
        new Act(
            kind,
            Optional.ofNullable(actor),
            words,
            Optional.empty(),
            time(history.path("created").asText())));
  }

  private Standing standing(JsonNode issue) {
    JsonNode fields = issue.path("fields");
    String key = issue.path("key").asText();
    JsonNode text = fields.path("description");
    return new Standing(
        Ticket.of(key, url(key)),
        !isDone(fields.path("status")),
        fields.path("summary").asText(""),
        text.isTextual() ? text.asText() : String.join(" ", text.findValuesAsText("text")),
        Optional.ofNullable(
            fields.path("assignee").path(cloud ? "accountId" : "name").asText(null)),
        Optional.ofNullable(fields.path("updated").asText(null)).map(JiraTracker::time),
        issue);
  }

  private static Instant time(String text) {
    return OffsetDateTime.parse(text, TIME).toInstant();
  }

  @Override
  public Ticket create(Draft draft) throws Setback, InterruptedException {
    ObjectNode fields = fields(draft, Set.of());
    fields.putObject("project").put("key", settings.project());
    fields.putObject("issuetype").put("name", settings.issueType());
    draft
        .owner()
        .map(settings.assignees()::get)
        .ifPresent(
            account -> fields.putObject("assignee").put(cloud ? "accountId" : "name", account));
    return ticket(send("POST", api + "/issue", fields));
  }

  @Override
  public void write(Standing standing, Draft draft) throws Setback, InterruptedException {
    if (draft.open() && !standing.open()) {
      move(standing.key(), false, settings.reopenTransition(), "reopen-transition");
    }
    if (draft.open() || standing.open()) {
      Set<String> kept = new LinkedHashSet<>();
      for (JsonNode label : standing.raw().path("fields").path("labels")) {
        if (!isOurs(label.asText())) {
          kept.add(label.asText());
        }
      }
      send("PUT", issue(standing.key()), fields(draft, kept));
    }
    if (!draft.open() && standing.open()) {
      move(standing.key(), true, settings.closeTransition(), "close-transition");
    }
  }

  @Override
  public void comment(String key, Text text) throws Setback, InterruptedException {
    ObjectNode comment = TrackerCalls.JSON.createObjectNode();
    comment.set("body", markup(text));
    calls.send("POST", issue(key) + "/comment", comment);
  }

  @Override
  public String where() {
    return calls.where();
  }

  @Override
  public void close() {
    calls.close();
  }

  /** Sends fields; those optional ones that Jira refuses by name are left out once. */
  private JsonNode send(String method, String path, ObjectNode fields)
      throws Setback, InterruptedException {
    ObjectNode body = TrackerCalls.JSON.createObjectNode();
    body.set("fields", fields);
    try {
      return calls.send(method, path, body);
    } catch (Setback e) {
      List<String> refused =
          OPTIONAL.stream().filter(name -> e.said().path("errors").has(name)).toList();
      if (refused.isEmpty()) {
        throw e;
      }
      fields.remove(refused);
      return calls.send(method, path, body);
    }
  }

  private void move(String key, boolean done, String name, String setting)
      throws Setback, InterruptedException {
    String path = issue(key) + "/transitions";
    for (JsonNode transition : calls.get(path).path("transitions")) {
      boolean wanted =
          name == null || name.isBlank()
              ? isDone(transition.path("to")) == done
              : transition.path("name").asText().equalsIgnoreCase(name);
      if (wanted) {
        ObjectNode body = TrackerCalls.JSON.createObjectNode();
        body.putObject("transition").put("id", transition.path("id").asText());
        calls.send("POST", path, body);
        return;
      }
    }
    throw new Setback(
        Delivery.rejected("no transition of %s that fits; name one in %s".formatted(key, setting)),
        false);
  }

  private ObjectNode fields(Draft draft, Set<String> kept) {
    ObjectNode fields = TrackerCalls.JSON.createObjectNode();
    fields.put("summary", draft.title());
    fields.set("description", markup(draft.body()));
    ArrayNode labels = fields.putArray("labels");
    kept.forEach(labels::add);
    labels.add(settings.label());
    String severity = EventJson.word(draft.severity());
    if (!settings.severityPrefix().isEmpty()) {
      labels.add(settings.severityPrefix() + severity);
    }
    labels.add(draft.mark());
    draft.due().ifPresent(day -> fields.put("duedate", day.toString()));
    String priority = settings.priorities().get(severity);
    if (priority != null) {
      fields.putObject("priority").put("name", priority);
    }
    return fields;
  }

  private boolean isOurs(String label) {
    boolean severity =
        !settings.severityPrefix().isEmpty() && label.startsWith(settings.severityPrefix());
    return severity || label.equals(settings.label()) || label.matches(MARK);
  }

  private JsonNode markup(Text text) {
    return cloud ? Adf.write(text) : TrackerCalls.JSON.getNodeFactory().textNode(wiki.write(text));
  }

  private static boolean isDone(JsonNode status) {
    return status.path("statusCategory").path("key").asText().equals("done");
  }

  private String issue(String key) {
    return api + "/issue/" + TrackerCalls.escape(key);
  }

  private Ticket ticket(JsonNode issue) {
    String key = issue.path("key").asText(null);
    return Ticket.of(key, key == null ? null : url(key));
  }

  private String url(String key) {
    String base = settings.url().toString();
    return (base.endsWith("/") ? base : base + "/") + "browse/" + TrackerCalls.escape(key);
  }
}
