package dev.sluice.streams.rules.asset;

import dev.sluice.events.PathOwner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Who owns a file, by the rules of an asset. Patterns are compiled once. */
public final class PathOwners {
  private record Rule(Pattern pattern, PathOwner says) {}

  private final List<Rule> rules;

  public PathOwners(List<PathOwner> rules) {
    this.rules = rules.stream().map(each -> new Rule(compile(each.getPattern()), each)).toList();
  }

  /**
   * The owner of a file; empty if no rule speaks of it, or one says that nobody owns it.
   *
   * @param path path in the repository, without a slash at its beginning
   */
  public Optional<String> of(String path) {
    String rooted = path.startsWith("/") ? path : "/" + path;
    Map<String, PathOwner> last = new LinkedHashMap<>();
    for (Rule rule : rules) {
      if (rule.pattern().matcher(rooted).matches()) {
        last.put(rule.says().getSection(), rule.says());
      }
    }
    return last.values().stream().map(PathOwner::getOwner).filter(Objects::nonNull).findFirst();
  }

  /** {@code *} and {@code ?} stay within a segment, {@code **} is any number of segments. */
  private static Pattern compile(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (String segment : pattern.replaceAll("(/\\*\\*)+(?=/|$)", "/**").substring(1).split("/")) {
      if (segment.equals("**")) {
        regex.append("(?:/[^/]+)*");
      } else {
        regex.append('/');
        segment
            .replaceAll("\\*+", "*")
            .chars()
            .forEach(
                each ->
                    regex.append(
                        each == '*'
                            ? "[^/]*"
                            : each == '?' ? "[^/]" : Pattern.quote(Character.toString(each))));
      }
    }
    return Pattern.compile(regex.toString());
  }
}
