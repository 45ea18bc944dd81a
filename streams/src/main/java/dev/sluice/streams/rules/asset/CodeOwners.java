package dev.sluice.streams.rules.asset;

import dev.sluice.events.PathOwner;
import dev.sluice.streams.rules.document.DocumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a CODEOWNERS file as GitHub does
 * (https://docs.github.com/repositories/…/about-code-owners), or as GitLab does, with sections
 * (https://docs.gitlab.com/user/project/codeowners/reference/).
 */
public final class CodeOwners {
  /** More rules than these do not fit into the record of an asset. */
  public static final int MOST_RULES = 2_000;

  private static final int LONGEST = 300;
  private static final Pattern SECTION = Pattern.compile("\\^?\\[([^\\]]+)\\](?:\\[\\d+\\])?(.*)");
  private static final Pattern SPACE = Pattern.compile("(?<!\\\\)\\s+");
  private static final Pattern COMMENT = Pattern.compile("(?:^|(?<=\\s))#.*");

  private final boolean gitlab;
  private final List<PathOwner> rules = new ArrayList<>();
  private String section = "";
  private String fallback;

  private CodeOwners(boolean gitlab) {
    this.gitlab = gitlab;
  }

  /**
   * Reads a file.
   *
   * @param asset canonical name of the repository: its host says whose rules hold; a file with
   *     sections is GitLab's wherever it is
   * @throws DocumentException if it has no rule, too many, or one that is too long
   */
  public static List<PathOwner> read(String asset, String document) {
    List<String> lines = document.lines().toList();
    String host = asset.substring(0, Math.max(0, asset.indexOf('/')));
    boolean sections = lines.stream().anyMatch(line -> SECTION.matcher(line.strip()).matches());
    CodeOwners owners = new CodeOwners(sections || host.contains("gitlab"));
    for (int i = 0; i < lines.size(); i++) {
      owners.line(lines.get(i), i + 1);
    }
    if (owners.rules.isEmpty()) {
      throw new DocumentException(
          1, 1, "There is no rule in it.", "Write for example \"/docs/ @acme/writers\".");
    }
    return owners.rules;
  }

  private void line(String written, int number) {
    String line = COMMENT.matcher(written.strip()).replaceFirst("").strip();
    if (line.isEmpty()) {
      return;
    }
    Matcher heading = SECTION.matcher(line);
    if (gitlab && heading.matches()) {
      section = heading.group(1).strip().toLowerCase(Locale.ROOT);
      fallback = firstOwner(SPACE.split(heading.group(2).strip()), 0);
      return;
    }
    String[] words = SPACE.split(line);
    String path = words[0].replaceAll("\\\\(.)", "$1");
    boolean excluded = gitlab && path.startsWith("!");
    if (path.length() > LONGEST || rules.size() == MOST_RULES) {
      throw new DocumentException(
          number,
          1,
          path.length() > LONGEST
              ? "The path is longer than " + LONGEST + " characters."
              : "There are more than " + MOST_RULES + " rules.",
          "Say it with fewer and shorter ones.");
    }
    String owner = firstOwner(words, 1);
    rules.add(
        PathOwner.newBuilder()
            .setPattern(anchored(excluded ? path.substring(1) : path))
            .setOwner(excluded ? null : owner == null ? fallback : owner)
            .setSection(section)
            .build());
  }

  private static String firstOwner(String[] words, int from) {
    return words.length > from && !words[from].isEmpty() ? words[from] : null;
  }

  /**
   * A path as one that begins at the root. Without a slash but at its end it is meant at any depth;
   * at GitLab also with one. A directory means all below it.
   */
  private String anchored(String path) {
    boolean rooted = path.startsWith("/");
    String bare = rooted ? path.substring(1) : path;
    boolean directory = bare.endsWith("/");
    bare = directory ? bare.substring(0, bare.length() - 1) : bare;
    boolean anywhere = !rooted && (gitlab || !bare.contains("/"));
    String last = bare.substring(bare.lastIndexOf('/') + 1);
    // At GitHub a name without a wildcard is that of a file or of a directory.
    boolean below = directory || (!gitlab && !last.contains("*") && !last.contains("?"));
    return "/" + (anywhere ? "**/" : "") + bare + (below ? "/**" : "");
  }
}
