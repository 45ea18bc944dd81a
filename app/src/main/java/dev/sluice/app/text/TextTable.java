package dev.sluice.app.text;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table of text: columns as wide as their widest cell, the last one as it is. */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();
  private final int columns;
  private final boolean[] right;
  private boolean dense;

  public TextTable(String... heads) {
    this.columns = heads.length;
    this.right = new boolean[columns];
    rows.add(List.of(heads));
  }

  /** Aligns columns to the right: for numbers. Counted from 0. */
  public TextTable right(int... numbers) {
    for (int column : numbers) {
      right[column] = true;
    }
    return this;
  }

  /** Leaves out columns in which no row has anything. */
  public TextTable dense() {
    dense = true;
    return this;
  }

  /**
   * Adds a row; null is shown as nothing. Control characters from reports never reach a terminal.
   */
  public TextTable row(Object... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(cells.length + " cells for " + columns + " columns");
    }
    rows.add(Arrays.stream(cells).map(TextTable::plain).toList());
    return this;
  }

  /** Writes head and rows, each line behind the indent. */
  public void print(PrintStream out, String indent) {
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    for (List<String> row : rows) {
      if (row.stream().allMatch(String::isEmpty)) {
        continue; // a table without heads
      }
      StringBuilder line = new StringBuilder(indent);
      for (int i = 0; i < columns; i++) {
        if (dense && isEmpty(i)) {
          continue;
        }
        String cell = row.get(i);
        String pad = " ".repeat(widths[i] - width(cell));
        line.append(i == 0 ? "" : GAP).append(right[i] ? pad + cell : cell + pad);
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private boolean isEmpty(int column) {
    return rows.stream().skip(1).allMatch(row -> row.get(column).isEmpty());
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  /** What a report says, made safe for a terminal. */
  public static String plain(Object cell) {
    return cell == null ? "" : cell.toString().replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ");
  }
}
