package dev.sluice.streams.rules.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionsTest {

  /**
   * Each line is one ecosystem and its versions, oldest first; "=" joins versions that are equal.
   */
  @ParameterizedTest
  @CsvSource({
    "deb, 1.0~rc1 1.0~rc1-1 1.0 1.0-1 1.0-1+deb12u1 1.0-1+deb12u2 1.0+dfsg-1 1.0.1 1.10 1:0.9",
    "deb, 2.41-12+deb13u1 2.41-12+deb13u2 2.41-13",
    "deb, 1.1.1n-0+deb11u3 1.1.1n-0+deb11u5 1.1.1w-0+deb11u1",
    "deb, 0~20230301123456-1 0~20240301123456-1 0.1",
    "deb, 1.2a 1.2a1 1.2b",
    "deb, 0:1.0=1.0 1:0",
    "rpm, 1.0~beta1-1 1.0-1 1.0^git1-1 1.0a-1 1.0.1-1 1:0.1-1",
    "rpm, 3.0.7-24.el9 3.0.7-25.el9_3 3.0.10-1.el9",
    "rpm, 1.0010 1.10.1",
    "rpm, 5.5p1 5.5p2 5.5p10 5.6",
    "apk, 1.2.3_alpha1 1.2.3_beta 1.2.3_rc2 1.2.3-r0=1.2.3 1.2.3-r1 1.2.3-r10 1.2.3_p1 1.2.3a 1.2.4",
    "apk, 3.1.4-r5 3.1.4-r6 3.1.10-r0",
    "npm, 1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0=v1.0.0=1.0.0+build 1.0.1 1.2.0 1.10.0",
    "golang, v0.0.0-20200115085410-6d4e4cb37c7d v0.0.0-20220411220226-7b82a4e95df4 v0.1.0=0.1.0 v5.2.1 v5.2.2+incompatible=5.2.2",
    "golang, go1.21.3=1.21.3 go1.21.10 1.22.0",
    "maven, 1.0-alpha-1 1.0-beta-1 1.0-rc1=1.0-cr1 1.0-SNAPSHOT 1.0=1.0.0=1.0-ga 1.0-sp1 1.0.1 2.14.1 2.15.0",
    "pypi, 1.0.dev1 1.0a1.dev1 1.0a1=1.0alpha1 1.0b2 1.0rc1=1.0c1 1.0=1.0.0=v1.0 1.0+local1 1.0.post1=1.0-1 1.1 2!0.1",
    "gem, 1.0.a 1.0.b1 1.0.b2 1.0-rc1 1.0.rc1 1.0=1.0.0 1.0.1 1.9 1.10",
    "nuget, 1.0.0-Alpha=1.0.0-alpha 1.0.0-beta 1.0.0=1.0=1.0.0.0 1.0.0.1 1.0.1",
    "cargo, 0.9.0 1.0.0-rc.1 1.0.0",
    "composer, dev-master 1.0.0-dev 1.0.0-alpha1 1.0.0-beta1 1.0.0-RC1 1.0.0=1.0=v1.0.0 1.0.0-patch1 1.0.1",
    "nothing-known, 1.9-rc1 1.9 1.10 2.0",
  })
  void ordersByTheRulesOfTheEcosystem(String ecosystem, String oldestFirst) {
    List<String> groups = List.of(oldestFirst.split(" "));
    for (int i = 0; i < groups.size(); i++) {
      for (int j = 0; j < groups.size(); j++) {
        for (String a : groups.get(i).split("=")) {
          for (String b : groups.get(j).split("=")) {
            assertThat(Integer.signum(Versions.compare(ecosystem, a, b)))
                .as("%s: %s against %s", ecosystem, a, b)
                .isEqualTo(Integer.compare(i, j));
          }
        }
      }
    }
  }

  @Test
  void isFixedFromTheFixingVersionOn() {
    assertThat(Versions.isFixedBy("deb", "1.1.1n-0+deb11u4", "1.1.1n-0+deb11u5")).isFalse();
    assertThat(Versions.isFixedBy("deb", "1.1.1n-0+deb11u5", "1.1.1n-0+deb11u5")).isTrue();
    assertThat(Versions.isFixedBy("npm", "3.0.1", "3.0.0")).isTrue();
  }

  @Test
  void isNotFixedWhereAVersionIsNotKnown() {
    assertThat(Versions.isFixedBy("npm", null, "1.0.0")).isFalse();
    assertThat(Versions.isFixedBy("npm", "1.0.0", " ")).isFalse();
  }

  @Test
  void aNewerMajorVersionBelowItsOwnFixIsNotFixed() {
    List<String> fixed = List.of("1.2.3, 2.0.1");
    assertThat(Versions.isFixedByAny("npm", "2.0.0", fixed)).isFalse();
    assertThat(Versions.isFixedByAny("npm", "1.2.2", fixed)).isFalse();
    assertThat(Versions.isFixedByAny("npm", "1.9.0", fixed)).isTrue();
    assertThat(Versions.isFixedByAny("npm", "2.0.1", fixed)).isTrue();
    assertThat(Versions.isFixedByAny("npm", "3.0.0", fixed)).isTrue();
  }

  @Test
  void fixesOfTwoMinorLinesLeaveTheOneBetweenInDoubt() {
    assertThat(Versions.isFixedByAny("npm", "1.3.0", List.of("1.2.3", "1.3.1"))).isFalse();
    assertThat(Versions.isFixedByAny("npm", "1.3.0", List.of())).isFalse();
  }
}
