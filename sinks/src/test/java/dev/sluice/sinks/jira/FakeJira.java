package dev.sluice.sinks.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.sinks.ticket.FakeTracker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The endpoints of Jira that a sink uses, as Atlassian's "Jira Cloud platform REST API v3" and
 * "Jira Data Center REST API v2" references describe them: create, get, edit, transitions, comment,
 * search, project. Cloud takes descriptions as documents of the published ADF schema (types, marks
 * and non-empty text of the nodes used), Data Center as text of at most 32,767 characters. A
 * summary has one line and at most 255 characters, a label no blank. The search of both reads an
 * index that is behind. A due date is on no screen here, so it is refused as Jira refuses it.
 */
final class FakeJira extends FakeTracker {
  private static final Set<String> FIELDS =
      Set.of("project", "issuetype", "summary", "description", "labels", "priority", "assignee");
  private static final Pattern JQL =
      Pattern.compile("project = \"SEC\" AND labels = \"([^\" ]+)\" ORDER BY key");

  private static final Pattern LISTING =
      Pattern.compile(
          "project = \"SEC\"(?: AND labels = \"([^\" ]+)\")?(?: AND updated >= \"-(\\d+)m\")?"
              + " ORDER BY updated DESC");

  private final boolean cloud;
  private final String api;

  FakeJira(Instant now, boolean cloud) {
    super(now);
    this.cloud = cloud;
    this.api = cloud ? "/rest/api/3" : "/rest/api/2";
  }

  @Override
  protected boolean creates(Call call) {
    return call.method().equals("POST") && call.path().equals(api + "/issue");
  }

  @Override
  protected Answer answer(Call call) {
    String path = call.path();
    String authorization = call.headers().get("Authorization");
    if (path.equals(api + "/project/SEC") && authorization == null) {
      return new Answer(isPublic ? 200 : 404, "{}");
    }
    boolean known =
        cloud
            // sluice@example.org:s3cr3t-t0ken
            ? "Basic c2x1aWNlQGV4YW1wbGUub3JnOnMzY3IzdC10MGtlbg==".equals(authorization)
            : "Bearer s3cr3t-t0ken".equals(authorization);
    if (!known) {
      return new Answer(401, "");
    }
    if (path.equals(api + (cloud ? "/search/jql" : "/search"))) {
      return search(call.body());
    }
    if (creates(call)) {
      JsonNode fields = call.body().path("fields");
      boolean whole =
          fields.path("project").path("key").asText().equals("SEC")
              && fields.path("issuetype").path("name").asText().equals("Task")
              && fields.path("summary").isTextual();
      List<String> errors = errors(fields);
      if (!whole || !errors.isEmpty()) {
        return refused(errors);
      }
      Entry entry = add("SEC-");
      fill(entry, fields);
      return new Answer(201, name(entry).toString());
    }
    if (!path.startsWith(api + "/issue/")) {
      return new Answer(404, "");
    }
    String[] rest = path.substring((api + "/issue/").length()).split("/");
    Entry entry = entry(rest[0]);
    if (entry == null) {
      return new Answer(404, "{\"errorMessages\":[\"Issue does not exist\"],\"errors\":{}}");
    }
    return rest.length == 1 ? issue(entry, call) : part(entry, rest[1], call);
  }

  private Answer issue(Entry entry, Call call) {
    if (call.method().equals("PUT")) {
      List<String> errors = errors(call.body().path("fields"));
      if (!errors.isEmpty()) {
        return refused(errors);
      }
      fill(entry, call.body().path("fields"));
      return new Answer(204, "");
    }
    ObjectNode issue = name(entry);
    fields(issue, entry);
    if ("changelog".equals(call.query().get("expand"))) {
      ArrayNode histories = issue.putObject("changelog").putArray("histories");
      List<Deed> deeds = new ArrayList<>(entry.deeds);
      if (cloud) {
        // Cloud has the newest first, Data Center the oldest.
        java.util.Collections.reverse(deeds);
      }
      deeds.forEach(deed -> history(histories.addObject(), deed));
    }
    return new Answer(200, issue.toString());
  }

