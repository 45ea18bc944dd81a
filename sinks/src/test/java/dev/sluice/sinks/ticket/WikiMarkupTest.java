package dev.sluice.sinks.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sinks.text.Text;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WikiMarkupTest {
  private final WikiMarkup wiki = new WikiMarkup();

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      value = {
        "a *b* _c_ → a \\*b\\* \\_c\\_",
        "-gone- 1.2-3 → \\-gone\\- 1.2-3",
        "{code}x → \\{code\\}x",
        "[~root] !x.png! → \\[\\~root\\] \\!x.png\\!",
        "h1. big → h1&#46; big",
        "a\\\\b → a&#92;&#92;b",
        "http://example.org → http&#58;//example.org",
        "&#123; → &amp;\\#123;",
      })
  void wordsMeanNothing(String words, String expected) {
    assertThat(wiki.write(Text.of(new Text.Plain(words))).strip()).isEqualTo(expected);
  }
}
