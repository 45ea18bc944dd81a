package dev.sluice.producers.asset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.producers.asset.AssetNaming.Named;
import dev.sluice.producers.asset.AssetNaming.Unusable;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssetNamesTest {
  private static final String SHA =
      "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "nginx, docker.io/library/nginx, -",
        "nginx:1.19, docker.io/library/nginx, 1.19",
        "library/nginx, docker.io/library/nginx, -",
        "docker.io/nginx, docker.io/library/nginx, -",
        "index.docker.io/library/nginx:1.19, docker.io/library/nginx, 1.19",
        "https://index.docker.io/library/nginx, docker.io/library/nginx, -",
        "registry-1.docker.io/library/nginx, docker.io/library/nginx, -",
        "hub.docker.com/_/nginx, docker.io/library/nginx, -",
        "https://hub.docker.com/r/acme/pay, docker.io/acme/pay, -",
        "acme/pay, docker.io/acme/pay, -",
        "acme/pay:2.0.1-rc.1, docker.io/acme/pay, 2.0.1-rc.1",
        "registry:5000/team/app:tag, registry:5000/team/app, tag",
        "registry:5000/team/app, registry:5000/team/app, -",
        "registry.acme.com:443/team/app, registry.acme.com/team/app, -",
        "registry:nginx:1.19, docker.io/library/nginx, 1.19",
        "docker:nginx:1.19, docker.io/library/nginx, 1.19",
        "docker:nginx, docker.io/library/nginx, -",
        "docker:24-dind, docker.io/library/docker, 24-dind",
        "docker://ghcr.io/Acme/App:1, ghcr.io/acme/app, 1",
        "docker-daemon:nginx:latest, docker.io/library/nginx, latest",
        "podman:quay.io/org/app:v2, quay.io/org/app, v2",
        "docker-archive:/tmp/x.tar:nginx:1.19, docker.io/library/nginx, 1.19",
        "localhost/app:dev, localhost/app, dev",
        "image:github-thing, docker.io/library/github-thing, -",
        "ghcr.io/Acme/App, ghcr.io/acme/app, -",
        "gitlab.acme.com:5050/team/app:1, gitlab.acme.com:5050/team/app, 1",
      })
  void bringsImagesToTheirRepository(String spelling, String name, String version) {
    Named named = named(spelling);

    assertThat(named.asset().value()).isEqualTo(name);
    assertThat(named.version()).isEqualTo(version);
    assertThat(named.kind()).isEqualTo(AssetKind.IMAGE);
  }

  @Test
  void keepsTagAndDigestApart() {
    Named named = named("docker.io/nginx:1.19@" + SHA);

    assertThat(named.asset().value()).isEqualTo("docker.io/library/nginx");
    assertThat(named.version()).isEqualTo("1.19");
    assertThat(named.digest()).isEqualTo(SHA);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "https://github.com/Acme/Pay, github.com/acme/pay, -",
        "https://github.com/acme/pay.git, github.com/acme/pay, -",
        "https://github.com/acme/pay/, github.com/acme/pay, -",
        "http://www.github.com/acme/pay, github.com/acme/pay, -",
        "https://x-token:s3cr3t@github.com/acme/pay.git, github.com/acme/pay, -",
        "git@github.com:acme/pay.git, github.com/acme/pay, -",
        "github.com:acme/pay, github.com/acme/pay, -",
        "ssh://git@github.com/acme/pay.git, github.com/acme/pay, -",
        "ssh://git@ssh.github.com:443/acme/pay.git, github.com/acme/pay, -",
        "git://github.com/acme/pay.git, github.com/acme/pay, -",
        "git+https://github.com/acme/pay.git@v1.2, github.com/acme/pay, v1.2",
        "git+ssh://git@github.com/acme/pay.git#v1.2, github.com/acme/pay, v1.2",
        "github.com/acme/pay, github.com/acme/pay, -",
        "GitHub.com/Acme/Pay, github.com/acme/pay, -",
        "github:acme/pay, github.com/acme/pay, -",
        "repo:acme/pay, github.com/acme/pay, -",
        "https://github.com/acme/pay/tree/main/services, github.com/acme/pay, -",
        "https://github.com/acme/pay?tab=security#top, github.com/acme/pay, top",
        "https://api.github.com/repos/acme/pay, github.com/acme/pay, -",
        "https://gitlab.com/group/sub/pay/-/tree/main, gitlab.com/group/sub/pay, -",
        "git@gitlab.com:Group/Sub/Pay.git, gitlab.com/group/sub/pay, -",
        "https://bitbucket.org/acme/pay/src/master/, bitbucket.org/acme/pay, -",
        "https://dev.azure.com/acme/shop/_git/pay, dev.azure.com/acme/shop/pay, -",
        "git@ssh.dev.azure.com:v3/acme/shop/pay, dev.azure.com/acme/shop/pay, -",
        "https://git.acme.com/Team/Pay.git, git.acme.com/Team/Pay, -",
        "https://git.acme.com:8443/Team/Pay, git.acme.com:8443/Team/Pay, -",
        "ssh://git@git.acme.com:7999/team/pay.git, git.acme.com/team/pay, -",
        "git.acme.com/Team/Pay, git.acme.com/Team/Pay, -",
        "https://git.sr.ht/~user/pay, git.sr.ht/~user/pay, -",
      })
  void bringsRepositoriesToHostAndPath(String spelling, String name, String version) {
    Named named = named(spelling);

    assertThat(named.asset().value()).isEqualTo(name);
    assertThat(named.version()).isEqualTo(version);
    assertThat(named.kind()).isEqualTo(AssetKind.REPOSITORY);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "oci://registry.acme.com/charts/pay:1.2.3, chart:registry.acme.com/charts/pay, 1.2.3",
        "oci://registry:5000/charts/pay, chart:registry:5000/charts/pay, -",
        "chart:bitnami/nginx, chart:bitnami/nginx, -",
        "chart:bitnami/Nginx:15.1.0, chart:bitnami/nginx, 15.1.0",
        "chart:https://charts.acme.com/pay-1.2.3.tgz, chart:charts.acme.com/pay, 1.2.3",
        "deployment:prod/shop/pay, deployment:prod/shop/pay, -",
        "deployment:Prod/shop/Pay/, deployment:prod/shop/pay, -",
      })
  void keepsThePrefixOfChartsAndDeployments(String spelling, String name, String version) {
    Named named = named(spelling);

    assertThat(named.asset().value()).isEqualTo(name);
    assertThat(named.version()).isEqualTo(version);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "..",
        "./app",
        "../app",
        "/src/app",
        "~/app",
        "C:\\src\\app",
        "src\\app",
        "file:///src/app",
        "dir:/src/app",
        "path:app",
        "sbom:app.json",
        "oci-archive:app.tar",
        "oci:layout:latest",
        "docker-archive:app.tar",
        "foo.tar",
        "build/foo.tar.gz",
        "app.jar",
        "report.sarif",
        "nginx:",
        "nginx@sha256:12",
        "/",
        "a//b",
        "https://",
        "https://github.com",
        "https://github.com/acme",
        "repo:pay",
        "chart:pay",
        "deployment:",
        "image:",
        "acme/pay?x=1",
        "nginx\u0000",
        "ngi nx",
        "ünï/cöde",
        "a/b/../c",
        "https://git.acme.com/../..",
        "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
      })
  void refusesWhatCannotLastAndSaysWhatToWrite(String spelling) {
    AssetNaming naming = AssetNames.canonical(spelling);

    assertThat(naming).isInstanceOf(Unusable.class);
    assertThat(((Unusable) naming).remedy()).contains("--asset");
  }

  @Test
  void refusesNamesBeyondTheLimit() {
    assertThat(AssetNames.canonical("acme/" + "p".repeat(300))).isInstanceOf(Unusable.class);
    assertThat(AssetNames.canonical("p".repeat(100_000))).isInstanceOf(Unusable.class);
  }

  @Test
  void readsAnAmbiguousNameAsWhatTheReportSays() {
    assertThat(named("acme/pay", AssetKind.REPOSITORY)).isEqualTo("github.com/acme/pay");
    assertThat(named("acme/pay", AssetKind.IMAGE)).isEqualTo("docker.io/acme/pay");
    assertThat(named("acme/pay", AssetKind.CHART)).isEqualTo("chart:acme/pay");
    assertThat(named("prod/shop/pay", AssetKind.DEPLOYMENT)).isEqualTo("deployment:prod/shop/pay");
  }

  @Test
  void aPrefixWinsOverWhatTheReportSays() {
    assertThat(named("image:acme/pay", AssetKind.REPOSITORY)).isEqualTo("docker.io/acme/pay");
    assertThat(named("repo:acme/pay", AssetKind.IMAGE)).isEqualTo("github.com/acme/pay");
  }

  @Test
  void saysNothingOfCredentialsInASpelling() {
    AssetNaming naming = AssetNames.canonical("https://user:hunter2@github.com/acme");

    assertThat(naming.toString()).doesNotContain("hunter2").doesNotContain("user:");
  }

  @Property(tries = 2_000)
  void aLastingNameIsReadAsItself(@ForAll("spellings") String spelling, @ForAll AssetKind stated) {
    if (AssetNames.canonical(spelling, stated) instanceof Named named) {
      assertThat(AssetNames.canonical(named.asset().value()))
          .isInstanceOfSatisfying(
              Named.class, again -> assertThat(again.asset()).isEqualTo(named.asset()));
    }
  }

  @Property(tries = 1_000)
  void imagesAndHostedRepositoriesIgnoreCase(
      @ForAll("words") String owner, @ForAll("words") String name) {
    for (String form : new String[] {"%s/%s", "ghcr.io/%s/%s", "https://github.com/%s/%s.git"}) {
      String lower = form.formatted(owner, name);
      String mixed = form.formatted(owner.toUpperCase(java.util.Locale.ROOT), name);
      assertThat(AssetNames.canonical(mixed)).isEqualTo(AssetNames.canonical(lower));
    }
  }

  @Property(tries = 1_000)
  void everySpellingOfARepositoryMeetsInOneName(
      @ForAll("words") String owner, @ForAll("words") String name) {
    String path = owner + "/" + name;
    for (String form :
        new String[] {
          "https://github.com/%s",
          "https://github.com/%s.git",
          "git@github.com:%s.git",
          "ssh://git@github.com/%s",
          "git+https://github.com/%s",
          "github.com/%s/",
          "repo:%s"
        }) {
      assertThat(named(form.formatted(path)).asset().value()).isEqualTo("github.com/" + path);
    }
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.strings().withCharRange('a', 'z').numeric().ofMinLength(2).ofMaxLength(12);
  }

  @Provide
  Arbitrary<String> spellings() {
    Arbitrary<String> prefix =
        Arbitraries.of(
            "",
            "",
            "",
            "image:",
            "repo:",
            "chart:",
            "deployment:",
            "docker:",
            "docker://",
            "oci://",
            "https://",
            "git@",
            "ssh://git@",
            "git+https://",
            "registry:",
            "github:");
    Arbitrary<String> host =
        Arbitraries.of(
            "",
            "",
            "docker.io/",
            "github.com/",
            "GitHub.com:",
            "git.acme.com:8443/",
            "ghcr.io/",
            "Git.Acme.com/",
            "localhost/",
            "gitlab.acme.com/",
            "registry:5000/",
            "bitbucket.org/");
    Arbitrary<String> path =
        Arbitraries.strings().withChars("abAZ09._-~+%@:/#?").ofMinLength(0).ofMaxLength(24);
    Arbitrary<String> end =
        Arbitraries.of(
            "", "", ":1.19", "@" + SHA, ".git", "/", ".tgz", "-1.2.3.tgz", "/tree/main/x");
    return Combinators.combine(prefix, host, path, end).as((a, b, c, d) -> a + b + c + d);
  }

  private static Named named(String spelling) {
    AssetNaming naming = AssetNames.canonical(spelling);
    assertThat(naming).as(spelling).isInstanceOf(Named.class);
    return (Named) naming;
  }

  private static String named(String spelling, AssetKind stated) {
    return ((Named) AssetNames.canonical(spelling, stated)).asset().value();
  }
}
