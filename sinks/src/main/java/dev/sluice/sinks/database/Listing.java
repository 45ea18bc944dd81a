package dev.sluice.sinks.database;

import java.util.List;
import java.util.Locale;

/**
 * What a list is asked for. Texts that are null and lists that are empty ask for nothing.
 *
 * @param prefixes assets that the caller may see, by prefix at a slash; {@code *} is every one
 * @param asset an asset's name, its beginning at a slash, or its end at a slash
 * @param scanner one that claims it
 * @param statuses in lower case: open, withheld, resolved, …
 * @param severities in lower case
 * @param kind in lower case
 * @param vulnerability any id of the vulnerability, in any case
 * @param owner who is to act
 * @param line a release line on which it is
 * @param overdue whether only what is open past its deadline
 * @param limit rows at most, 1 to 500
 * @param after cursor of the page before
 */
public record Listing(
    List<String> prefixes,
    String asset,
    String scanner,
    List<String> statuses,
    List<String> severities,
    String kind,
    String vulnerability,
    String owner,
    String line,
    boolean overdue,
    int limit,
    String after) {

  /** Most rows of one page. */
  public static final int MOST = 500;

  public Listing {
    prefixes = List.copyOf(prefixes);
    statuses = lower(statuses);
    severities = lower(severities);
    kind = kind == null ? null : kind.toLowerCase(Locale.ROOT).replace('-', '_');
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("limit must be 1 to " + MOST);
    }
    if (after != null && !after.matches("[0-9]{1,6}:.{1,256}")) {
      throw new IllegalArgumentException("after must be the cursor of an earlier page");
    }
  }

  /** Everything that these prefixes cover. */
  public static Listing all(List<String> prefixes) {
    return new Listing(
        prefixes, null, null, List.of(), List.of(), null, null, null, null, false, MOST, null);
  }

  private static List<String> lower(List<String> words) {
    return words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
  }
}
