package dev.sluice.streams.rules.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedVersionsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ">=3.0.0 | 3.0.0",
        ">= 3.0.0 | 3.0.0",
        "1.2.3, 2.0.1 | 1.2.3 2.0.1",
        "v1.2.3 | 1.2.3",
        "~1.6.2 | 1.6.2",
        "^4.17.21 | 4.17.21",
        "1.2.3; 2.0.1 | 1.2.3 2.0.1",
        ">=4.0.4 <5.0.0 | 4.0.4",
        ">=1.2.3 <2.0.0; >=2.0.4 | 1.2.3 2.0.4",
        "1.1.1n-0+deb11u5 | 1.1.1n-0+deb11u5",
        "1:2.3~rc1-2 | 1:2.3~rc1-2",
        "1.0, 1.0 | 1.0",
        "(unfixed) |",
        "none |",
        "< 2.0 |",
        "> 1.2 |",
      })
  void normalisesWhatScannersWrite(String written, String versions) {
    List<String> expected = versions == null ? List.of() : List.of(versions.split(" "));
    assertThat(FixedVersions.normalise(written)).isEqualTo(expected);
  }

  @Test
  void readsBothAlternativesOfARange() {
    assertThat(FixedVersions.normalise(">= 1.2.3, < 2 || >= 2.0.4"))
        .containsExactly("1.2.3", "2.0.4");
  }

  @Test
  void prefersAFixOfTheInstalledMajorVersion() {
    assertThat(
            FixedVersions.lowestAbove("npm", "2.0.0", List.of("3.1.0", "2.4.1", "2.2.0", "1.9.9")))
        .contains("2.2.0");
  }

  @Test
  void takesTheNextMajorVersionWhereTheInstalledOneGetsNoFix() {
    assertThat(FixedVersions.lowestAbove("npm", "2.0.0", List.of("4.0.0", "3.1.0", "1.9.9")))
        .contains("3.1.0");
  }

  @Test
  void isEmptyWhereTheInstalledVersionIsAboveEveryFix() {
    assertThat(FixedVersions.lowestAbove("npm", "5.0.0", List.of("4.0.0"))).isEmpty();
    assertThat(FixedVersions.lowestAbove("npm", "4.0.0", List.of("4.0.0"))).isEmpty();
  }

  @Test
  void takesTheLowestWhereTheInstalledVersionIsNotKnown() {
    assertThat(FixedVersions.lowestAbove("npm", null, List.of("4.0.0", "3.0.0"))).contains("3.0.0");
  }

  @Test
  void comparesWithEpochs() {
    assertThat(FixedVersions.lowestAbove("deb", "1:1.0-1", List.of("2.0-1", "1:1.0-2")))
        .contains("1:1.0-2");
  }
}
