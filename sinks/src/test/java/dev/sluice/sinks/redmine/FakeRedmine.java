package dev.sluice.sinks.redmine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.sinks.ticket.FakeTracker;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Redmine's issues, projects and issue statuses as its wiki describes them (Rest_api, Rest_Issues,
 * Rest_Projects, Rest_IssueStatuses), and the rules of its model Issue: a subject of at most 255
 * characters, no due date before the start date (today unless given), only known people. A status
 * that the workflow forbids is dropped without a word; here everything but 1 and 5 is forbidden.
 */
final class FakeRedmine extends FakeTracker {
  private static final Set<String> FIELDS =
      Set.of(
          "project_id",
          "tracker_id",
          "subject",
          "description",
          "start_date",
          "due_date",
          "priority_id",
          "assigned_to_id",
          "status_id",
          "notes");

  FakeRedmine(Instant now) {
    super(now);
  }

  @Override
  protected boolean creates(Call call) {
    return call.method().equals("POST") && call.path().equals("/issues.json");
  }

  @Override
  protected Answer answer(Call call) {
    if (!"s3cr3t-t0ken".equals(call.headers().get("X-Redmine-API-Key"))) {
      return new Answer(401, "");
    }
    String path = call.path();
    if (path.equals("/projects/web.json")) {
      return new Answer(200, "{\"project\":{\"id\":1,\"is_public\":" + isPublic + "}}");
    }
    if (path.equals("/issue_statuses.json")) {
      return new Answer(
          200,
          "{\"issue_statuses\":[{\"id\":1,\"name\":\"New\",\"is_closed\":false},"
              + "{\"id\":6,\"name\":\"Won't fix\",\"is_closed\":true},"
              + "{\"id\":7,\"name\":\"False positive\",\"is_closed\":true},"
              + "{\"id\":5,\"name\":\"Closed\",\"is_closed\":true}]}");
    }
    if (path.equals("/issues.json")) {
      return creates(call) ? create(call.body().path("issue")) : list(call.query());
    }
    Entry entry = entry(path.replaceAll("/issues/(\\d+)\\.json", "$1"));
    if (entry == null) {
      return new Answer(404, "");
    }
    if (call.method().equals("PUT")) {
      return write(entry, call.body().path("issue"), 204);
    }
    ObjectNode body = JSON.createObjectNode();
    ObjectNode issue = issue(entry);
    if ("journals".equals(call.query().get("include"))) {
      ArrayNode journals = issue.putArray("journals");
      entry.deeds.forEach(deed -> journal(journals.addObject(), deed));
    }
    body.set("issue", issue);
    return new Answer(200, body.toString());
  }

  private static void journal(ObjectNode journal, Deed deed) {
    journal.putObject("user").put("id", Integer.parseInt(deed.who())).put("name", "Somebody");
    journal.put("notes", "").put("created_on", deed.at().toString());
    ObjectNode detail = journal.putArray("details").addObject().put("property", "attr");
    boolean assigned = deed.what().equals("assigned");
    detail.put("name", assigned ? "assigned_to_id" : "status_id");
    detail.put("old_value", assigned ? "" : deed.what().equals("closed") ? "1" : "5");
    detail.put("new_value", assigned ? deed.word() : status(deed.word()));
  }

  private static String status(String word) {
    return switch (word) {
      case "" -> "1";
      case "won't fix" -> "6";
      case "false positive" -> "7";
      default -> "5";
    };
  }

  private Answer create(JsonNode issue) {
    if (!issue.path("project_id").asText().equals("web") || !issue.has("subject")) {
      return refused();
    }
    Entry entry = add("");
    Answer answer = write(entry, issue, 201);
    if (answer.status() != 201) {
      entries.remove(entry);
    }
    return answer;
  }

  private Answer write(Entry entry, JsonNode issue, int status) {
    List<String> names = new ArrayList<>();
    issue.fieldNames().forEachRemaining(names::add);
    LocalDate today = LocalDate.ofInstant(now(), ZoneOffset.UTC);
    LocalDate start = LocalDate.parse(issue.path("start_date").asText(today.toString()));
    LocalDate due = LocalDate.parse(issue.path("due_date").asText(start.toString()));
    boolean known = issue.path("assigned_to_id").asText("7").equals("7");
    boolean fits = issue.path("subject").asText().length() <= 255;
    if (!FIELDS.containsAll(names) || due.isBefore(start) || !known || !fits) {
      return refused();
    }
    entry.title = issue.path("subject").asText(entry.title);
    entry.body = issue.path("description").asText(entry.body);
    if (issue.has("status_id") && issue.path("status_id").asText().matches("1|5")) {
      entry.open = issue.path("status_id").asInt() == 1;
    }
    if (issue.has("notes")) {
      entry.comments.add(issue.path("notes").asText());
    }
    for (String name : List.of("priority_id", "assigned_to_id", "start_date", "due_date")) {
      if (issue.has(name)) {
        entry.fields.put(name, issue.path(name).asText());
      }
    }
    ObjectNode body = JSON.createObjectNode();
    body.set("issue", issue(entry));
    return new Answer(status, status == 204 ? "" : body.toString());
  }

  private Answer list(Map<String, String> query) {
    boolean all = "*".equals(query.get("status_id")) && "web".equals(query.get("project_id"));
    ObjectNode body = JSON.createObjectNode();
    ArrayNode issues = body.putArray("issues");
    if ("updated_on:desc".equals(query.get("sort"))) {
      String since = query.getOrDefault("updated_on", ">=1970-01-01T00:00:00Z").substring(2);
      int skip = Integer.parseInt(query.getOrDefault("offset", "0"));
      changed(Instant.parse(since), null, skip, Integer.parseInt(query.get("limit")))
          .forEach(entry -> issues.add(issue(entry)));
      return new Answer(200, body.toString());
    }
    listed().stream()
        .filter(entry -> all || entry.open)
        .sorted(Comparator.comparing((Entry entry) -> Integer.parseInt(entry.key)).reversed())
        .skip(Long.parseLong(query.getOrDefault("offset", "0")))
        .limit(Math.min(100, Long.parseLong(query.getOrDefault("limit", "25"))))
        .forEach(entry -> issues.add(issue(entry)));
    return new Answer(200, body.toString());
  }

  private static ObjectNode issue(Entry entry) {
    ObjectNode issue = JSON.createObjectNode();
    issue.put("id", Integer.parseInt(entry.key)).put("description", entry.body);
    issue.putObject("status").put("id", entry.open ? 1 : 5);
    issue.put("subject", entry.title);
    issue.put("updated_on", entry.updated.truncatedTo(ChronoUnit.SECONDS).toString());
    if (entry.assignee != null) {
      issue.putObject("assigned_to").put("id", Integer.parseInt(entry.assignee));
    }
    issue.put("created_on", entry.created.truncatedTo(ChronoUnit.SECONDS).toString());
    return issue;
  }

  private static Answer refused() {
    return new Answer(422, "{\"errors\":[\"is invalid\"]}");
  }
}
