package dev.sluice.streams.rules.support;

import dev.sluice.streams.rules.version.WrittenRange;
import java.util.ArrayList;
import java.util.List;

/** A table with versions across and "Supported" down. */
final class TransposedTable {

  private TransposedTable() {}

  /** The table with a row for each version; unchanged if it is upright already. */
  static RawTable upright(RawTable table) {
    List<String> headers = table.headers();
    boolean lying =
        headers.size() > 2
            && table.rows().size() <= 4
            && headers.subList(1, headers.size()).stream().allMatch(TransposedTable::isVersion);
    if (!lying) {
      return table;
    }
    List<String> newHeaders = new ArrayList<>();
    newHeaders.add(headers.get(0).isBlank() ? "Version" : headers.get(0));
    table.rows().forEach(r -> newHeaders.add(r.cell(0)));
    List<RawTable.Row> rows = new ArrayList<>();
    for (int i = 1; i < headers.size(); i++) {
      List<String> cells = new ArrayList<>();
      cells.add(headers.get(i));
      int column = i;
      table.rows().forEach(r -> cells.add(r.cell(column)));
      rows.add(new RawTable.Row(table.line(), cells));
    }
    return new RawTable(table.line(), table.heading(), newHeaders, rows);
  }

  private static boolean isVersion(String header) {
    return switch (WrittenRange.read(header).kind()) {
      case LINE, RANGE -> true;
      default -> false;
    };
  }
}
