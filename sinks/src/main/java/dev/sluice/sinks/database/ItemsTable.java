package dev.sluice.sinks.database;

import dev.sluice.events.ActionItem;
import dev.sluice.events.LineFix;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;

/** {@code items.v1}. */
final class ItemsTable extends StateTable<ActionItem> {
  private final boolean cleared;

  /**
   * @param cleared whether embargoed items may be kept in this schema
   */
  ItemsTable(boolean cleared) {
    super("items", "item_scanners.item_id", "item_lines.item_id");
    this.cleared = cleared;
  }

  @Override
  long version(Entry<ActionItem> entry) {
    return entry.value().getRevision();
  }

  @Override
  boolean isWelcome(ActionItem item) {
    return cleared || !item.getEmbargoed();
  }

  @Override
  void insert(Connection connection, List<Entry<ActionItem>> entries) throws SQLException {
    try (Insert rows =
        new Insert(
            connection,
            "items",
            "id, asset, unit, kind, title, package, package_name, place, severity, status,"
                + " sort_rank, status_reason, known_exploited, finding_count, owner, rule, reason,"
                + " due, due_reason, episode, first_seen, opened_at, resolved_at, version,"
                + " log_offset, updated_at, document")) {
      for (Entry<ActionItem> entry : entries) {
        row(rows, entry);
      }
      rows.send();
    }
    scanners(connection, entries);
    lines(connection, entries);
  }

  private static void row(Insert row, Entry<ActionItem> entry) throws SQLException {
    ActionItem item = entry.value();
    row.text(entry.key(), Width.ID)
        .some(item.getAsset(), Width.NAME)
        .text(item.getUnit(), Width.NAME)
        .word(item.getKind())
        .some(item.getTitle(), Width.TEXT)
        .text(item.getPackage$(), Width.NAME)
        .text(item.getPackageName(), Width.NAME)
        .text(item.getPlace(), Width.TEXT)
        .word(item.getSeverity())
        .word(item.getStatus())
        .number(Rank.of(item.getStatus(), item.getSeverity()))
        .text(item.getStatusReason(), Width.NAME)
        .flag(item.getKnownExploited())
        .number(item.getFindingCount())
        .text(item.getOwner(), Width.NAME)
        .some(item.getRule(), Width.NAME)
        .some(item.getReason(), Width.TEXT)
        .time(item.getDue())
        .text(item.getDueReason(), Width.NAME)
        .number(item.getEpisode())
        .time(item.getFirstSeen())
        .time(item.getOpenedAt())
        .time(item.getResolvedAt())
        .number(item.getRevision())
        .number(entry.offset())
        .time(item.getUpdatedAt())
        .text(RecordJson.document(item), Width.DOCUMENT)
        .row();
  }

  private static void scanners(Connection connection, List<Entry<ActionItem>> entries)
      throws SQLException {
    try (Insert rows = new Insert(connection, "item_scanners", "item_id, scanner")) {
      for (Entry<ActionItem> entry : entries) {
        for (String scanner : new LinkedHashSet<>(entry.value().getScanners())) {
          rows.text(entry.key(), Width.ID).text(scanner, Width.NAME).row();
        }
      }
      rows.send();
    }
  }

  private static void lines(Connection connection, List<Entry<ActionItem>> entries)
      throws SQLException {
    try (Insert rows =
        new Insert(
            connection,
            "item_lines",
            "item_id, line, support, head_version, installed, fixed_version, conflict,"
                + " resolved")) {
      for (Entry<ActionItem> entry : entries) {
        for (LineFix line : entry.value().getLines()) {
          rows.text(entry.key(), Width.ID)
              .some(line.getLine(), Width.NAME)
              .word(line.getSupport())
              .text(line.getHeadVersion(), Width.NAME)
              .some(String.join(", ", line.getInstalledVersions()), Width.TEXT)
              .text(line.getFixedVersion(), Width.NAME)
              .text(line.getConflict(), Width.TEXT)
              .flag(line.getResolved())
              .row();
        }
      }
      rows.send();
    }
  }
}
