package dev.sluice.sinks.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.sinks.ticket.FakeTracker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Five endpoints of GitHub's REST API 2022-11-28. Names, types and enumerations of the requests are
 * those of its published OpenAPI description (github/rest-api-description: issues/create,
 * issues/update, issues/list-for-repo, issues/create-comment, repos/get); the limits of 256 and
 * 65,536 characters are those its validation answers name. It does not accept unknown fields, which
 * GitHub ignores, so that a misspelt one is noticed. Nobody but octocat can be assigned.
 */
final class FakeGitHub extends FakeTracker {
  private static final Set<String> CREATE = Set.of("title", "body", "labels", "assignees");
  private static final Set<String> UPDATE =
      Set.of("title", "body", "labels", "assignees", "state", "state_reason");
  private static final Set<String> REASONS =
      Set.of("completed", "not_planned", "duplicate", "reopened");
  private static final String ISSUES = "/repos/acme/web/issues";

  FakeGitHub(Instant now) {
    super(now);
  }

  @Override
  protected boolean creates(Call call) {
    return call.method().equals("POST") && call.path().equals(ISSUES);
  }

  @Override
  protected Answer answer(Call call) {
    if (!"Bearer s3cr3t-t0ken".equals(call.headers().get("Authorization"))) {
      return new Answer(401, "{\"message\":\"Bad credentials\"}");
    }
    String path = call.path();
    if (path.equals("/repos/acme/web")) {
      return new Answer(
          200,
          "{\"private\":%s,\"visibility\":\"%s\"}"
              .formatted(!isPublic, isPublic ? "public" : "private"));
    }
    if (path.equals(ISSUES)) {
      return call.method().equals("POST") ? create(call.body()) : list(call);
    }
    if (!path.startsWith(ISSUES + "/")) {
      return new Answer(404, "{\"message\":\"Not Found\"}");
    }
    String[] rest = path.substring(ISSUES.length() + 1).split("/");
    Entry entry = entry(rest[0]);
    if (entry == null) {
      return new Answer(410, "{\"message\":\"This issue was deleted\"}");
    }
    if (rest.length == 2 && rest[1].equals("comments") && call.method().equals("POST")) {
      entry.comments.add(call.body().path("body").asText());
      return new Answer(201, "{\"id\":1}");
    }
    if (rest.length == 2 && rest[1].equals("events")) {
      return new Answer(200, events(entry).toString());
    }
    return call.method().equals("PATCH")
        ? update(entry, call.body())
        : new Answer(200, issue(entry).toString());
  }

  private Answer create(JsonNode body) {
    if (!isValid(body, CREATE) || !body.path("title").isTextual()) {
      return new Answer(422, "{\"message\":\"Validation Failed\"}");
    }
    Entry entry = add("");
    fill(entry, body);
    return new Answer(201, issue(entry).toString());
  }

  private Answer update(Entry entry, JsonNode body) {
    boolean state = !body.has("state") || body.path("state").asText().matches("open|closed");
    boolean reason =
        !body.has("state_reason") || REASONS.contains(body.path("state_reason").asText());
    if (!isValid(body, UPDATE) || !state || !reason) {
      return new Answer(422, "{\"message\":\"Validation Failed\"}");
    }
    fill(entry, body);
    return new Answer(200, issue(entry).toString());
  }

  private static boolean isValid(JsonNode body, Set<String> known) {
    List<String> names = new ArrayList<>();
    body.fieldNames().forEachRemaining(names::add);
    for (JsonNode assignee : body.path("assignees")) {
      if (!assignee.asText().equals("octocat")) {
        return false;
      }
    }
    for (JsonNode label : body.path("labels")) {
      if (label.asText().isEmpty() || label.asText().length() > 50) {
        return false;
      }
    }
    return known.containsAll(names)
        && body.path("title").asText().length() <= 256
        && body.path("body").asText().length() <= 65_536;
  }

  private static void fill(Entry entry, JsonNode body) {
    entry.title = body.path("title").asText(entry.title);
    entry.body = body.path("body").asText(entry.body);
    if (body.has("labels")) {
      entry.labels = new ArrayList<>();
      body.path("labels").forEach(label -> entry.labels.add(label.asText()));
    }
    if (body.has("assignees")) {
      entry.fields.put("assignees", body.path("assignees").toString());
    }
    if (body.has("state")) {
      entry.open = body.path("state").asText().equals("open");
      entry.state = body.path("state_reason").asText();
    }
  }

  private Answer list(Call call) {
    int size = Integer.parseInt(call.query().getOrDefault("per_page", "30"));
    int page = Integer.parseInt(call.query().getOrDefault("page", "1"));
    ArrayNode list = JSON.createArrayNode();
    if ("updated".equals(call.query().get("sort"))) {
      Instant since = Instant.parse(call.query().getOrDefault("since", "1970-01-01T00:00:00Z"));
      changed(since, call.query().get("labels"), (page - 1) * size, size)
          .forEach(entry -> list.add(issue(entry)));
      return new Answer(200, list.toString());
    }
    listed().stream()
        .filter(entry -> entry.labels.contains(call.query().get("labels")))
        .filter(entry -> entry.open || "all".equals(call.query().get("state")))
        .sorted(Comparator.comparing((Entry entry) -> Integer.parseInt(entry.key)).reversed())
        .skip((long) (page - 1) * size)
        .limit(size)
        .forEach(entry -> list.add(issue(entry)));
    return new Answer(200, list.toString());
  }

  private static ArrayNode events(Entry entry) {
    ArrayNode events = JSON.createArrayNode();
    events.addObject().put("event", "labeled").put("created_at", entry.created.toString());
    for (Deed deed : entry.deeds) {
      ObjectNode event = events.addObject().put("event", deed.what());
      event.putObject("actor").put("login", deed.who());
      event.put("created_at", deed.at().toString());
      if (deed.what().equals("assigned")) {
        event.putObject("assignee").put("login", deed.word());
      }
      if (deed.what().equals("closed")) {
        event.put("state_reason", deed.word());
      }
    }
    return events;
  }

  private static ObjectNode issue(Entry entry) {
    ObjectNode issue = JSON.createObjectNode();
    issue.put("number", Integer.parseInt(entry.key));
    issue.put("html_url", "https://github.com/acme/web/issues/" + entry.key);
    issue.put("title", entry.title).put("body", entry.body);
    issue.put("state", entry.open ? "open" : "closed");
    issue.put(
        "created_at", entry.created.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString());
    issue.put("updated_at", entry.updated.toString());
    if (entry.assignee != null) {
      issue.putObject("assignee").put("login", entry.assignee);
    }
    ArrayNode labels = issue.putArray("labels");
    entry.labels.forEach(label -> labels.addObject().put("name", label));
    return issue;
  }
}
