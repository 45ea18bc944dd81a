package dev.sluice.sinks.database;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ItemFinding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which findings an item has ever been about, as its events named them: at most 50 an event. */
final class ItemFindings {
  private ItemFindings() {}

  static void add(Connection connection, List<Entry<ActionEvent>> events) throws SQLException {
    Map<String, Set<String>> named = new LinkedHashMap<>();
    for (Entry<ActionEvent> event : events) {
      Set<String> findings =
          named.computeIfAbsent(
              Width.fit(event.value().getItemId(), Width.ID), item -> new TreeSet<>());
      for (ItemFinding finding : event.value().getItem().getFindings()) {
        findings.add(Width.fit(finding.getFindingId(), Width.ID));
      }
    }
    try (Insert rows = new Insert(connection, "item_findings", "item_id, finding_id")) {
      Map<String, Set<String>> known = known(connection, named.keySet());
      for (Map.Entry<String, Set<String>> item : named.entrySet()) {
        item.getValue().removeAll(known.getOrDefault(item.getKey(), Set.of()));
        for (String finding : item.getValue()) {
          rows.text(item.getKey(), Width.ID).text(finding, Width.ID).row();
        }
      }
      rows.send();
    }
  }

  private static Map<String, Set<String>> known(Connection connection, Set<String> items)
      throws SQLException {
    Map<String, Set<String>> known = new HashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement("SELECT finding_id FROM item_findings WHERE item_id = ?")) {
      for (String item : items) {
        query.setString(1, item);
        try (ResultSet rows = query.executeQuery()) {
          Set<String> findings = known.computeIfAbsent(item, key -> new TreeSet<>());
          while (rows.next()) {
            findings.add(rows.getString(1));
          }
        }
      }
    }
    return known;
  }
}
