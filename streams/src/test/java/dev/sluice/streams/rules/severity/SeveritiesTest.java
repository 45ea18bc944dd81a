package dev.sluice.streams.rules.severity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.FindingKind;
import dev.sluice.events.Rating;
import dev.sluice.events.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeveritiesTest {

  private static final String CRITICAL_31 = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
  private static final String MEDIUM_31 = "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N";
  private static final String HIGH_40 =
      "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N";
  private static final String TEN_2 = "AV:N/AC:L/Au:N/C:C/I:C/A:C";

  private static Rating rating(
      String source, Severity severity, String text, String vector, Double score, String method) {
    return new Rating(source, severity, text, vector, score, method);
  }

  private static Rating word(String source, Severity severity) {
    return rating(source, severity, severity.name().toLowerCase(), null, null, null);
  }

  private static Rating vector(String source, String vector) {
    return rating(source, Severity.UNKNOWN, null, vector, null, null);
  }

  private static WeighedSeverity weigh(String ecosystem, String distro, Rating... ratings) {
    return Severities.weigh(FindingKind.VULNERABLE_PACKAGE, ecosystem, distro, List.of(ratings));
  }

  @Test
  void aDistributionDecidesAboutItsOwnPackages() {
    WeighedSeverity weighed =
        weigh(
            "deb",
            "debian-12",
            vector("nvd", CRITICAL_31),
            word("ghsa", Severity.HIGH),
            word("debian", Severity.LOW));
    assertThat(weighed.severity()).isEqualTo(Severity.LOW);
    assertThat(weighed.source()).isEqualTo("debian");
    assertThat(weighed.reason()).contains("distribution").contains("low");
  }

  @Test
  void aDistributionDoesNotDecideAboutPackagesOfAnother() {
    assertThat(
            weigh("deb", "ubuntu-22.04", vector("nvd", CRITICAL_31), word("debian", Severity.LOW))
                .source())
        .isEqualTo("nvd");
  }

  @Test
  void aDistributionDoesNotDecideAboutLibraries() {
    assertThat(
            weigh("npm", null, vector("nvd", CRITICAL_31), word("redhat", Severity.LOW)).source())
        .isEqualTo("nvd");
  }

  @ParameterizedTest
  @CsvSource({
    "redhat, rhel-9",
    "redhat, almalinux-9",
    "redhat, rocky-9",
    "amazon, amzn-2023",
    "alpine, alpine-3.19",
    "suse-cvrf, sles-15",
    "oracle-oval, ol-9"
  })
  void knowsTheNamesOfDistributions(String source, String distro) {
    WeighedSeverity weighed =
        weigh("rpm", distro, vector("nvd", CRITICAL_31), word(source, Severity.MEDIUM));
    assertThat(weighed.severity()).isEqualTo(Severity.MEDIUM);
  }

  @Test
  void theAdvisorysPublisherIsTrustedBeforeNvd() {
    WeighedSeverity weighed =
        weigh("npm", null, vector("nvd", CRITICAL_31), word("ghsa", Severity.MEDIUM));
    assertThat(weighed)
        .extracting(WeighedSeverity::severity, WeighedSeverity::source)
        .containsExactly(Severity.MEDIUM, "ghsa");
  }

  @Test
  void newerCvssIsTrustedBeforeOlder() {
    assertThat(
            weigh(
                    "npm",
                    null,
                    vector("nvd", TEN_2),
                    vector("nvd", CRITICAL_31),
                    vector("nvd", HIGH_40))
                .reason())
        .contains("CVSS 4.0");
    assertThat(weigh("npm", null, vector("nvd", TEN_2), vector("nvd", MEDIUM_31)).severity())
        .isEqualTo(Severity.MEDIUM);
  }

  @Test
  void nvdsVectorIsTrustedBeforeItsWord() {
    Rating both = rating("nvd", Severity.LOW, "LOW", CRITICAL_31, null, "cvss3.1");
    assertThat(weigh("npm", null, both).severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void version2HasNoCritical() {
    assertThat(weigh("npm", null, vector("nvd", TEN_2)).severity()).isEqualTo(Severity.HIGH);
    assertThat(weigh("npm", null, vector("nvd", "(" + TEN_2 + ")")).severity())
        .isEqualTo(Severity.HIGH);
  }

  @ParameterizedTest
  @CsvSource({"CVSS:3.1/AV:X", "CVSS:9.9/AV:N", "nonsense", "CVSS:4.0/AV:N", "CVSS:3.1/"})
  void anUnreadableVectorIsIgnoredAndMentioned(String vector) {
    WeighedSeverity weighed =
        weigh("npm", null, vector("nvd", vector), word("trivy", Severity.HIGH));
    assertThat(weighed.severity()).isEqualTo(Severity.HIGH);
    assertThat(weighed.source()).isEqualTo("trivy");
    assertThat(weighed.reason()).contains("unreadable CVSS vector of nvd");
  }

  @Test
  void aWordBesideAnUnreadableVectorStillCounts() {
    Rating rating = rating("nvd", Severity.HIGH, "HIGH", "CVSS:3.1/AV:X", null, null);
    assertThat(weigh("npm", null, rating).severity()).isEqualTo(Severity.HIGH);
  }

  @Test
  void theScannersWordIsTrustedBeforeItsScore() {
    Rating word = rating("grype", Severity.LOW, "low", null, null, null);
    Rating score = rating("grype", Severity.UNKNOWN, null, null, 10.0, "security-severity");
    assertThat(weigh("deb", "debian-12", score, word).severity()).isEqualTo(Severity.LOW);
  }

  @Test
  void theScoreIsTrustedBeforeTheLevel() {
    Rating level = rating("gosec", Severity.LOW, "note", null, null, "level");
    Rating score = rating("gosec", Severity.UNKNOWN, null, null, 9.1, "security-severity");
    WeighedSeverity weighed =
        Severities.weigh(FindingKind.CODE_WEAKNESS, null, null, List.of(level, score));
    assertThat(weighed.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(weighed.reason()).contains("security-severity").contains("9.1");
  }

  @Test
  void aLevelAloneIsBetterThanNothing() {
    Rating level = rating("codeql", Severity.UNKNOWN, "error", null, null, "level");
    assertThat(Severities.weigh(FindingKind.CODE_WEAKNESS, null, null, List.of(level)).severity())
        .isEqualTo(Severity.HIGH);
  }

  @Test
  void nothingReadableIsUnknownAndNeverDropped() {
    assertThat(weigh("npm", null).severity()).isEqualTo(Severity.UNKNOWN);
    assertThat(Severities.weigh(FindingKind.SECRET, null, null, null).severity())
        .isEqualTo(Severity.UNKNOWN);
    assertThat(
            weigh("npm", null, rating("x", Severity.UNKNOWN, "quite bad", null, null, null))
                .severity())
        .isEqualTo(Severity.UNKNOWN);
    assertThat(weigh("npm", null, rating("x", Severity.UNKNOWN, null, null, 11.0, null)).severity())
        .isEqualTo(Severity.UNKNOWN);
  }

  @Test
  void ofEqualTrustTheWorseOneWins() {
    assertThat(
            weigh("npm", null, word("ghsa", Severity.LOW), word("gitlab", Severity.HIGH))
                .severity())
        .isEqualTo(Severity.HIGH);
  }

  @Test
  void theOrderOfRatingsDoesNotMatter() {
    List<Rating> ratings =
        new ArrayList<>(
            List.of(
                vector("nvd", CRITICAL_31),
                vector("nvd", "bad"),
                word("ghsa", Severity.LOW),
                word("gitlab", Severity.LOW),
                word("redhat", Severity.HIGH),
                rating("grype", Severity.UNKNOWN, null, null, 10.0, "security-severity"),
                rating("codeql", Severity.UNKNOWN, "error", null, null, "level")));
    WeighedSeverity first = Severities.weigh(FindingKind.VULNERABLE_PACKAGE, "npm", "", ratings);
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      Collections.shuffle(ratings, random);
      assertThat(Severities.weigh(FindingKind.VULNERABLE_PACKAGE, "npm", "", ratings))
          .isEqualTo(first);
    }
  }
}