  private Answer part(Entry entry, String part, Call call) {
    if (part.equals("comment")) {
      JsonNode body = call.body().path("body");
      if (cloud ? !isDocument(body) : !body.isTextual()) {
        return refused(List.of("comment"));
      }
      entry.comments.add(body.toString());
      return new Answer(201, "{\"id\":\"1\"}");
    }
    if (call.method().equals("POST")) {
      boolean close = call.body().path("transition").path("id").asText().equals("31");
      if (close == !entry.open) {
        return refused(List.of("transition"));
      }
      entry.open = !close;
      return new Answer(204, "");
    }
    ObjectNode list = JSON.createObjectNode();
    ObjectNode transition = list.putArray("transitions").addObject();
    transition.put("id", entry.open ? "31" : "11").put("name", entry.open ? "Done" : "Reopen");
    transition.set("to", status(!entry.open));
    return new Answer(200, list.toString());
  }

  private Answer search(JsonNode body) {
    Matcher listing = LISTING.matcher(body.path("jql").asText());
    if (listing.matches()) {
      return list(listing, body);
    }
    Matcher jql = JQL.matcher(body.path("jql").asText());
    if (!jql.matches() || !body.path("fields").isArray() || !body.path("maxResults").isInt()) {
      return refused(List.of("jql"));
    }
    ObjectNode found = JSON.createObjectNode();
    ArrayNode issues = found.putArray("issues");
    listed().stream()
        .filter(entry -> entry.labels.contains(jql.group(1)))
        .limit(body.path("maxResults").asInt())
        .forEach(entry -> issues.add(name(entry)));
    return new Answer(200, found.toString());
  }

  /** Cloud pages by a token, Data Center by a number, and each refuses the other's. */
  private Answer list(Matcher listing, JsonNode body) {
    if (body.has("startAt") == cloud || (!cloud && body.has("nextPageToken"))) {
      return refused(List.of("startAt"));
    }
    long minutes = listing.group(2) == null ? 0 : Long.parseLong(listing.group(2));
    Instant since = minutes == 0 ? Instant.EPOCH : now().minus(Duration.ofMinutes(minutes));
    int skip = body.path(cloud ? "nextPageToken" : "startAt").asInt(0);
    int size = body.path("maxResults").asInt();
    ObjectNode found = JSON.createObjectNode();
    ArrayNode issues = found.putArray("issues");
    changed(since, listing.group(1), skip, size)
        .forEach(
            entry -> {
              ObjectNode issue = name(entry);
              fields(issue, entry);
              issues.add(issue);
            });
    int all = changed(since, listing.group(1), 0, 10_000).size();
    if (!cloud) {
      found.put("total", all);
    } else if (skip + size < all) {
      found.put("nextPageToken", Integer.toString(skip + size));
    }
    return new Answer(200, found.toString());
  }

