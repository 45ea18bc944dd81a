package dev.sluice.sinks.database;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts together why a finding or an item is what it is. Every list is bounded.
 *
 * @param connection to read with
 * @param prefixes assets that the caller may see
 * @param at as of when; null for now
 */
record Explanation(Connection connection, List<String> prefixes, Instant at) {
  private static final int HOPS = 20;
  private static final int SHORTEST = 3;
  private static final int CANDIDATES = 10;
  private static final int MOST = 200;
  private static final String DECISION =
      "decided_at, actionable, rule, reason, explanation, policy_version, matrix_version,"
          + " suppression, rule_before, reason_before, cause, cause_id, revision, facts";

  Optional<ObjectNode> of(String id) throws SQLException {
    Optional<JsonNode> finding = one("findings", "id = ?", id);
    if (finding.isPresent()) {
      return Optional.of(finding(finding.get(), id));
    }
    Optional<JsonNode> item = one("items", "id = ?", id);
    if (item.isPresent()) {
      return Optional.of(item(item.get()));
    }
    Optional<JsonNode> heir =
        one("findings", "id IN (SELECT finding_id FROM finding_redirects WHERE former_id = ?)", id);
    if (heir.isPresent()) {
      return Optional.of(finding(heir.get(), id));
    }
    Optional<ObjectNode> named = vulnerability(id);
    return named.isPresent() ? named : abbreviated(id);
  }

  private Optional<JsonNode> one(String table, String condition, String value) throws SQLException {
    Conditions conditions = new Conditions().and(condition, value).covered("asset", prefixes);
    return ReadModel.documents(
            connection,
            "SELECT document FROM " + table + conditions.where() + " ORDER BY id LIMIT 1",
            conditions)
        .stream()
        .findFirst();
  }

