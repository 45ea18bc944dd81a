package dev.sluice.sinks.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** GitLab's REST API for issues and notes, version 4. */
final class GitLabTracker implements Tracker {
  private static final int PAGE = 30;
  private static final int MAX_PAGES = 200;

  private final GitLabSettings settings;
  private final TrackerCalls calls;
  private final String project;
  private final String issues;
  private final Markdown markdown = new Markdown();

  GitLabTracker(GitLabSettings settings, TrackerCalls calls) {
    this.settings = settings;
    this.calls = calls;
    this.project = "/api/v4/projects/" + TrackerCalls.escape(settings.project());
    this.issues = project + "/issues";
  }

  /** An internal project is open to everybody who has an account, so it is not private. */
  @Override
  public boolean isPrivate() throws Setback, InterruptedException {
    return calls.get(project).path("visibility").asText().equals("private");
  }

  /** Pages through the listing by label, newest first, as the database has it. */
  @Override
  public Optional<Ticket> find(String mark, Instant since) throws Setback, InterruptedException {
    String list =
        "%s?scope=all&state=all&labels=%s&order_by=created_at&sort=desc&per_page=%d&page="
            .formatted(issues, TrackerCalls.escape(settings.label()), PAGE);
    for (int page = 1; page <= MAX_PAGES; page++) {
      JsonNode found = calls.get(list + page);
      for (JsonNode issue : found) {
        String created = issue.path("created_at").asText("9999-12-31T00:00:00Z");
        if (time(created).isBefore(since)) {
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
    return calls.find(issues + "/" + TrackerCalls.escape(key)).map(GitLabTracker::standing);
  }

  @Override
  public Page list(Instant since, boolean labelled, Optional<String> cursor)
      throws Setback, InterruptedException {
    int number = cursor.map(Integer::parseInt).orElse(1);
    String list =
        "%s?scope=all&state=all&order_by=updated_at&sort=desc&per_page=%d&page=%d%s%s"
            .formatted(
                issues,
                PAGE,
                number,
                labelled ? "&labels=" + TrackerCalls.escape(settings.label()) : "",
                since.equals(Instant.EPOCH)
                    ? ""
                    : "&updated_after=" + TrackerCalls.escape(since.toString()));
    List<Standing> tickets = new ArrayList<>();
    JsonNode found = calls.get(list);
    found.forEach(issue -> tickets.add(standing(issue)));
    return new Page(
        tickets,
        found.size() < PAGE ? Optional.empty() : Optional.of(Integer.toString(number + 1)));
  }

  /** Its resource state events. GitLab keeps who assigned in system notes alone, as text. */
  @Override
  public List<Act> acts(Standing standing) throws Setback, InterruptedException {
    String path =
        issues
            + "/"
            + TrackerCalls.escape(standing.key())
            + "/resource_state_events?per_page=100&page=";
    Set<String> labels = new LinkedHashSet<>();
    standing.raw().path("labels").forEach(label -> labels.add(label.asText()));
    List<Act> acts = new ArrayList<>();
    for (int page = 1; page <= 10; page++) {
      JsonNode events = calls.get(path + page);
      for (JsonNode event : events) {
        String state = event.path("state").asText();
        if (state.equals("closed") || state.equals("reopened")) {
          boolean closed = state.equals("closed");
          acts.add(
              new Act(
                  closed ? Act.Kind.CLOSED : Act.Kind.REOPENED,
                  Optional.ofNullable(event.path("user").path("username").asText(null)),
                  closed ? labels : Set.of(),
                  Optional.empty(),
                  time(event.path("created_at").asText("1970-01-01T00:00:00Z"))));
        }
      }
      if (events.size() < 100) {
        break;
      }
    }
    return acts;
  }

  private static Standing standing(JsonNode issue) {
    return new Standing(
        ticket(issue),
        !issue.path("state").asText().equals("closed"),
        issue.path("title").asText(""),
        issue.path("description").asText(""),
        Optional.ofNullable(issue.path("assignees").path(0).path("username").asText(null)),
        Optional.ofNullable(issue.path("updated_at").asText(null)).map(GitLabTracker::time),
        issue);
  }

  private static Instant time(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  @Override
  public Ticket create(Draft draft) throws Setback, InterruptedException {
    ObjectNode issue = content(draft);
    issue.put("labels", labels(draft));
    issue.put("confidential", settings.confidential() || draft.embargoed());
    Optional<String> assignee = draft.owner().map(settings.assignees()::get);
    if (assignee.isPresent()) {
      issue.putArray("assignee_ids").add(assignee.get());
      try {
        return ticket(calls.send("POST", issues, issue));
      } catch (Setback e) {
        if (!(e.delivery() instanceof Delivery.Rejected)) {
          throw e;
        }
        // Somebody who left is no reason to have no ticket.
        issue.remove("assignee_ids");
      }
    }
    return ticket(calls.send("POST", issues, issue));
  }

  @Override
  public void write(Standing standing, Draft draft) throws Setback, InterruptedException {
    ObjectNode issue = content(draft);
    issue.put("add_labels", labels(draft));
    List<String> old = new ArrayList<>();
    for (JsonNode label : standing.raw().path("labels")) {
      String name = label.asText();
      if (hasSeverity()
          && name.startsWith(settings.severityPrefix())
          && !name.equals(severity(draft))) {
        old.add(name);
      }
    }
    if (!old.isEmpty()) {
      issue.put("remove_labels", String.join(",", old));
    }
    if (draft.embargoed()) {
      issue.put("confidential", true);
    }
    if (draft.open() != standing.open()) {
      issue.put("state_event", draft.open() ? "reopen" : "close");
    }
    calls.send("PUT", issues + "/" + TrackerCalls.escape(standing.key()), issue);
  }

  @Override
  public void comment(String key, Text text) throws Setback, InterruptedException {
    ObjectNode note = TrackerCalls.JSON.createObjectNode();
    note.put("body", markdown.write(text));
    calls.send("POST", issues + "/" + TrackerCalls.escape(key) + "/notes", note);
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
    issue.put("title", draft.title()).put("description", markdown.write(draft.body()));
    draft.due().ifPresent(day -> issue.put("due_date", day.toString()));
    return issue;
  }

  private String labels(Draft draft) {
    return hasSeverity() ? settings.label() + "," + severity(draft) : settings.label();
  }

  private boolean hasSeverity() {
    return !settings.severityPrefix().isEmpty();
  }

  private String severity(Draft draft) {
    return settings.severityPrefix() + EventJson.word(draft.severity());
  }

  private static Ticket ticket(JsonNode issue) {
    return Ticket.of(
        issue.path("iid").isIntegralNumber() ? issue.path("iid").asText() : null,
        issue.path("web_url").asText(null));
  }
}
