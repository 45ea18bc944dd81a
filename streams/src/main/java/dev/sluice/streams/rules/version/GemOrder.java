package dev.sluice.streams.rules.version;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * RubyGems' {@code Gem::Version#<=>}: runs of digits and of letters; letters are a pre-release,
 * older than any number; zeros before a letter and at the end do not count.
 */
final class GemOrder implements Comparator<String> {
  static final GemOrder INSTANCE = new GemOrder();

  private GemOrder() {}

  @Override
  public int compare(String a, String b) {
    List<String> left = segments(a);
    List<String> right = segments(b);
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      String x = i < left.size() ? left.get(i) : "0";
      String y = i < right.size() ? right.get(i) : "0";
      boolean numberX = Numbers.isNumber(x);
      boolean numberY = Numbers.isNumber(y);
      if (numberX != numberY) {
        return numberX ? 1 : -1;
      }
      int bySegment = numberX ? Numbers.compare(x, y) : x.compareTo(y);
      if (bySegment != 0) {
        return bySegment;
      }
    }
    return 0;
  }

  private static List<String> segments(String version) {
    // RubyGems reads a dash as ".pre.".
    String v = version.replace("-", ".pre.");
    List<String> segments = new ArrayList<>();
    for (int i = 0; i < v.length(); ) {
      char c = v.charAt(i);
      int end = Numbers.isDigit(c) ? Numbers.endOfDigits(v, i) : Numbers.endOfLetters(v, i);
      if (end == i) {
        i++;
        continue;
      }
      String segment = v.substring(i, end);
      if (!Numbers.isDigit(c)) {
        dropZerosAtEnd(segments);
      }
      segments.add(segment);
      i = end;
    }
    dropZerosAtEnd(segments);
    return segments;
  }

  private static void dropZerosAtEnd(List<String> segments) {
    while (!segments.isEmpty()
        && Numbers.isNumber(segments.get(segments.size() - 1))
        && Numbers.isZero(segments.get(segments.size() - 1))) {
      segments.remove(segments.size() - 1);
    }
  }
}
