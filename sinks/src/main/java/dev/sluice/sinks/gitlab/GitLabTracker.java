package dev.sluice.sinks.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.EventJson;
import dev.sluice.sinks.text.Text;
import dev.sluice.sinks.ticket.Draft;
import dev.sluice.sinks.ticket.Markdown;
import dev.sluice.sinks.ticket.Setback;
import dev.sluice.sinks.ticket.Standing;
import dev.sluice.sinks.ticket.Ticket;
import dev.sluice.sinks.ticket.Tracker;
import dev.sluice.sinks.ticket.TrackerCalls;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        if (OffsetDateTime.parse(created).toInstant().isBefore(since)) {
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
    return calls
        .find(issues + "/" + TrackerCalls.escape(key))
        .map(
            issue ->
                new Standing(
                    Ticket.of(key, issue.path("web_url").asText(null)),
                    !issue.path("state").asText().equals("closed"),
                    issue));
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
