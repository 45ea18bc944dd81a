package dev.sluice.sinks.database;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Answers questions from the tables. Safe for concurrent use. */
public final class ReadModel {
  /** A page ends where its documents have so many characters, whatever was asked for. */
  private static final long PAGE_CHARACTERS = 4_000_000;

  private final Database database;

  /**
   * @param database open, and closed by its owner
   */
  public ReadModel(Database database) {
    this.database = database;
  }

  /** Findings, what is open and worst first. Ids that moved to another finding are left out. */
  public Page findings(Listing listing) {
    Conditions conditions =
        common(listing)
            .and("t.moved_to IS NULL")
            .andIf(
                "t.id IN (SELECT finding_id FROM finding_scanners WHERE scanner = ?)",
                listing.scanner())
            .andIf(
                "t.id IN (SELECT finding_id FROM finding_lines WHERE line = ? AND present)",
                listing.line())
            .andIf("t.item_id IN (SELECT id FROM items WHERE owner = ?)", listing.owner())
            .andIf(
                "t.id IN (SELECT finding_id FROM finding_names WHERE name = ?)",
                upper(listing.vulnerability()));
    return page("findings", conditions, listing, Views::finding);
  }

  /** Action items, what is open and worst first. */
  public Page items(Listing listing) {
    Conditions conditions =
        common(listing)
            .andIf(
                "t.id IN (SELECT item_id FROM item_scanners WHERE scanner = ?)", listing.scanner())
            .andIf(
                "t.id IN (SELECT item_id FROM item_lines WHERE line = ? AND NOT resolved)",
                listing.line())
            .andIf("t.owner = ?", listing.owner())
            .andIf(
                "t.id IN (SELECT f.item_id FROM findings f JOIN finding_names n"
                    + " ON n.finding_id = f.id WHERE n.name = ?)",
                upper(listing.vulnerability()));
    return page("items", conditions, listing, Views::item);
  }

  /** The verdict on a scan, if the caller may see its asset. */
  public Optional<JsonNode> scan(String id, List<String> prefixes) {
    Conditions conditions = new Conditions().and("id = ?", id).covered("asset", prefixes);
    Conditions overrides =
        new Conditions()
            .and("id IN (SELECT override_id FROM gate_override_scans WHERE scan_id = ?)", id);
    return read(
        connection -> {
          Optional<JsonNode> scan =
              documents(connection, "SELECT document FROM scans" + conditions.where(), conditions)
                  .stream()
                  .findFirst();
          if (scan.isPresent()) {
            String sql =
                "SELECT document FROM gate_overrides" + overrides.where() + " ORDER BY at_time";
            ((ObjectNode) scan.get())
                .putArray("overrides")
                .addAll(documents(connection, sql, overrides));
          }
          return scan;
        });
  }

  /**
   * Verdicts on scans of an asset, as documents, the newest 200 first.
   *
   * @param asset its whole name
   * @param version only those of this version; null for all
   */
  public List<JsonNode> scans(String asset, String version) {
    Conditions conditions =
        new Conditions().and("asset = ?", asset).andIf("asset_version = ?", version);
    String sql =
        "SELECT document FROM scans"
            + conditions.where()
            + " ORDER BY decided_at DESC, id LIMIT 200";
    return read(connection -> documents(connection, sql, conditions));
  }

  /**
   * Findings of an asset, as documents, worst first, at most 1,000.
   *
   * @param asset its whole name
   * @param ids ids separated by commas; null for all that are not resolved
   */
  public List<JsonNode> standing(String asset, String ids) {
    Conditions conditions = new Conditions().and("asset = ?", asset).and("moved_to IS NULL");
    if (ids == null) {
      conditions.and("status <> 'resolved'");
    } else {
      conditions.andIn("id", List.of(ids.split(",")));
    }
    String sql =
        "SELECT document FROM findings" + conditions.where() + " ORDER BY sort_rank, id LIMIT 1000";
    return read(connection -> documents(connection, sql, conditions));
  }

  /**
   * Why a finding or an item is what it is.
   *
   * @param id a finding's or an item's id, the unique beginning of one, a former id, or an id of a
   *     vulnerability
   * @param at the decision and what had happened as of then; null for now
   * @return empty if there is nothing of that name that the caller may see
   */
  public Optional<ObjectNode> explain(String id, List<String> prefixes, Instant at) {
    return read(connection -> new Explanation(connection, prefixes, at).of(id));
  }

  private static Conditions common(Listing listing) {
    Conditions conditions =
        new Conditions()
            .covered("t.asset", listing.prefixes())
            .named("t.asset", listing.asset())
            .andIn("t.status", listing.statuses())
            .andIn("t.severity", listing.severities())
            .andIf("t.kind = ?", listing.kind());
    if (listing.overdue()) {
      conditions.and("t.status = 'open'").and("t.due < ?", OffsetDateTime.now(ZoneOffset.UTC));
    }
    return conditions;
  }

  private Page page(
      String table, Conditions conditions, Listing listing, Function<JsonNode, ObjectNode> view) {
    String counted = "SELECT COUNT(*) FROM " + table + " t" + conditions.where();
    return read(
        connection -> {
          long total;
          try (PreparedStatement count = conditions.prepare(connection, counted);
              ResultSet rows = count.executeQuery()) {
            rows.next();
            total = rows.getLong(1);
          }
          if (listing.after() != null) {
            int colon = listing.after().indexOf(':');
            int rank = Integer.parseInt(listing.after().substring(0, colon));
            conditions.and(
                "(t.sort_rank > ? OR t.sort_rank = ? AND t.id > ?)",
                rank,
                rank,
                listing.after().substring(colon + 1));
          }
          String select =
              "SELECT t.document, t.sort_rank, t.id FROM "
                  + table
                  + " t"
                  + conditions.where()
                  + " ORDER BY t.sort_rank, t.id LIMIT "
                  + (listing.limit() + 1);
          List<ObjectNode> page = new ArrayList<>();
          String last = null;
          long characters = 0;
          try (PreparedStatement query = conditions.prepare(connection, select);
              ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
              if (page.size() == listing.limit() || characters > PAGE_CHARACTERS) {
                return new Page(page, last, total);
              }
              String document = rows.getString(1);
              characters += document.length();
              page.add(view.apply(Views.parse(document)));
              last = rows.getInt(2) + ":" + rows.getString(3);
            }
          }
          return new Page(page, null, total);
        });
  }

  static List<JsonNode> documents(Connection connection, String sql, Conditions conditions)
      throws SQLException {
    List<JsonNode> documents = new ArrayList<>();
    try (PreparedStatement query = conditions.prepare(connection, sql);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        documents.add(Views.parse(rows.getString(1)));
      }
    }
    return documents;
  }

  private <T> T read(Database.Work<T> work) {
    try {
      return database.read(work);
    } catch (SQLException e) {
      throw new DatabaseException(
          "the database does not answer (SQL state " + e.getSQLState() + ")", e);
    }
  }

  static String upper(String name) {
    return name == null ? null : name.toUpperCase(Locale.ROOT);
  }
}
