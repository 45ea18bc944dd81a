package dev.sluice.sinks.database;

import dev.sluice.events.ScanVerdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** {@code scans.v1}. A verdict has no revision; the last one in the log holds. */
final class ScansTable extends StateTable<ScanVerdict> {
  ScansTable() {
    super("scans");
  }

  @Override
  long version(Entry<ScanVerdict> entry) {
    return entry.offset();
  }

  @Override
  void insert(Connection connection, List<Entry<ScanVerdict>> entries) throws SQLException {
    try (Insert rows =
        new Insert(
            connection,
            "scans",
            "id, asset, unit, asset_version, line, scanner, format, series, purpose, scan_time,"
                + " decided_at, completeness, outcome, reason, observations, repeated, merged,"
                + " findings, new_findings, fixed_findings, actionable, version, log_offset,"
                + " document")) {
      for (Entry<ScanVerdict> entry : entries) {
        row(rows, entry);
      }
      rows.send();
    }
  }

  private static void row(Insert row, Entry<ScanVerdict> entry) throws SQLException {
    ScanVerdict scan = entry.value();
    row.text(entry.key(), Width.ID)
        .some(scan.getAsset(), Width.NAME)
        .text(scan.getUnit(), Width.NAME)
        .text(scan.getVersion(), Width.NAME)
        .some(scan.getLine(), Width.NAME)
        .some(scan.getScanner(), Width.NAME)
        .some(scan.getFormat(), Width.NAME)
        .some(scan.getSeries(), Width.TEXT)
        .word(scan.getPurpose())
        .time(scan.getScanTime())
        .time(scan.getDecidedAt())
        .word(scan.getCompleteness())
        .word(scan.getOutcome())
        .some(scan.getReason(), Width.TEXT)
        .number(scan.getObservations())
        .number(scan.getRepeated())
        .number(scan.getMerged())
        .number(scan.getFindings())
        .number(scan.getNewFindings())
        .number(scan.getFixedFindings())
        .number(scan.getActionable())
        .number(entry.offset())
        .number(entry.offset())
        .text(RecordJson.document(scan), Width.DOCUMENT)
        .row();
  }
}
