package dev.sluice.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineDiffTest {
  private static List<String> diff(String before, String after) {
    return LineDiff.of(before.lines().toList(), after.lines().toList());
  }

  @Test
  void equalTextsDifferInNothing() {
    assertThat(diff("a\nb\nc", "a\nb\nc")).isEmpty();
    assertThat(diff("", "")).isEmpty();
  }

  @Test
  void showsWhatIsGoneAndNewWithLinesAroundIt() {
    assertThat(diff("1\n2\n3\n4\n5\n6\n7", "1\n2\n3\nfour\n5\n6\n7"))
        .containsExactly("…", "  2", "  3", "- 4", "+ four", "  5", "  6");
  }

  @Test
  void findsLinesThatOnlyMoved() {
    assertThat(diff("a\nb\nc\nd", "a\nc\nd\nb")).containsExactly("  a", "- b", "  c", "  d", "+ b");
  }

  @Test
  void leavesOutWhatIsEqualBetweenTwoPlaces() {
    assertThat(diff("x\n1\n2\n3\n4\n5\n6\ny", "1\n2\n3\n4\n5\n6"))
        .containsExactly("- x", "  1", "  2", "…", "  5", "  6", "- y");
  }

  @Test
  void whatIsTooLargeToCompareIsAllGoneAndAllNew() {
    List<String> before = Collections.nCopies(3_000, "a");
    List<String> after = Collections.nCopies(3_000, "b");

    assertThat(LineDiff.of(before, after)).hasSize(6_000).startsWith("- a").endsWith("+ b");
  }
}