  private Optional<ObjectNode> vulnerability(String name) throws SQLException {
    Conditions conditions =
        new Conditions()
            .covered("asset", prefixes)
            .and("moved_to IS NULL")
            .and(
                "id IN (SELECT finding_id FROM finding_names WHERE name = ?)",
                ReadModel.upper(name));
    List<JsonNode> findings =
        ReadModel.documents(
            connection,
            "SELECT document FROM findings"
                + conditions.where()
                + " ORDER BY sort_rank, asset, id LIMIT "
                + MOST,
            conditions);
    if (findings.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode answer = Views.JSON.createObjectNode();
    answer.put("type", "vulnerability").put("name", name);
    ArrayNode rows = answer.putArray("findings");
    findings.forEach(finding -> rows.add(Views.finding(finding)));
    return Optional.of(answer);
  }

  private Optional<ObjectNode> abbreviated(String start) throws SQLException {
    if (start.length() < SHORTEST) {
      return Optional.empty();
    }
    List<JsonNode> findings = beginning("findings", start);
    List<JsonNode> items = beginning("items", start);
    if (findings.size() + items.size() == 1) {
      return Optional.of(findings.isEmpty() ? item(items.get(0)) : finding(findings.get(0), null));
    }
    if (findings.isEmpty() && items.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode answer = Views.JSON.createObjectNode();
    answer.put("type", "ambiguous").put("name", start);
    ArrayNode candidates = answer.putArray("candidates");
    findings.forEach(each -> candidates.add(candidate("finding", each)));
    items.forEach(each -> candidates.add(candidate("item", each)));
    return Optional.of(answer);
  }

  private List<JsonNode> beginning(String table, String start) throws SQLException {
    Conditions conditions =
        new Conditions()
            .covered("asset", prefixes)
            .and("id LIKE ? ESCAPE '!'", Conditions.escaped(start) + "%");
    return ReadModel.documents(
        connection,
        "SELECT document FROM " + table + conditions.where() + " ORDER BY id LIMIT " + CANDIDATES,
        conditions);
  }

  private static ObjectNode candidate(String type, JsonNode document) {
    ObjectNode candidate = Views.JSON.createObjectNode();
    candidate.put("type", type);
    for (String field : List.of("id", "asset", "vulnerability", "title", "status")) {
      if (document.has(field)) {
        candidate.set(field, document.get(field));
      }
    }
    return candidate;
  }

  private ObjectNode finding(JsonNode found, String asked) throws SQLException {
    JsonNode finding = found;
    for (int hop = 0; hop < HOPS && finding.has("movedTo"); hop++) {
      Optional<JsonNode> next = one("findings", "id = ?", finding.get("movedTo").asText());
      if (next.isEmpty()) {
        break;
      }
      finding = next.get();
    }
    String id = finding.path("id").asText();
    ObjectNode answer = Views.JSON.createObjectNode();
    answer.put("type", "finding");
    if (asked != null && !asked.equals(id)) {
      answer.put("redirectedFrom", asked);
    }
    asOf(answer);
    answer.set("finding", finding);
    List<ObjectNode> decisions = decisions(id);
    answer.set(
        "decision",
        decisions.isEmpty() ? Views.JSON.nullNode() : decisions.get(decisions.size() - 1));
    ArrayNode history = answer.putArray("decisions");
    for (ObjectNode decision : decisions) {
      history.add(decision.deepCopy().without(List.of("facts", "policyVersion", "matrixVersion")));
    }
    Optional<JsonNode> item = itemOf(finding);
    answer.set("item", item.<JsonNode>map(Views::item).orElse(Views.JSON.nullNode()));
    about(answer, finding, item.map(known -> known.path("id").asText()).orElse(""));
    return answer;
  }

  /** The item that it is part of, or the last one that it was part of. */
  private Optional<JsonNode> itemOf(JsonNode finding) throws SQLException {
    if (finding.has("item")) {
      return one("items", "id = ?", finding.get("item").asText());
    }
    Conditions conditions =
        new Conditions()
            .and(
                "id IN (SELECT item_id FROM item_findings WHERE finding_id = ?)",
                finding.path("id").asText())
            .covered("asset", prefixes);
    return ReadModel.documents(
            connection,
            "SELECT document FROM items"
                + conditions.where()
                + " ORDER BY updated_at DESC, id LIMIT 1",
            conditions)
        .stream()
        .findFirst();
  }

  private ObjectNode item(JsonNode item) throws SQLException {
    String id = item.path("id").asText();
    ObjectNode answer = Views.JSON.createObjectNode();
    answer.put("type", "item");
    asOf(answer);
    answer.set("item", Views.item(item));
    ArrayNode findings = answer.putArray("findings");
    Conditions conditions =
        new Conditions()
            .and(
                "(item_id = ? OR id IN (SELECT finding_id FROM item_findings WHERE item_id = ?))",
                id,
                id)
            .and("moved_to IS NULL")
            .covered("asset", prefixes);
    for (JsonNode finding :
        ReadModel.documents(
            connection,
            "SELECT document FROM findings"
                + conditions.where()
                + " ORDER BY sort_rank, id LIMIT "
                + MOST,
            conditions)) {
      findings.add(Views.finding(finding));
    }
    about(answer, item, id);
    return answer;
  }

  private void asOf(ObjectNode answer) {
    if (at != null) {
      answer.put("at", at.toString());
    }
  }

  private void about(ObjectNode answer, JsonNode document, String item) throws SQLException {
    ArrayNode events = answer.putArray("events");
    rows(
            "events",
            "type, happened_at, severity, due, episode, revision, cause, cause_id, changes",
            new Conditions().and("item_id = ?", item),
            "happened_at",
            "revision")
        .forEach(events::add);
    ArrayNode tickets = answer.putArray("tickets");
    rows(
            "tickets",
            "sink, ticket, url, state, episode, sent_revision, sent_at",
            new Conditions().and("item_id = ?", item),
            "sent_at",
            "sink")
        .forEach(tickets::add);
    ArrayNode scans = answer.putArray("scans");
    lastScans(document.path("asset").asText()).forEach(scans::add);
  }

  private List<ObjectNode> decisions(String finding) throws SQLException {
    return rows(
        "decisions",
        DECISION,
        new Conditions().and("finding_id = ?", finding),
        "decided_at",
        "log_offset");
  }

  /** The last scan of each scanner on each line, as of then. */
  private List<ObjectNode> lastScans(String asset) throws SQLException {
    String columns =
        "id, scanner, line, asset_version, scan_time, decided_at, completeness, outcome, reason";
    List<ObjectNode> last = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    List<ObjectNode> all =
        rows(
            "scans", columns, new Conditions().and("asset = ?", asset), "decided_at", "log_offset");
    for (int i = all.size() - 1; i >= 0; i--) {
      ObjectNode scan = all.get(i);
      String series = scan.path("scanner").asText() + "\n" + scan.path("line").asText();
      if (!seen.contains(series)) {
        seen.add(series);
        last.add(scan);
      }
    }
    return last;
  }

  /** The newest rows up to the time asked for, oldest first. */
  private List<ObjectNode> rows(
      String table, String columns, Conditions conditions, String time, String then)
      throws SQLException {
    if (at != null) {
      conditions.and(time + " <= ?", at.atOffset(ZoneOffset.UTC));
    }
    String sql =
        "SELECT "
            + columns
            + " FROM "
            + table
            + conditions.where()
            + " ORDER BY "
            + time
            + " DESC, "
            + then
            + " DESC LIMIT "
            + MOST;
    List<ObjectNode> found = new ArrayList<>();
    try (PreparedStatement query = conditions.prepare(connection, sql);
        ResultSet rows = query.executeQuery()) {
      String[] names = columns.split(", *");
      while (rows.next()) {
        ObjectNode row = Views.JSON.createObjectNode();
        for (int i = 0; i < names.length; i++) {
          put(row, names[i], rows, i + 1);
        }
        found.add(0, row);
      }
    }
    return found;
  }

  private static void put(ObjectNode row, String column, ResultSet rows, int index)
      throws SQLException {
    String name = name(column);
    if (column.equals("facts") || column.equals("changes")) {
      row.set(name, Views.parse(rows.getString(index)));
    } else if (column.endsWith("_at") || column.endsWith("_time") || column.equals("due")) {
      OffsetDateTime time = rows.getObject(index, OffsetDateTime.class);
      if (time != null) {
        row.put(name, time.toInstant().toString());
      }
    } else if (rows.getObject(index) instanceof Boolean flag) {
      row.put(name, flag);
    } else if (rows.getObject(index) instanceof Number number) {
      row.put(name, number.longValue());
    } else if (rows.getString(index) != null) {
      row.put(name, rows.getString(index));
    }
  }

  /** {@code happened_at} is {@code at}, {@code cause_id} is {@code causeId}. */
  private static String name(String column) {
    if (column.equals("happened_at") || column.equals("decided_at") || column.equals("sent_at")) {
      return "at";
    }
    StringBuilder name = new StringBuilder();
    for (String word : column.split("_")) {
      name.append(
          name.length() == 0 ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return name.toString();
  }
}
