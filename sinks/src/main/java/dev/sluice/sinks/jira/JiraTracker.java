package dev.sluice.sinks.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.EventJson;
import dev.sluice.sinks.jira.JiraSettings.Edition;
import dev.sluice.sinks.text.Text;
import dev.sluice.sinks.ticket.Adf;
import dev.sluice.sinks.ticket.Draft;
import dev.sluice.sinks.ticket.Setback;
import dev.sluice.sinks.ticket.Standing;
import dev.sluice.sinks.ticket.Ticket;
import dev.sluice.sinks.ticket.Tracker;
import dev.sluice.sinks.ticket.TrackerCalls;
import dev.sluice.sinks.ticket.WikiMarkup;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Jira's REST API: version 3 of Cloud, version 2 of Data Center. */
final class JiraTracker implements Tracker {
  /** Fields that a project's screens may lack, or that may name somebody who left. */
  private static final List<String> OPTIONAL = List.of("duedate", "priority", "assignee");

  private static final String MARK = "sluice-[0-9a-f]{32}";

  private final JiraSettings settings;
  private final TrackerCalls calls;
  private final boolean cloud;
  private final String api;
  private final WikiMarkup wiki = new WikiMarkup();

  JiraTracker(JiraSettings settings, TrackerCalls calls) {
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
    return calls
        .find(issue(key) + "?fields=status,labels")
        .map(
            issue ->
                new Standing(
                    Ticket.of(issue.path("key").asText(key), url(issue.path("key").asText(key))),
                    !isDone(issue.path("fields").path("status")),
                    issue));
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
