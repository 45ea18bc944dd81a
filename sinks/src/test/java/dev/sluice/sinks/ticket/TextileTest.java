package dev.sluice.sinks.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sinks.text.Text;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextileTest {
  private final Textile textile = new Textile();

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      value = {
        "a *b* → a &#42;b&#42;",
        "-gone- 1.2-3 → &#45;gone&#45; 1.2-3",
        "{{include(x)}} → &#123;&#123;include&#40;x&#41;&#125;&#125;",
        "ask @root about #12 → ask &#64;root about &#35;12",
        "user:root → user&#58;root",
        "h1. big → h1&#46; big",
        "<pre> → &#60;pre&#62;",
        "Why: so → Why: so",
      })
  void wordsMeanNothing(String words, String expected) {
    assertThat(textile.write(Text.of(new Text.Plain(words))).strip()).isEqualTo(expected);
  }
}
