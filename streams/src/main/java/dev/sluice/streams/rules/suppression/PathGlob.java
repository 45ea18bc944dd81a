package dev.sluice.streams.rules.suppression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * A pattern for paths as Trivy writes them: {@code *}, {@code ?}, {@code [a-z]}, {@code [!a-z]} and
 * {@code {a,b}} stay within a segment, {@code **} is any number of segments, a backslash takes the
 * next character as it is. It takes time in proportion to pattern and path, whatever the pattern.
 */
final class PathGlob {
  private static final int LONGEST = 300;
  private static final int MOST_ALTERNATIVES = 64;
  private static final String ANY_SEGMENTS = "**";

  /** One character of a segment; null is any number of them. */
  private interface Token extends Predicate<Character> {}

  /** A segment; null is any number of them. */
  private record Segment(List<Token> tokens) {}

  private final List<List<Segment>> alternatives;

  private PathGlob(List<List<Segment>> alternatives) {
    this.alternatives = alternatives;
  }

  /** The pattern; empty if it is none, or one that is too long. */
  static Optional<PathGlob> read(String written) {
    List<String> plain = new ArrayList<>();
    String pattern = bare(written.strip());
    if (pattern.isEmpty() || pattern.length() > LONGEST || !expand(pattern, plain)) {
      return Optional.empty();
    }
    List<List<Segment>> alternatives = new ArrayList<>();
    for (String each : plain) {
      List<Segment> segments = new ArrayList<>();
      for (String segment : each.split("/", -1)) {
        List<Token> tokens = segment.equals(ANY_SEGMENTS) ? null : tokens(segment);
        if (tokens == null && !segment.equals(ANY_SEGMENTS)) {
          return Optional.empty();
        }
        segments.add(tokens == null ? null : new Segment(tokens));
      }
      alternatives.add(segments);
    }
    return Optional.of(new PathGlob(alternatives));
  }

  boolean matches(String path) {
    List<String> segments = List.of(bare(path).split("/", -1));
    return alternatives.stream()
        .anyMatch(each -> matches(each, segments, (segment, text) -> isOf(segment, text)));
  }

  private static boolean isOf(Segment segment, String text) {
    List<Character> characters = text.chars().mapToObj(each -> (char) each).toList();
    return matches(segment.tokens(), characters, (token, each) -> token.test(each));
  }

  /** Paths are relative to the root of the image or repository, however they begin. */
  private static String bare(String path) {
    String plain = path.startsWith("./") ? path.substring(2) : path;
    return plain.startsWith("/") ? plain.substring(1) : plain;
  }

  /** A null of the pattern is any number of parts; only the last one met is ever gone back to. */
  private static <P, T> boolean matches(List<P> pattern, List<T> text, BiPredicate<P, T> one) {
    int at = 0;
    int any = -1;
    int from = 0;
    for (int i = 0; i < text.size(); ) {
      if (at < pattern.size() && pattern.get(at) == null) {
        any = at++;
        from = i;
      } else if (at < pattern.size() && one.test(pattern.get(at), text.get(i))) {
        at++;
        i++;
      } else if (any >= 0) {
        at = any + 1;
        i = ++from;
      } else {
        return false;
      }
    }
    while (at < pattern.size() && pattern.get(at) == null) {
      at++;
    }
    return at == pattern.size();
  }

  /** Writes out the first {@code {a,b}}, and so on; false if one is open, or there are too many. */
  private static boolean expand(String pattern, List<String> into) {
    int open = find(pattern, "{", 0);
    if (open < 0) {
      into.add(pattern);
      return find(pattern, "}", 0) < 0 && into.size() <= MOST_ALTERNATIVES;
    }
    int depth = 1;
    int start = open + 1;
    List<String> options = new ArrayList<>();
    int at = open;
    while (depth > 0) {
      at = find(pattern, "{},", at + 1);
      if (at < 0) {
        return false;
      }
      char found = pattern.charAt(at);
      depth += found == '{' ? 1 : found == '}' ? -1 : 0;
      if (depth == 0 || depth == 1 && found == ',') {
        options.add(pattern.substring(start, at));
        start = at + 1;
      }
    }
    for (String each : options) {
      if (!expand(pattern.substring(0, open) + each + pattern.substring(at + 1), into)) {
        return false;
      }
    }
    return true;
  }

  /** Where one of these characters stands that is meant as such, or -1. */
  private static int find(String pattern, String wanted, int from) {
    boolean inClass = false;
    for (int i = from; i < pattern.length(); i++) {
      char each = pattern.charAt(i);
      if (each == '\\') {
        i++;
      } else if (inClass) {
        inClass = each != ']';
      } else if (wanted.indexOf(each) >= 0) {
        return i;
      } else {
        inClass = each == '[';
      }
    }
    return -1;
  }

  /** Null if a class is open or empty, or a backslash is the last character. */
  private static List<Token> tokens(String segment) {
    List<Token> tokens = new ArrayList<>();
    for (int i = 0; i < segment.length(); i++) {
      char each = segment.charAt(i);
      switch (each) {
        case '*' -> tokens.add(null);
        case '?' -> tokens.add(any -> true);
        case '[' -> {
          int end = closing(segment, i);
          if (end < 0) {
            return null;
          }
          tokens.add(oneOf(segment.substring(i + 1, end)));
          i = end;
        }
        case '\\' -> {
          if (++i == segment.length()) {
            return null;
          }
          tokens.add(is(segment.charAt(i)));
        }
        default -> tokens.add(is(each));
      }
    }
    return tokens;
  }

  private static Token is(char meant) {
    return each -> each == meant;
  }

  private static int closing(String segment, int open) {
    for (int i = open + 1; i < segment.length(); i++) {
      if (segment.charAt(i) == '\\') {
        i++;
      } else if (segment.charAt(i) == ']') {
        boolean negated = "!^".indexOf(segment.charAt(open + 1)) >= 0;
        return i > open + (negated ? 2 : 1) ? i : -1;
      }
    }
    return -1;
  }

  private static Token oneOf(String written) {
    boolean negated = written.startsWith("!") || written.startsWith("^");
    List<char[]> ranges = new ArrayList<>();
    for (int i = negated ? 1 : 0; i < written.length(); i++) {
      i += written.charAt(i) == '\\' ? 1 : 0;
      char first = written.charAt(i);
      boolean range = i + 2 < written.length() && written.charAt(i + 1) == '-';
      char last = range ? written.charAt(i += 2) : first;
      ranges.add(new char[] {first, last});
    }
    return each -> negated != ranges.stream().anyMatch(r -> r[0] <= each && each <= r[1]);
  }
}
