package dev.sluice.app.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that somebody probably meant. */
final class Nearest {
  private Nearest() {}

  /** The known name with the fewest edits, if few enough to be a slip. */
  static Optional<String> of(String written, Collection<String> known) {
    String plain = plain(written);
    return known.stream()
        .filter(name -> distance(plain, plain(name)) <= Math.max(2, name.length() / 3))
        .min(
            Comparator.comparingInt((String name) -> distance(plain, plain(name)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** A camel case or underscored spelling is as near as it gets. */
  private static String plain(String name) {
    return SettingNode.kebab(name).replace('_', '-');
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
