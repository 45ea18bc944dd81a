package dev.sluice.producers.redact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The fast way to find credentials finds what the plain way finds, neither more nor less. */
final class CredentialTextTest {
  /** Pieces of which credentials and what looks like them are made. */
  private static final List<String> PIECES =
      List.of(
          "password",
          "PASSWD",
          "pass_word",
          "api-key",
          "Token",
          "secret_",
          "x",
          "credentialS",
          "pwd",
          "author-ization",
          "a_name_of_forty_characters_or_even_more__secret",
          "connection_String",
          " ",
          "  ",
          "\n",
          "\t",
          "=",
          ":",
          ":=",
          "=>",
          "\"",
          "'",
          "`",
          ",",
          ";",
          ")",
          "]",
          "<",
          ">",
          "://",
          "https://",
          "user:pw@",
          "@",
          "/",
          "?",
          "#",
          "host.example",
          "-",
          "--",
          "_",
          ".",
          "-----",
          "-----BEGIN ",
          "PRIVATE KEY-----",
          "-----END",
          " RSA ",
          "MIIE",
          "Bearer ",
          "Basic ",
          "token ",
          "hunter2",
          "q1W2e3R4t5Y6u7I8o9P0",
          "a1B2c3",
          "é",
          "ſ",
          "Ł",
          "\u0141\u013a",
          "\ud83d\ude00",
          "\u203a",
          "s",
          "sk",
          "gh",
          "AK",
          "ey",
          "do",
          "sh",
          "glp");

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> prefixes = Arbitraries.of(TokenPrefix.ALL).map(TokenPrefix::text);
    Arbitrary<String> runs =
        Arbitraries.strings().withChars("aZ9_-./+=").ofMinLength(1).ofMaxLength(40);
    Arbitrary<String> anything = Arbitraries.strings().ofMaxLength(6);
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(6, Arbitraries.of(PIECES)),
            net.jqwik.api.Tuple.of(2, prefixes),
            net.jqwik.api.Tuple.of(2, runs),
            net.jqwik.api.Tuple.of(1, anything))
        .list()
        .ofMaxSize(14)
        .map(pieces -> String.join("", pieces));
  }

  @Property(tries = 4_000)
  void agreesWithThePlainWay(@ForAll("texts") String text) {
    assertEquals(PlainCredentialText.redact(text), CredentialText.redact(text));
    assertEquals(PlainCredentialText.redactStrictly(text), CredentialText.redactStrictly(text));
  }

  @Property(tries = 1_000)
  void findsEveryTokenThatIsPlanted(@ForAll Random random, @ForAll("texts") String around) {
    TokenPrefix prefix = TokenPrefix.ALL.get(random.nextInt(TokenPrefix.ALL.size()));
    StringBuilder token = new StringBuilder(prefix.text());
    for (int i = 0; i < prefix.least(); i++) {
      token.append("abcXYZ0189".charAt(random.nextInt(10)));
    }
    String text = around + " " + token + " " + around;
    assertFalse(CredentialText.redact(text).contains(token), "a token stays");
  }
}
