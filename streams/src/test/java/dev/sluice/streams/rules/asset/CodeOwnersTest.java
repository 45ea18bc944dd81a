package dev.sluice.streams.rules.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.streams.rules.document.DocumentException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeOwnersTest {
  private static String github(String document, String path) {
    return owner("github.com/acme/ledger", document, path).orElse("-");
  }

  private static String gitlab(String document, String path) {
    return owner("gitlab.com/acme/ledger", document, path).orElse("-");
  }

  private static Optional<String> owner(String asset, String document, String path) {
    return new PathOwners(CodeOwners.read(asset, document)).of(path);
  }

  @ParameterizedTest
  @CsvSource({
    "*, src/a.js, true",
    "*.js, src/deep/a.js, true",
    "*.js, src/a.jsx, false",
    "/build/logs/, build/logs/x/y.log, true",
    "/build/logs/, sub/build/logs/y.log, false",
    "docs/*, docs/start.md, true",
    "docs/*, docs/build/start.md, false",
    "apps/, services/apps/a.txt, true",
    "/docs/, other/docs/a.md, false",
    "apps/github, apps/github/a.txt, true",
    "apps/github, x/apps/github/a.txt, false",
    "Makefile, deep/Makefile, true",
    "**/logs, build/logs/a, true",
    "/scripts/**/run.sh, scripts/run.sh, true",
    "/scripts/**/run.sh, scripts/a/b/run.sh, true",
    "/a?c, abc, true",
    "/a?c, a/c, false",
    "/a.c, abc, false",
    "/*, a/b, false",
  })
  void matchesAsGithubDoes(String pattern, String path, boolean matches) {
    assertThat(github(pattern + " @team", path)).isEqualTo(matches ? "@team" : "-");
  }

  @Test
  void theLastRuleThatMatchesCountsAlsoWithoutAnOwner() {
    String document =
        """
        # who owns what
        *            @all @others
        /apps/       @apps   # the apps
        /apps/free
        with\\ space/ @space
        """;

    assertThat(github(document, "README.md")).isEqualTo("@all");
    assertThat(github(document, "apps/pay/a.go")).isEqualTo("@apps");
    assertThat(github(document, "apps/free/a.go")).isEqualTo("-");
    assertThat(github(document, "with space/a")).isEqualTo("@space");
  }

  @Test
  void gitlabHasSectionsWithDefaultOwnersAndExclusions() {
    String document =
        """
        *.md @writers
        [Code][2] @coders
        src/
        src/special/ @special
        !src/generated/
        ^[Security]
        *.pem security@acme.example
        [CODE]
        lib/ @lib
        """;

    assertThat(gitlab(document, "README.md")).isEqualTo("@writers");
    assertThat(gitlab(document, "x/src/a.c")).as("at any depth").isEqualTo("@coders");
    assertThat(gitlab(document, "src/special/a.c")).isEqualTo("@special");
    assertThat(gitlab(document, "src/generated/a.c")).isEqualTo("-");
    assertThat(gitlab(document, "src/generated/a.pem")).isEqualTo("security@acme.example");
    assertThat(github(document, "lib/a.c")).as("sections are GitLab's anywhere").isEqualTo("@lib");
  }

  @Test
  void atGitlabAPathWithASlashIsMeantAtAnyDepth() {
    assertThat(gitlab("internal/README.md @a", "x/internal/README.md")).isEqualTo("@a");
    assertThat(gitlab("/docs/*.md @a", "docs/x/a.md")).isEqualTo("-");
  }

  @Test
  void whatHasNoRuleOrTooManyIsRefusedWithItsLine() {
    String many = "/a @b\n".repeat(CodeOwners.MOST_RULES + 1);

    assertThatThrownBy(() -> CodeOwners.read("github.com/a/b", "# nothing\n\n"))
        .isInstanceOf(DocumentException.class);
    assertThatThrownBy(() -> CodeOwners.read("github.com/a/b", many))
        .hasMessageContaining("line 2001");
    assertThatThrownBy(() -> CodeOwners.read("github.com/a/b", "\n/" + "a".repeat(500) + " @b"))
        .hasMessageContaining("line 2");
  }
}
