package dev.sluice.sinks.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sinks.text.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MarkdownTest {
  private static final String J = "\u2060";
  private final Markdown markdown = new Markdown();

  private String plain(String words) {
    return markdown.write(Text.of(new Text.Plain(words))).strip();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      value = {
        "a *b* _c_ → a \\*b\\* \\_c\\_",
        "![x](http://e.org) → \\!J\\[x\\](http:\\//e.org)",
        "<img src=x> → \\<img src=x\\>",
        "ask @root about #1 → ask \\@Jroot about \\#J1",
        "see www.example.org → see www\\.example.org",
        "- one → \\- one",
        "1. one → 1\\. one",
        "/close → \\/close",
        "&lt; → \\&Jlt;",
      })
  void wordsMeanNothing(String words, String expected) {
    assertThat(plain(words)).isEqualTo(expected.replace("J", J));
  }

  @Test
  void partsOfALineStayApart() {
    Text text = Text.of(new Text.Plain("item "), new Text.Code("a"), new Text.Plain(", b"));
    assertThat(markdown.write(text)).isEqualTo("item `a`, b\n");
    assertThat(new Textile().write(text)).isEqualTo("item a, b\n");
    assertThat(new WikiMarkup().write(text)).isEqualTo("item {{a}}, b\n");
  }

  @Test
  void aFenceIsLongerThanWhatItHolds() {
    Text text = Text.of(new Text.Code("`a``b"));
    assertThat(markdown.write(text)).isEqualTo("``` `a``b ```\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "https://user:pw@example.org/",
        "not a url",
        "/relative",
        "mailto:a@example.org",
      })
  void whatIsNoWebAddressIsNoLink(String reference) {
    assertThat(Text.Link.find(reference)).isEmpty();
  }

  @Test
  void aLinkIsEscaped() {
    assertThat(
            Text.Link.find("HTTPS://example.org/ü?a[]=1|2".replace("|", "%7C")).orElseThrow().url())
        .isEqualTo("https://example.org/%C3%BC?a%5B%5D=1%7C2");
  }
}
