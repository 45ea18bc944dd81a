package dev.sluice.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensCommandTest {
  @TempDir private Path directory;

  @Test
  void printsTheTokenOnceAndNothingElse() {
    Run made = create("pay-ci", "--role", "accept", "--assets", "github.com/acme/*");

    assertThat(made.exit()).as(made.err()).isZero();
    assertThat(made.out()).matches("sluice_[A-Za-z0-9_-]{43}\\R");
    assertThat(made.err()).contains("pay-ci", "accept", "github.com/acme,", "until");
    assertThat(made.err() + list("--all") + list("--all", "--json"))
        .doesNotContain(made.out().strip());
    assertThat(file()).content().doesNotContain(made.out().strip());
  }

  @Test
  void listsWhoMayComeInAndKeepsWhoDidWhat() {
    create("pay-ci", "--assets", "github.com/acme/pay,ghcr.io/acme/pay");
    Run revoked =
        Run.of("tokens", "revoke", "pay-ci", "--by", "ann", "--reason", "was in a log", at());

    assertThat(revoked.exit()).as(revoked.err()).isZero();
    assertThat(list()).contains("there is no token");
    assertThat(list("--all"))
        .contains("pay-ci", "publish", "github.com/acme/pay, ghcr.io/acme/pay", "revoked")
        .contains("alex", "ann", "was in a log");
  }

  @Test
  void listsTokensOfTheSettingsToo() {
    String token = "gateway.tokens.old.";

    assertThat(
            Run.of(
                    "tokens",
                    "list",
                    at(),
                    "--set",
                    token + "sha256=" + "0".repeat(64),
                    "--set",
                    token + "assets=*")
                .out())
        .contains("old", "settings")
        .doesNotContain("000000");
  }

  @Test
  void revokingNeedsAReason() {
    create("pay-ci", "--assets", "*");

    Run revoked = Run.of("tokens", "revoke", "pay-ci", "--by", "ann", at());

    assertThat(revoked.exit()).isEqualTo(2);
    assertThat(revoked.err()).contains("--reason");
  }

  @Test
  void refusesASecondOneOfTheSameName() {
    create("pay-ci", "--assets", "*");

    Run again = create("pay-ci", "--assets", "*");

    assertThat(again.exit()).isEqualTo(2);
    assertThat(again.out()).isEmpty();
    assertThat(again.err()).contains("pay-ci already");
  }

  @Test
  void refusesPatternsThatWouldMatchNothing() {
    assertThat(create("pay-ci", "--assets", "*/pay").err()).contains("prefixes, not patterns");
    assertThat(file()).doesNotExist();
  }

  @Test
  void saysWhatToDoWithoutADataDirectory() {
    Run made =
        Run.of(
            "tokens",
            "create",
            "ci",
            "--assets",
            "*",
            "--by",
            "alex",
            "--data-dir",
            directory.resolve("none").toString());

    assertThat(made.exit()).isEqualTo(2);
    assertThat(made.err()).contains("none", "gateway.token-file");
  }

  private Run create(String name, String... more) {
    String[] all = new String[more.length + 8];
    System.arraycopy(
        new String[] {"tokens", "create", name, "--by", "alex", "--expires", "90d", at()},
        0,
        all,
        0,
        8);
    System.arraycopy(more, 0, all, 8, more.length);
    return Run.of(all);
  }

  private String list(String... more) {
    String[] all = new String[more.length + 3];
    System.arraycopy(new String[] {"tokens", "list", at()}, 0, all, 0, 3);
    System.arraycopy(more, 0, all, 3, more.length);
    return Run.of(all).out();
  }

  private String at() {
    return "--data-dir=" + directory;
  }

  private Path file() {
    return directory.resolve("tokens.jsonl");
  }
}
