package dev.sluice.streams.rules.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathGlobTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "package-lock.json package-lock.json",
        "./app/*.json app/package.json",
        "/app/x app/x",
        "app/x /app/x",
        "**/x.json x.json",
        "**/x.json a/b/x.json",
        "app/** app/a/b",
        "a/**/b/**/c a/b/x/b/c",
        "a?c/[a-c][!d] abc/be",
        "{app,lib/{a,b}}/*.tf lib/b/main.tf",
        "a\\*b a*b",
        "a[{]b a{b",
      })
  void matches(String glob, String path) {
    assertThat(PathGlob.read(glob).orElseThrow().matches(path)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "package-lock.json app/package-lock.json",
        "*.json app/x.json",
        "app/* app/a/b",
        "app/** lib/a",
        "a?c a/c",
        "a[!b]c abc",
        "{app,lib}/x api/x",
        "a\\*b axb",
        "x.json xyjson",
      })
  void matchesNothingElse(String glob, String path) {
    assertThat(PathGlob.read(glob).orElseThrow().matches(path)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "/", "a[b", "a[]", "{a,b", "a}", "a\\"})
  void whatIsNoPatternMatchesNothing(String glob) {
    assertThat(PathGlob.read(glob)).isEmpty();
  }

  @Test
  void hostilePatternsCostLittle() {
    assertThat(PathGlob.read("{a,b}".repeat(10))).isEmpty();
    assertThat(PathGlob.read("*a".repeat(100) + "b").orElseThrow().matches("a".repeat(5_000)))
        .isFalse();
  }
}
