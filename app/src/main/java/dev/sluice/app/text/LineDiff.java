package dev.sluice.app.text;

import java.util.ArrayList;
import java.util.List;

/**
 * What is different between two texts, line by line: {@code -} gone, {@code +} new, a few lines
 * around them, and {@code …} where lines are left out.
 */
public final class LineDiff {
  private static final int AROUND = 2;

  /** Beyond this, what differs in the middle is shown as all gone and all new. */
  private static final long MOST_CELLS = 4_000_000;

  private record Line(char sign, String text) {}

  private LineDiff() {}

  /** The difference; empty if there is none. */
  public static List<String> of(List<String> before, List<String> after) {
    List<Line> lines = new ArrayList<>();
    int start = 0;
    int shorter = Math.min(before.size(), after.size());
    while (start < shorter && before.get(start).equals(after.get(start))) {
      lines.add(new Line(' ', before.get(start++)));
    }
    int end = 0;
    while (end < shorter - start
        && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
      end++;
    }
    middle(
        before.subList(start, before.size() - end),
        after.subList(start, after.size() - end),
        lines);
    before
        .subList(before.size() - end, before.size())
        .forEach(line -> lines.add(new Line(' ', line)));
    return shown(lines);
  }

  /** By the longest common subsequence. */
  private static void middle(List<String> before, List<String> after, List<Line> lines) {
    int rows = before.size();
    int columns = after.size();
    boolean small = (long) rows * columns <= MOST_CELLS;
    int[][] common = small ? new int[rows + 1][columns + 1] : new int[0][];
    for (int i = rows - 1; small && i >= 0; i--) {
      for (int j = columns - 1; j >= 0; j--) {
        common[i][j] =
            before.get(i).equals(after.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (small && i < rows && j < columns) {
      if (before.get(i).equals(after.get(j))) {
        lines.add(new Line(' ', before.get(i++)));
        j++;
      } else if (common[i + 1][j] >= common[i][j + 1]) {
        lines.add(new Line('-', before.get(i++)));
      } else {
        lines.add(new Line('+', after.get(j++)));
      }
    }
    before.subList(i, rows).forEach(line -> lines.add(new Line('-', line)));
    after.subList(j, columns).forEach(line -> lines.add(new Line('+', line)));
  }

  private static List<String> shown(List<Line> lines) {
    List<String> shown = new ArrayList<>();
    int last = -1;
    for (int i = 0; i < lines.size(); i++) {
      if (isNear(lines, i)) {
        if (i > last + 1) {
          shown.add("…");
        }
        shown.add(lines.get(i).sign() + " " + lines.get(i).text());
        last = i;
      }
    }
    return shown;
  }

  private static boolean isNear(List<Line> lines, int at) {
    int from = Math.max(0, at - AROUND);
    int to = Math.min(lines.size(), at + AROUND + 1);
    return lines.subList(from, to).stream().anyMatch(line -> line.sign() != ' ');
  }
}
