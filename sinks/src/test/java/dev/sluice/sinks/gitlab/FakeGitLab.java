package dev.sluice.sinks.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.sinks.ticket.FakeTracker;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Issues, notes and projects of GitLab's REST API v4 as "Issues API", "Notes API" and "Projects
 * API" of its documentation describe them: titles of at most 255 characters, labels as one text
 * with commas, dates without time. It does not accept unknown fields, which GitLab ignores, so that
 * a misspelt one is noticed, and nobody but user 7 can be assigned. GitLab runs quick actions: a
 * line of a description or note that starts with {@code /close} closes the issue.
 */
final class FakeGitLab extends FakeTracker {
  private static final Set<String> FIELDS =
      Set.of("title", "description", "labels", "confidential", "assignee_ids", "due_date");
  private static final Set<String> CHANGES =
      Set.of(
          "title",
          "description",
          "add_labels",
          "remove_labels",
          "confidential",
          "due_date",
          "state_event");
  private static final String PROJECT = "/api/v4/projects/acme/web";

  FakeGitLab(Instant now) {
    super(now);
  }

  @Override
  protected boolean creates(Call call) {
    return call.method().equals("POST") && call.path().equals(PROJECT + "/issues");
  }

  @Override
  protected Answer answer(Call call) {
    if (!"s3cr3t-t0ken".equals(call.headers().get("PRIVATE-TOKEN"))) {
      return new Answer(401, "{\"message\":\"401 Unauthorized\"}");
    }
    String path = call.path();
    if (path.equals(PROJECT)) {
      return new Answer(200, "{\"visibility\":\"" + (isPublic ? "public" : "private") + "\"}");
    }
    if (path.equals(PROJECT + "/issues")) {
      return creates(call) ? create(call.body()) : list(call.query());
    }
    String[] rest = path.replace(PROJECT + "/issues/", "").split("/");
    Entry entry = entry(rest[0]);
    if (entry == null) {
      return new Answer(404, "{\"message\":\"404 Not found\"}");
    }
    if (rest.length == 2 && rest[1].equals("resource_state_events")) {
      ArrayNode events = JSON.createArrayNode();
      for (Deed deed : entry.deeds) {
        if (!deed.what().equals("assigned")) {
          ObjectNode event = events.addObject().put("state", deed.what());
          event.putObject("user").put("username", deed.who());
          event.put("created_at", deed.at().toString());
        }
      }
      return new Answer(200, events.toString());
    }
    if (rest.length == 2) {
      entry.comments.add(call.body().path("body").asText());
      act(entry, call.body().path("body").asText());
      return new Answer(201, "{\"id\":1}");
    }
    return call.method().equals("PUT")
        ? update(entry, call.body())
        : new Answer(200, issue(entry).toString());
  }

  private Answer create(JsonNode body) {
    if (!isValid(body, FIELDS) || !body.has("title")) {
      return new Answer(400, "{\"message\":{\"title\":[\"is invalid\"]}}");
    }
    Entry entry = add("");
    fill(entry, body);
    entry.labels = new ArrayList<>(parts(body, "labels"));
    return new Answer(201, issue(entry).toString());
  }

  private Answer update(Entry entry, JsonNode body) {
    if (!isValid(body, CHANGES)
        || !body.path("state_event").asText("close").matches("close|reopen")) {
      return new Answer(400, "{\"error\":\"state_event does not have a valid value\"}");
    }
    fill(entry, body);
    entry.labels.removeAll(parts(body, "remove_labels"));
    for (String label : parts(body, "add_labels")) {
      if (!entry.labels.contains(label)) {
        entry.labels.add(label);
      }
    }
    if (body.has("state_event")) {
      entry.open = body.path("state_event").asText().equals("reopen");
    }
    return new Answer(200, issue(entry).toString());
  }

  private static List<String> parts(JsonNode body, String name) {
    return body.has(name) ? Arrays.asList(body.path(name).asText().split(",")) : List.of();
  }

  private static boolean isValid(JsonNode body, Set<String> known) {
    List<String> names = new ArrayList<>();
    body.fieldNames().forEachRemaining(names::add);
    if (body.has("due_date")) {
      LocalDate.parse(body.path("due_date").asText());
    }
    boolean assignable =
        !body.has("assignee_ids") || body.path("assignee_ids").path(0).asText().equals("7");
    return known.containsAll(names) && assignable && body.path("title").asText().length() <= 255;
  }

  private static void fill(Entry entry, JsonNode body) {
    entry.title = body.path("title").asText(entry.title);
    entry.body = body.path("description").asText(entry.body);
    for (String name : List.of("confidential", "assignee_ids", "due_date")) {
      if (body.has(name)) {
        entry.fields.put(name, body.path(name).toString());
      }
    }
    act(entry, entry.body);
  }

  private static void act(Entry entry, String text) {
    if (text.lines().anyMatch(line -> line.startsWith("/close"))) {
      entry.open = false;
    }
  }

  private Answer list(Map<String, String> query) {
    int size = Integer.parseInt(query.getOrDefault("per_page", "20"));
    int page = Integer.parseInt(query.getOrDefault("page", "1"));
    ArrayNode list = JSON.createArrayNode();
    if ("updated_at".equals(query.get("order_by"))) {
      Instant since = Instant.parse(query.getOrDefault("updated_after", "1970-01-01T00:00:00Z"));
      changed(since, query.get("labels"), (page - 1) * size, size)
          .forEach(entry -> list.add(issue(entry)));
      return new Answer(200, list.toString());
    }
    listed().stream()
        .filter(entry -> entry.labels.contains(query.get("labels")))
        .filter(entry -> entry.open || "all".equals(query.get("state")))
        .sorted(Comparator.comparing((Entry entry) -> Integer.parseInt(entry.key)).reversed())
        .skip((long) (page - 1) * size)
        .limit(size)
        .forEach(entry -> list.add(issue(entry)));
    return new Answer(200, list.toString());
  }

  private static ObjectNode issue(Entry entry) {
    ObjectNode issue = JSON.createObjectNode();
    issue.put("id", 9_000).put("iid", Integer.parseInt(entry.key));
    issue.put("web_url", "https://gitlab.com/acme/web/-/issues/" + entry.key);
    issue.put("description", entry.body).put("state", entry.open ? "opened" : "closed");
    issue.put("created_at", entry.created.toString());
    issue.put("title", entry.title).put("updated_at", entry.updated.toString());
    if (entry.assignee != null) {
      issue.putArray("assignees").addObject().put("username", entry.assignee);
    }
    ArrayNode labels = issue.putArray("labels");
    entry.labels.forEach(labels::add);
    if (!entry.open && !entry.closedAs.isEmpty()) {
      // GitLab has no resolutions: people say it with a label.
      labels.add(entry.closedAs);
    }
    return issue;
  }
}
