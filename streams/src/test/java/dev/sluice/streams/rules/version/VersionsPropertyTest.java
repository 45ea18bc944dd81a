package dev.sluice.streams.rules.version;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nscuro.versatile.VersionFactory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class VersionsPropertyTest {

  @Property(tries = 3000)
  void isAntisymmetric(
      @ForAll("ecosystems") String ecosystem,
      @ForAll("anything") String a,
      @ForAll("anything") String b) {
    assertThat(Integer.signum(Versions.compare(ecosystem, a, b)))
        .isEqualTo(-Integer.signum(Versions.compare(ecosystem, b, a)));
  }

  @Property(tries = 6000)
  void isTransitive(
      @ForAll("ownOrders") String ecosystem,
      @ForAll("versions") String a,
      @ForAll("versions") String b,
      @ForAll("versions") String c) {
    if (Versions.compare(ecosystem, a, b) <= 0 && Versions.compare(ecosystem, b, c) <= 0) {
      assertThat(Versions.compare(ecosystem, a, c)).isLessThanOrEqualTo(0);
    }
  }

  @Property(tries = 2000)
  void equalVersionsCompareAlikeWithAnyOther(
      @ForAll("ownOrders") String ecosystem,
      @ForAll("versions") String a,
      @ForAll("versions") String b,
      @ForAll("versions") String c) {
    if (Versions.compare(ecosystem, a, b) == 0) {
      assertThat(Integer.signum(Versions.compare(ecosystem, a, c)))
          .isEqualTo(Integer.signum(Versions.compare(ecosystem, b, c)));
    }
  }

  @Property(tries = 1000)
  void agreesWithTheLibraryOnPlainSemver(@ForAll("semver") String a, @ForAll("semver") String b) {
    int library = VersionFactory.forScheme("npm", a).compareTo(VersionFactory.forScheme("npm", b));
    assertThat(Integer.signum(Versions.compare("npm", a, b))).isEqualTo(Integer.signum(library));
  }

  @Property(tries = 1000)
  void agreesWithTheLibraryOnRpm(@ForAll("rpm") String a, @ForAll("rpm") String b) {
    int library = VersionFactory.forScheme("rpm", a).compareTo(VersionFactory.forScheme("rpm", b));
    assertThat(Integer.signum(Versions.compare("rpm", a, b))).isEqualTo(Integer.signum(library));
  }

  @Property(tries = 1000)
  void lowestFixIsAboveTheInstalledVersionAndAmongTheFixes(
      @ForAll("semver") String installed,
      @ForAll("semver") String one,
      @ForAll("semver") String two) {
    FixedVersions.lowestAbove("npm", installed, java.util.List.of(one, two))
        .ifPresent(
            fix -> {
              assertThat(Versions.compare("npm", fix, installed)).isPositive();
              assertThat(java.util.List.of(one, two)).contains(fix);
            });
  }

  @Provide
  Arbitrary<String> ecosystems() {
    return Arbitraries.of(
        "deb",
        "rpm",
        "apk",
        "npm",
        "golang",
        "maven",
        "pypi",
        "gem",
        "nuget",
        "cargo",
        "composer",
        "",
        "x");
  }

  /** Maven's own order is not transitive for odd labels; it is Maven's, and stays as it is. */
  @Provide
  Arbitrary<String> ownOrders() {
    return Arbitraries.of(
        "deb", "rpm", "apk", "npm", "golang", "pypi", "gem", "nuget", "cargo", "composer", "x");
  }

  @Provide
  Arbitrary<String> anything() {
    return Arbitraries.oneOf(versions(), Arbitraries.strings().ofMaxLength(12));
  }

  @Provide
  Arbitrary<String> versions() {
    Arbitrary<String> piece =
        Arbitraries.of(
            "0",
            "1",
            "2",
            "10",
            "00",
            "01",
            "20230301123456",
            ".",
            ".",
            ".",
            "-",
            "+",
            "~",
            "^",
            ":",
            "_",
            "a",
            "b",
            "rc",
            "alpha",
            "post",
            "dev",
            "p",
            "r1",
            "x",
            "!",
            "v",
            "git");
    return piece.list().ofMinSize(1).ofMaxSize(7).map(l -> String.join("", l));
  }

  @Provide
  Arbitrary<String> semver() {
    Arbitrary<Integer> number = Arbitraries.integers().between(0, 12);
    Arbitrary<String> label =
        Arbitraries.of("", "", "", "-alpha", "-alpha.1", "-beta.2", "-rc.10", "-1");
    return Combinators.combine(number, number, number, label)
        .as((x, y, z, l) -> x + "." + y + "." + z + l);
  }

  @Provide
  Arbitrary<String> rpm() {
    Arbitrary<Integer> number = Arbitraries.integers().between(0, 12);
    Arbitrary<String> epoch = Arbitraries.of("", "", "1:");
    Arbitrary<String> release = Arbitraries.of("1.el9", "2.el9_3", "10.el9", "1.fc40");
    return Combinators.combine(epoch, number, number, release)
        .as((e, x, y, r) -> e + x + "." + y + "-" + r);
  }
}
