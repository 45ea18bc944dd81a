package dev.sluice.producers.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.producers.token.IssuedToken.Act;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenFileTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Act MADE = new Act(NOW, "alex", "for the pipeline");

  @TempDir Path directory;

  @Test
  void isEmptyWhereThereIsNoFile() throws Exception {
    assertThat(file().read()).isEmpty();
  }

  @Test
  void keepsWhatWasMadeAndTakenAway() throws Exception {
    IssuedToken ci = token("ci", NOW.plus(Duration.ofDays(90)));
    IssuedToken board = token("board", null);
    Act gone = new Act(NOW.plusSeconds(60), "ann", "was in a log");

    file().add(ci);
    file().add(board);
    file().revoke("ci", gone);

    assertThat(file().read())
        .containsExactly(new IssuedToken("ci", ci.grant(), MADE, ci.expires(), gone), board);
  }

  @Test
  void holdsHashesOnlyAndIsForItsOwnerAlone() throws Exception {
    NewToken secret = NewToken.random(new SecureRandom());
    file()
        .add(
            new IssuedToken(
                "ci",
                new TokenSettings(secret.sha256(), Role.PUBLISH, List.of("*")),
                MADE,
                null,
                null));

    assertThat(file().path()).content().doesNotContain(secret.reveal()).contains(secret.sha256());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().path())))
        .isEqualTo("rw-------");
  }

  @Test
  void aNameIsFreeAgainOnceItsTokenIsRevokedOrHasExpired() throws Exception {
    file().add(token("ci", NOW.plusSeconds(5)));

    assertThatThrownBy(() -> file().add(token("ci", null)))
        .isInstanceOf(TokenFileException.class)
        .hasMessageContaining("already");
    Act later = new Act(NOW.plusSeconds(5), "alex", null);
    file().add(new IssuedToken("ci", token("ci", null).grant(), later, null, null));
    file().revoke("ci", later);
    file().add(token("ci", null));

    assertThat(file().read())
        .extracting(t -> t.revoked() == null)
        .containsExactly(false, false, true);
  }

  @Test
  void refusesToRevokeWhatIsNotThere() {
    assertThatThrownBy(() -> file().revoke("ci", MADE))
        .isInstanceOf(TokenFileException.class)
        .hasMessageContaining("no live token ci");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "null",
        "{}",
        "{\"act\":\"create\",\"at\":\"2026-11-22T10:00:00Z\",\"by\":\"a\",\"name\":\"x\"}",
        "{\"act\":\"revoke\",\"at\":\"yesterday\",\"by\":\"a\",\"name\":\"ci\"}",
        "{\"act\":\"grow\",\"at\":\"2026-11-22T10:00:00Z\",\"by\":\"a\",\"name\":\"ci\"}",
        "{\"act\":\"revoke\",\"at\":\"2026-11-22T10:00:00Z\",\"by\":\"a\",\"name\":\"ci\",\"new\":1}"
      })
  void namesTheLineThatItCannotRead(String line) throws Exception {
    file().add(token("ci", null));
    Files.writeString(file().path(), Files.readString(file().path()) + line + "\n");

    assertThatThrownBy(() -> file().read())
        .isInstanceOf(TokenFileException.class)
        .hasMessageContaining("tokens.jsonl, line 2: ");
    assertThatThrownBy(() -> file().add(token("other", null)))
        .isInstanceOf(TokenFileException.class);
  }

  @Test
  void keepsALinkToTheFile() throws Exception {
    Path real = Files.createDirectory(directory.resolve("real")).resolve("tokens.jsonl");
    Files.createFile(real);
    Files.createSymbolicLink(directory.resolve("tokens.jsonl"), real);

    file().add(token("ci", null));

    assertThat(directory.resolve("tokens.jsonl")).isSymbolicLink();
    assertThat(new TokenFile(real).read()).hasSize(1);
  }

  private TokenFile file() {
    return new TokenFile(directory.resolve("tokens.jsonl"));
  }

  private static IssuedToken token(String name, Instant expires) {
    NewToken token = NewToken.random(new SecureRandom());
    TokenSettings grant =
        new TokenSettings(token.sha256(), Role.PUBLISH, List.of("github.com/acme"));
    return new IssuedToken(name, grant, MADE, expires, null);
  }
}
