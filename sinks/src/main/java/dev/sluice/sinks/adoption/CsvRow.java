package dev.sluice.sinks.adoption;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One line of a list of tickets: a ticket's key, and the item's id or a vulnerability with a
 * package, and an asset where that is not enough. Empty is not said.
 */
public record CsvRow(
    int line, String ticket, String item, String vulnerability, String packageName, String asset) {
  private static final Set<String> COLUMNS =
      Set.of("ticket", "item", "vulnerability", "package", "asset");

  /**
   * Reads lines of comma separated values (RFC 4180, no line ends within quotes) under a line of
   * column names.
   *
   * @throws IllegalArgumentException if it is no such list; the message names line and remedy
   */
  public static List<CsvRow> read(List<String> lines) {
    List<String> heads = new ArrayList<>();
    List<CsvRow> rows = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = i == 0 ? lines.get(i).replaceFirst("^\\uFEFF", "") : lines.get(i);
      if (line.isBlank()) {
        continue;
      }
      List<String> cells = cells(line, i + 1);
      if (heads.isEmpty()) {
        cells.forEach(cell -> heads.add(cell.toLowerCase(Locale.ROOT)));
        check(heads, i + 1);
        continue;
      }
      Map<String, String> row = new HashMap<>();
      for (int c = 0; c < Math.min(cells.size(), heads.size()); c++) {
        row.put(heads.get(c), cells.get(c));
      }
      rows.add(row(row, i + 1));
    }
    return rows;
  }

  private static void check(List<String> heads, int line) {
    boolean item = heads.contains("item");
    boolean pair = heads.contains("vulnerability") && heads.contains("package");
    if (!heads.contains("ticket") || !(item || pair) || !COLUMNS.containsAll(heads)) {
      throw new IllegalArgumentException(
          "line "
              + line
              + ": must name the columns: ticket, and item or vulnerability and package; asset may"
              + " be added. Found: "
              + String.join(", ", heads));
    }
  }

  private static CsvRow row(Map<String, String> cells, int line) {
    CsvRow row =
        new CsvRow(
            line,
            cells.getOrDefault("ticket", ""),
            cells.getOrDefault("item", ""),
            cells.getOrDefault("vulnerability", ""),
            cells.getOrDefault("package", ""),
            cells.getOrDefault("asset", ""));
    boolean says =
        !row.item().isEmpty() || (!row.vulnerability().isEmpty() && !row.packageName().isEmpty());
    if (row.ticket().isEmpty() || !says) {
      throw new IllegalArgumentException(
          "line " + line + ": needs a ticket, and an item or a vulnerability and a package");
    }
    return row;
  }

  private static List<String> cells(String line, int number) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    if (quoted) {
      throw new IllegalArgumentException("line " + number + ": a quote is not closed");
    }
    cells.add(cell.toString().strip());
    return cells;
  }
}
