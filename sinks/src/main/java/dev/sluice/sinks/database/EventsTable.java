package dev.sluice.sinks.database;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionItem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** {@code findings.actionable.v1}: the same event has the same id wherever it is read. */
final class EventsTable extends LogTable<ActionEvent> {
  private final boolean cleared;

  /**
   * @param cleared whether events of embargoed items may be kept in this schema
   */
  EventsTable(boolean cleared) {
    super("SELECT 1 FROM events WHERE id = ?");
    this.cleared = cleared;
  }

  @Override
  void bind(PreparedStatement query, Entry<ActionEvent> entry) throws SQLException {
    query.setString(1, identity(entry));
  }

  @Override
  String identity(Entry<ActionEvent> entry) {
    return Width.fit(entry.value().getId(), Width.ID);
  }

  @Override
  boolean isWelcome(ActionEvent event) {
    return cleared || !event.getItem().getEmbargoed();
  }

  @Override
  void insert(Connection connection, List<Entry<ActionEvent>> entries) throws SQLException {
    try (Insert rows =
        new Insert(
            connection,
            "events",
            "id, item_id, type, happened_at, asset, owner, severity, title, episode, revision,"
                + " opened_at, due, cause, cause_id, changes")) {
      for (Entry<ActionEvent> entry : entries) {
        ActionEvent event = entry.value();
        ActionItem item = event.getItem();
        rows.text(event.getId(), Width.ID)
            .some(event.getItemId(), Width.ID)
            .word(event.getType())
            .time(event.getAt())
            .some(item.getAsset(), Width.NAME)
            .text(item.getOwner(), Width.NAME)
            .word(item.getSeverity())
            .some(item.getTitle(), Width.TEXT)
            .number(item.getEpisode())
            .number(item.getRevision())
            .time(item.getOpenedAt())
            .time(item.getDue())
            .some(event.getCause(), Width.WORD)
            .text(event.getCauseId(), Width.NAME)
            .text(RecordJson.list(event.getChanges(), Width.JSON), Width.JSON)
            .row();
      }
      rows.send();
    }
    ItemFindings.add(connection, entries);
  }
}
