package dev.sluice.sinks.database;

import dev.sluice.events.GateOverride;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * {@code gate-overrides.v1}: who let a version pass that the gate did not, and which scans spoke.
 */
final class OverridesTable extends LogTable<GateOverride> {
  OverridesTable() {
    super("SELECT 1 FROM gate_overrides WHERE id = ?");
  }

  @Override
  void bind(PreparedStatement query, Entry<GateOverride> entry) throws SQLException {
    query.setString(1, entry.value().getId());
  }

  @Override
  String identity(Entry<GateOverride> entry) {
    return entry.value().getId();
  }

  @Override
  void insert(Connection connection, List<Entry<GateOverride>> entries) throws SQLException {
    try (Insert rows =
        new Insert(
            connection,
            "gate_overrides",
            "id, asset, unit, asset_version, by_whom, token, reason, at_time, outcome, document")) {
      for (Entry<GateOverride> entry : entries) {
        GateOverride made = entry.value();
        rows.some(made.getId(), Width.ID)
            .some(made.getAsset(), Width.NAME)
            .text(made.getUnit(), Width.NAME)
            .text(made.getVersion(), Width.NAME)
            .some(made.getBy(), Width.NAME)
            .text(made.getToken(), Width.NAME)
            .some(made.getReason(), Width.TEXT)
            .time(made.getAt())
            .word(made.getOutcome())
            .text(RecordJson.document(made), Width.DOCUMENT)
            .row();
      }
      rows.send();
    }
    try (Insert rows = new Insert(connection, "gate_override_scans", "override_id, scan_id")) {
      for (Entry<GateOverride> entry : entries) {
        for (String scan : new LinkedHashSet<>(entry.value().getScans())) {
          rows.some(entry.value().getId(), Width.ID).some(scan, Width.ID).row();
        }
      }
      rows.send();
    }
  }
}