  private void fields(ObjectNode issue, Entry entry) {
    ObjectNode fields = issue.putObject("fields");
    fields.set("status", status(entry.open));
    ArrayNode labels = fields.putArray("labels");
    entry.labels.forEach(labels::add);
    fields.put("summary", entry.title);
    if (cloud && entry.body.startsWith("{")) {
      fields.set("description", tree(entry.body));
    } else {
      fields.put("description", entry.body);
    }
    fields.put("updated", time(entry.updated));
    if (entry.assignee != null) {
      fields.putObject("assignee").put(cloud ? "accountId" : "name", entry.assignee);
    }
    if (!entry.open) {
      fields.putObject("resolution").put("name", entry.closedAs);
    }
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void history(ObjectNode history, Deed deed) {
    history.putObject("author").put(cloud ? "accountId" : "name", deed.who());
    history.put("created", time(deed.at()));
    ObjectNode item = history.putArray("items").addObject();
    if (deed.what().equals("assigned")) {
      item.put("field", "assignee").put("to", deed.word());
    } else {
      boolean closed = deed.what().equals("closed");
      item.put("field", "status").put("to", closed ? "3" : "1");
      item.put("toString", closed ? "Done" : "To Do");
    }
  }

  private static String time(Instant at) {
    return at.atOffset(java.time.ZoneOffset.UTC)
        .format(java.time.format.DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXX"))
        .replace("Z", "+0000");
  }

  private List<String> errors(JsonNode fields) {
    List<String> errors = new ArrayList<>();
    fields.fieldNames().forEachRemaining(errors::add);
    errors.removeAll(FIELDS);
    String summary = fields.path("summary").asText();
    if (summary.length() > 255 || summary.contains("\n")) {
      errors.add("summary");
    }
    JsonNode description = fields.path("description");
    boolean good =
        cloud
            ? isDocument(description) && length(description) <= 32_767
            : description.isTextual() && description.asText().length() <= 32_767;
    if (!good) {
      errors.add("description");
    }
    for (JsonNode label : fields.path("labels")) {
      if (label.asText().matches(".*\\s.*") || label.asText().length() > 255) {
        errors.add("labels");
      }
    }
    String priority = fields.path("priority").path("name").asText("Highest");
    if (!Set.of("Highest", "High", "Medium", "Low").contains(priority)) {
      errors.add("priority");
    }
    if (!fields.path("assignee").path(cloud ? "accountId" : "name").asText("ann").equals("ann")) {
      errors.add("assignee");
    }
    return errors;
  }

  private static boolean isDocument(JsonNode node) {
    return node.path("type").asText().equals("doc")
        && node.path("version").asInt() == 1
        && areBlocks(node.path("content"));
  }

  private static boolean areBlocks(JsonNode nodes) {
    for (JsonNode node : nodes) {
      boolean good =
          switch (node.path("type").asText()) {
            case "heading" ->
                node.path("attrs").path("level").isInt() && areInline(node.path("content"));
            case "paragraph" -> areInline(node.path("content"));
            case "bulletList" -> !node.path("content").isEmpty() && areItems(node.path("content"));
            default -> false;
          };
      if (!good) {
        return false;
      }
    }
    return nodes.isArray();
  }

  private static boolean areItems(JsonNode nodes) {
    for (JsonNode node : nodes) {
      if (!node.path("type").asText().equals("listItem") || !areBlocks(node.path("content"))) {
        return false;
      }
    }
    return true;
  }

  private static boolean areInline(JsonNode nodes) {
    for (JsonNode node : nodes) {
      boolean text =
          node.path("type").asText().equals("text") && !node.path("text").asText().isEmpty();
      if (!text) {
        return false;
      }
      for (JsonNode mark : node.path("marks")) {
        boolean link = !mark.path("attrs").path("href").asText().isEmpty();
        if (!mark.path("type").asText().matches("strong|code") && !link) {
          return false;
        }
      }
    }
    return nodes.isArray();
  }

  private static int length(JsonNode document) {
    return document.findValuesAsText("text").stream().mapToInt(String::length).sum();
  }

  private static void fill(Entry entry, JsonNode fields) {
    entry.title = fields.path("summary").asText();
    JsonNode description = fields.path("description");
    entry.body = description.isTextual() ? description.asText() : description.toString();
    entry.labels = new ArrayList<>();
    fields.path("labels").forEach(label -> entry.labels.add(label.asText()));
    for (String name : List.of("priority", "assignee")) {
      if (fields.has(name)) {
        entry.fields.put(name, fields.path(name).toString());
      }
    }
  }

  private static ObjectNode name(Entry entry) {
    return JSON.createObjectNode().put("id", "1" + entry.key.hashCode()).put("key", entry.key);
  }

  private static ObjectNode status(boolean open) {
    ObjectNode status = JSON.createObjectNode();
    status.put("id", open ? "1" : "3");
    status.putObject("statusCategory").put("key", open ? "new" : "done");
    return status;
  }

  private static Answer refused(List<String> names) {
    ObjectNode body = JSON.createObjectNode();
    body.putArray("errorMessages");
    ObjectNode errors = body.putObject("errors");
    names.forEach(name -> errors.put(name, "cannot be set"));
    return new Answer(400, body.toString());
  }
}
