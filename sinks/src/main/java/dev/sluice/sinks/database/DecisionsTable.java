package dev.sluice.sinks.database;

import dev.sluice.events.Decision;
import dev.sluice.events.DecisionRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** {@code decisions.v1}: a record is known by its place in the log. */
final class DecisionsTable extends LogTable<DecisionRecord> {
  DecisionsTable() {
    super("SELECT 1 FROM decisions WHERE part = ? AND log_offset = ?");
  }

  @Override
  void bind(PreparedStatement query, Entry<DecisionRecord> entry) throws SQLException {
    query.setInt(1, entry.partition());
    query.setLong(2, entry.offset());
  }

  @Override
  String identity(Entry<DecisionRecord> entry) {
    return entry.partition() + "/" + entry.offset();
  }

  @Override
  void insert(Connection connection, List<Entry<DecisionRecord>> entries) throws SQLException {
    try (Insert rows =
        new Insert(
            connection,
            "decisions",
            "finding_id, part, log_offset, asset, revision, decided_at, actionable, rule, reason,"
                + " explanation, policy_version, matrix_version, suppression, rule_before,"
                + " reason_before, cause, cause_id, facts")) {
      for (Entry<DecisionRecord> entry : entries) {
        row(rows, entry);
      }
      rows.send();
    }
  }

  private static void row(Insert row, Entry<DecisionRecord> entry) throws SQLException {
    DecisionRecord decided = entry.value();
    Decision before = decided.getBefore();
    Decision after = decided.getAfter();
    row.some(decided.getFindingId(), Width.ID)
        .number(entry.partition())
        .number(entry.offset())
        .some(decided.getAsset(), Width.NAME)
        .number(decided.getRevision())
        .time(decided.getAt())
        .flag(after.getActionable())
        .some(after.getRule(), Width.NAME)
        .some(after.getReason(), Width.NAME)
        .some(after.getExplanation(), Width.TEXT)
        .some(after.getPolicyVersion(), Width.ID)
        .text(after.getMatrixVersion(), Width.ID)
        .text(after.getSuppression(), Width.NAME)
        .text(before == null ? null : before.getRule(), Width.NAME)
        .text(before == null ? null : before.getReason(), Width.NAME)
        .some(decided.getCause(), Width.WORD)
        .text(decided.getCauseId(), Width.NAME)
        .text(RecordJson.map(decided.getFacts(), Width.JSON), Width.JSON)
        .row();
  }
}
