package dev.sluice.conditions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cel.runtime.CelEvaluationException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LanguageTest {
  private enum Colour {
    RED,
    GREEN
  }

  private record Fruit(Colour colour, boolean ripe, String name) {}

  private static final Language<Fruit> LANGUAGE =
      new Language<>(
          List.of(
              Fact.word("colour", Colour.values(), Fruit::colour),
              Fact.flag("ripe", Fruit::ripe),
              Fact.text("name", Fruit::name),
              Fact.texts("letters", fruit -> List.of(fruit.name().split("")))),
          Map.of("SEVEN", 7L),
          "See the shop.");

  private static final Fruit APPLE = new Fruit(Colour.RED, true, "apple");

  @Test
  void readsFactsAndConstants() throws Exception {
    assertThat(holds("colour == 'RED' && ripe && 'p' in letters && SEVEN > 6")).isTrue();
    assertThat(holds("colour in ['GREEN'] || name == ''")).isFalse();
    assertThat(LANGUAGE.compile("ripe && SEVEN == 7").names()).containsOnly("ripe", "SEVEN");
  }

  @Test
  void whatJoinsAtTheTopIsApart() throws Exception {
    List<Condition> parts =
        LANGUAGE.compile("ripe && (name == 'x' || colour == 'RED') && !(SEVEN == 8)").parts();
    assertThat(parts)
        .extracting(Condition::names)
        .containsExactly(Set.of("ripe"), Set.of("name", "colour"), Set.of("SEVEN"));
    for (Condition part : parts) {
      assertThat(part.holds(LANGUAGE.values(APPLE))).isTrue();
    }
    assertThat(LANGUAGE.compile("ripe").parts()).hasSize(1);
  }

  @Test
  void aMistakeHasItsPlaceAndARemedy() {
    assertThatThrownBy(() -> LANGUAGE.compile("ripe &&\n  colur == 'RED'"))
        .hasMessageStartingWith("line 2, column 3: ")
        .hasMessageEndingWith("Did you mean \"colour\"?");
    assertThatThrownBy(() -> LANGUAGE.compile("colour != 'BLUE'"))
        .hasMessageContaining("\"BLUE\" is no value of colour.")
        .hasMessageContaining("Values: RED, GREEN.");
    assertThatThrownBy(() -> LANGUAGE.compile("name")).hasMessageEndingWith("See the shop.");
    assertThatThrownBy(() -> LANGUAGE.compile("ripe ".repeat(1_000)))
        .hasMessageContaining("longer than 4000 characters");
  }

  @Test
  void whatCannotBeSaidIsSaidSo() {
    assertThatThrownBy(() -> holds("letters[9] == 'x'")).isInstanceOf(CelEvaluationException.class);
  }

  private static boolean holds(String text) throws Exception {
    return LANGUAGE.compile(text).holds(LANGUAGE.values(APPLE));
  }
}
