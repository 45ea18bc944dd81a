package dev.sluice.sinks.database;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A part of a list.
 *
 * @param rows as JSON
 * @param next cursor of the next page; null after the last
 * @param total rows of all pages
 */
public record Page(List<ObjectNode> rows, String next, long total) {
  public Page {
    rows = List.copyOf(rows);
  }
}
