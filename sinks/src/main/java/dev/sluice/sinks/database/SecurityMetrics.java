package dev.sluice.sinks.database;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a lead asks for, as gauges, counted in the tables of the common realm: never of embargoed
 * ones, for metrics need no token. Labels are bounded: severities, ages, states, and at most {@link
 * #REASONS} reasons.
 */
public final class SecurityMetrics {
  /** Open action items. */
  public static final String OPEN = "sluice.security.open.items";

  /** Open items that are exploited in the wild. */
  public static final String EXPLOITED = "sluice.security.exploited.items";

  /** Open items past their deadline. */
  public static final String OVERDUE = "sluice.security.overdue.items";

  /** Mean time from opening to resolution. */
  public static final String REMEDIATION = "sluice.security.remediation.seconds";

  /** Share of observations that had been said before. */
  public static final String DUPLICATES = "sluice.security.duplicate.ratio";

  /** Findings that are kept from going onward. */
  public static final String WITHHELD = "sluice.security.withheld.findings";

  /** Whether what was scanned once is still scanned. */
  public static final String COVERAGE = "sluice.security.scan.coverage";

  static final Duration RECENT = Duration.ofDays(90);
  static final Duration CURRENT_SCAN = Duration.ofDays(7);
  static final int REASONS = 20;

  private static final List<String> SEVERITIES =
      List.of("critical", "high", "medium", "low", "negligible", "none", "unknown");
  private static final List<String> AGES = List.of("week", "month", "quarter", "older");
  private static final List<String> STATES = List.of("current", "old", "never");

  private static final String OPEN_SQL =
      "SELECT severity, age, COUNT(*) FROM (SELECT severity,"
          + " CASE WHEN opened_at >= ? THEN 'week' WHEN opened_at >= ? THEN 'month'"
          + " WHEN opened_at >= ? THEN 'quarter' ELSE 'older' END AS age"
          + " FROM items WHERE status = 'open') t GROUP BY severity, age";
  private static final String EXPLOITED_SQL =
      "SELECT COUNT(*) FROM items WHERE status = 'open' AND known_exploited";
  private static final String OVERDUE_SQL =
      "SELECT severity, COUNT(*) FROM items WHERE status = 'open' AND due < ? GROUP BY severity";
  private static final String REMEDIATION_SQL =
      "SELECT severity, AVG(CAST(EXTRACT(EPOCH FROM happened_at) - EXTRACT(EPOCH FROM opened_at)"
          + " AS DOUBLE PRECISION)) FROM events WHERE type = 'resolved' AND opened_at IS NOT NULL"
          + " AND happened_at >= ? GROUP BY severity";
  private static final String DUPLICATES_SQL =
      "SELECT CAST(SUM(repeated) + SUM(merged) AS DOUBLE PRECISION)"
          + " / CAST(NULLIF(SUM(observations), 0) AS DOUBLE PRECISION) FROM scans";
  private static final String WITHHELD_SQL =
      "SELECT reason, COUNT(*) FROM findings WHERE status = 'withheld' AND moved_to IS NULL"
          + " GROUP BY reason ORDER BY COUNT(*) DESC, reason";
  private static final String COVERAGE_SQL =
      "SELECT state, COUNT(*) FROM (SELECT CASE WHEN last_complete >= ? THEN 'current'"
          + " WHEN last_complete IS NULL THEN 'never' ELSE 'old' END AS state"
          + " FROM scan_coverage) t GROUP BY state";

  private final Map<String, MultiGauge> gauges = new LinkedHashMap<>();

  SecurityMetrics(MeterRegistry meters) {
    gauge(meters, OPEN, "Open action items, by how long they are open.");
    gauge(meters, EXPLOITED, "Open action items that are known to be exploited.");
    gauge(meters, OVERDUE, "Open action items past their deadline.");
    gauge(meters, REMEDIATION, "Mean time from opening to resolution, of 90 days.");
    gauge(meters, DUPLICATES, "Share of observations that had been said before.");
    gauge(meters, WITHHELD, "Findings that are kept from going onward, by reason.");
    gauge(meters, COVERAGE, "Scanners of release lines, by when they last looked completely.");
  }

  private void gauge(MeterRegistry meters, String name, String doc) {
    gauges.put(name, MultiGauge.builder(name).description(doc).register(meters));
  }

  /** Counts anew; some queries over indexed columns and small groups. */
  void count(Connection connection, Instant now) throws SQLException {
    Map<Tags, Double> open = new LinkedHashMap<>();
    Map<Tags, Double> overdue = new LinkedHashMap<>();
    for (String severity : SEVERITIES) {
      AGES.forEach(age -> open.put(Tags.of("severity", severity, "age", age), 0.0));
      overdue.put(Tags.of("severity", severity), 0.0);
    }
    Map<Tags, Double> coverage = new LinkedHashMap<>();
    STATES.forEach(state -> coverage.put(Tags.of("state", state), 0.0));

    Instant week = now.minus(Duration.ofDays(7));
    Instant month = now.minus(Duration.ofDays(30));
    open.putAll(
        rows(connection, OPEN_SQL, List.of("severity", "age"), week, month, now.minus(RECENT)));
    overdue.putAll(rows(connection, OVERDUE_SQL, List.of("severity"), now));
    coverage.putAll(rows(connection, COVERAGE_SQL, List.of("state"), now.minus(CURRENT_SCAN)));
    set(OPEN, open);
    set(OVERDUE, overdue);
    set(COVERAGE, coverage);
    set(EXPLOITED, rows(connection, EXPLOITED_SQL, List.of()));
    set(REMEDIATION, rows(connection, REMEDIATION_SQL, List.of("severity"), now.minus(RECENT)));
    set(DUPLICATES, rows(connection, DUPLICATES_SQL, List.of()));
    set(WITHHELD, bounded(rows(connection, WITHHELD_SQL, List.of("reason"))));
  }

  /** Policies name reasons as they like, so the rarest ones are counted together. */
  private static Map<Tags, Double> bounded(Map<Tags, Double> reasons) {
    Map<Tags, Double> kept = new LinkedHashMap<>();
    reasons.forEach(
        (tags, count) ->
            kept.merge(
                kept.size() < REASONS ? tags : Tags.of("reason", "other"), count, Double::sum));
    return kept;
  }

  private void set(String name, Map<Tags, Double> values) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    values.forEach((tags, value) -> rows.add(MultiGauge.Row.of(tags, value)));
    gauges.get(name).register(rows, true);
  }

  /** One row for each group: its labels, then the number; a group without a number is left out. */
  private static Map<Tags, Double> rows(
      Connection connection, String sql, List<String> labels, Instant... times)
      throws SQLException {
    Map<Tags, Double> values = new LinkedHashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < times.length; i++) {
        statement.setObject(i + 1, times[i].atOffset(ZoneOffset.UTC));
      }
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          Tags tags = Tags.empty();
          for (int i = 0; i < labels.size(); i++) {
            tags = tags.and(labels.get(i), result.getString(i + 1));
          }
          double value = result.getDouble(labels.size() + 1);
          if (!result.wasNull()) {
            values.put(tags, value);
          }
        }
      }
    }
    return values;
  }
}
