package dev.sluice.streams.rules.support;

import java.util.List;

/**
 * A table as plain text.
 *
 * @param line line of its first row, counted from 1
 * @param heading heading above it; empty if there is none
 */
record RawTable(int line, String heading, List<String> headers, List<Row> rows) {

  /** One row; cells that are missing at the end are read as empty. */
  record Row(int line, List<String> cells) {
    /** Nobody writes a range or a mark of more characters; patterns are slow on a book. */
    private static final int LONGEST = 1_000;

    Row {
      cells = cells.stream().map(c -> c.length() > LONGEST ? c.substring(0, LONGEST) : c).toList();
    }

    String cell(int column) {
      return column < cells.size() ? cells.get(column) : "";
    }
  }

  List<String> column(int column) {
    return rows.stream().map(r -> r.cell(column)).toList();
  }
}
