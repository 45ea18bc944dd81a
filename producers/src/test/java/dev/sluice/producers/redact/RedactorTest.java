package dev.sluice.producers.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RedactorTest {
  private final Redactor redactor =
      new Redactor("0123456789abcdef".getBytes(StandardCharsets.UTF_8), "k1");

  @Test
  void masksTokensByTheirPrefix() {
    for (String token :
        List.of(
            "ghp_" + "a1B2".repeat(9),
            "github_pat_" + "a1B2".repeat(9),
            "glpat-" + "a1B2".repeat(5),
            "AKIA" + "QWERTYUIOPAS2345",
            "xoxb-" + "12345678901-abcdef",
            "sk_live_" + "a1b2c3d4e5f6",
            "npm_" + "a1B2".repeat(9),
            "eyJ" + "hbGciOiJIUzI1NiJ9.".repeat(3))) {
      assertEquals("use *** now", redactor.redact("use " + token + " now"), token);
    }
  }

  @Test
  void masksValuesBehindTellingNames() {
    assertEquals("password = ***", redactor.redact("password = hunter22"));
    assertEquals("DB_PASSWORD: '***'", redactor.redact("DB_PASSWORD: 'hunter2'"));
    assertEquals("{\"api_key\": \"***\"}", redactor.redact("{\"api_key\": \"q1w2e3r4\"}"));
    assertEquals("apiKey := \"***\";", redactor.redact("apiKey := \"q1w2e3r4\";"));
    assertEquals("Authorization: Bearer ***", redactor.redact("Authorization: Bearer abcdefg"));
  }

  @Test
  void masksLoginsInUrlsAndPrivateKeys() {
    assertEquals("https://***@github.com/a/b", redactor.redact("https://user:pw@github.com/a/b"));
    assertEquals(
        "a *** b",
        redactor.redact(
            "a -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- b"));
  }

  @Test
  void takesTheLoginOutOfAnAddress() {
    assertEquals("https://github.com/a/b", redactor.withoutLogin("https://u:p@github.com/a/b"));
    assertEquals("https://github.com/a@b", redactor.withoutLogin("https://github.com/a@b"));
    assertEquals("git@github.com:a/b", redactor.withoutLogin("git@github.com:a/b"));
    assertNull(redactor.withoutLogin(null));
  }

  @Test
  void leavesOrdinaryTextAsItIs() {
    for (String text :
        List.of(
            "A flaw in openssl: the token is reused.",
            "https://example.org/a@b?x=1",
            "Password reset allows bypass",
            "sk-learn and eyJust",
            "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----",
            "contact: dev@example.org")) {
      assertSame(text, redactor.redact(text));
    }
    assertNull(redactor.redact(null));
  }

  @Test
  void masksRandomWordsInMessagesAboutCode() {
    assertEquals("found *** here", redactor.redactStrictly("found Qm9vbVNoYWthTGFrYTEyMzQ1 here"));
    assertEquals(
        "calls parseHTTPRequestHeaderFrame",
        redactor.redactStrictly("calls parseHTTPRequestHeaderFrame"));
  }

  @Test
  void masksAKnownSecretEverywhere() {
    assertEquals("a *** b ***", redactor.redact("a opensesame b opensesame", "opensesame"));
  }

  @Test
  void hashesSnippetsWithoutRegardToIndentationAndSecrets() {
    String hash = redactor.snippetHash("  if (a) {\n\n\t password = \"one-one-one\"\n}");
    assertEquals(hash, redactor.snippetHash("if  (a) {\r\n password = \"two-two-two\"\n }\n"));
    assertNotEquals(hash, redactor.snippetHash("if (b) {\n password = \"x\"\n}"));
    assertNull(redactor.snippetHash(" \n"));
    assertNull(redactor.snippetHash(null));
  }

  @Test
  void hashesUnderAnotherKeyDiffer() {
    Redactor other = new Redactor("fedcba9876543210".getBytes(StandardCharsets.UTF_8), "k2");
    assertNotEquals(redactor.hmac("value"), other.hmac("value"));
    assertEquals(64, redactor.hmac("value").length());
    assertEquals(redactor.hmac("value"), redactor.hmac("value"));
  }

  @Test
  void previewsFourCharactersOfLongValuesOnly() {
    assertEquals("abcd***", redactor.preview("abcdefghijklmnop"));
    assertEquals("", redactor.preview("abcdefghijklmno"));
    assertEquals("", redactor.preview("abcd************"));
    assertEquals("", redactor.preview(null));
  }

  @Test
  void neverPrintsItsKeyAndRefusesAShortOne() {
    assertThat(redactor.toString()).doesNotContain("0123456789").contains("k1");
    assertThrows(IllegalArgumentException.class, () -> new Redactor(new byte[15], "k"));
  }
}
