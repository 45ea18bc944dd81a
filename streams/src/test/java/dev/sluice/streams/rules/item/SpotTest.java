package dev.sluice.streams.rules.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SpotTest {
  @Test
  void linksTwoToolsOnOverlappingLines() {
    assertThat(Spot.linked(List.of(spot("a", "codeql", 273, 273), spot("b", "gosec", 271, 275))))
        .containsExactly(List.of("a", "b"));
  }

  @Test
  void oneToolWithTwoFindingsMeansTwoProblems() {
    assertThat(Spot.linked(List.of(spot("a", "gosec", 5, 5), spot("b", "gosec", 5, 5)))).hasSize(2);
  }

  @Test
  void otherWeaknessOnTheSameLineIsAnotherProblem() {
    Spot injection = spot("a", "codeql", 5, 5);
    Spot traversal = new Spot("b", 1, Set.of("gosec"), WeaknessFamily.of(List.of(22), ""), 5, 5);
    assertThat(Spot.linked(List.of(injection, traversal))).hasSize(2);
  }

  @Test
  void regionOfAWholeFunctionCountsByItsFirstLine() {
    assertThat(Spot.linked(List.of(spot("a", "codeql", 1, 200), spot("b", "gosec", 150, 150))))
        .hasSize(2);
  }

  @Test
  void linksChainOverAThirdTool() {
    assertThat(
            Spot.linked(
                List.of(
                    spot("a", "codeql", 1, 4), spot("b", "gosec", 4, 7), spot("c", "sonar", 7, 9))))
        .containsExactly(List.of("a", "b", "c"));
  }

  @Test
  void parentAndChildInTheCweListAreOneFamily() {
    Spot child = new Spot("a", 1, Set.of("codeql"), WeaknessFamily.of(List.of(78), ""), 5, 5);
    Spot parent = new Spot("b", 1, Set.of("gosec"), WeaknessFamily.of(List.of(77), ""), 5, 5);
    assertThat(Spot.linked(List.of(child, parent))).hasSize(1);
  }

  @Test
  void wordsOfTheRuleCountOnlyWithoutCwe() {
    assertThat(WeaknessFamily.of(List.of(), "go-command-injection"))
        .containsExactly("COMMAND_INJECTION");
    assertThat(WeaknessFamily.of(List.of(22), "go-command-injection"))
        .containsExactly("CWE-22", "PATH_TRAVERSAL");
    assertThat(WeaknessFamily.of(List.of(), "go-float-money")).isEmpty();
  }

  @Property(tries = 200)
  void orderDoesNotMatter(
      @ForAll @Size(max = 12) List<@IntRange(max = 500) Integer> numbers, @ForAll Random random) {
    List<Spot> spots = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i++) {
      int n = numbers.get(i);
      spots.add(spot("f" + i, "tool" + n % 3, 1 + n % 40, 1 + n % 40 + n % 7));
    }
    List<Spot> shuffled = new ArrayList<>(spots);
    Collections.shuffle(shuffled, random);

    assertThat(Spot.linked(shuffled)).isEqualTo(Spot.linked(spots));
  }

  private static Spot spot(String id, String tool, int start, int end) {
    return new Spot(id, 1, Set.of(tool), WeaknessFamily.of(List.of(78), ""), start, end);
  }
}
