package dev.sluice.sinks.database;

import dev.sluice.events.TicketLink;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** {@code tickets.v1}. A link has no revision of its own; the last one in the log holds. */
final class TicketsTable extends StateTable<TicketLink> {
  TicketsTable() {
    super("tickets");
  }

  @Override
  long version(Entry<TicketLink> entry) {
    return entry.offset();
  }

  @Override
  void insert(Connection connection, List<Entry<TicketLink>> entries) throws SQLException {
    try (Insert rows =
        new Insert(
            connection,
            "tickets",
            "id, sink, item_id, episode, asset, state, ticket, url, sent_revision, sent_at,"
                + " version, log_offset")) {
      for (Entry<TicketLink> entry : entries) {
        TicketLink link = entry.value();
        rows.text(entry.key(), Width.ID)
            .some(link.getSink(), Width.ID)
            .some(link.getItemId(), Width.ID)
            .number(link.getEpisode())
            .some(link.getAsset(), Width.NAME)
            .word(link.getState())
            .text(link.getKey(), Width.NAME)
            .text(link.getUrl(), Width.TEXT)
            .number(link.getLastRevision())
            .time(link.getAt())
            .number(entry.offset())
            .number(entry.offset())
            .row();
      }
      rows.send();
    }
  }
}
