package dev.sluice.app.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.Finding;
import dev.sluice.events.FindingKind;
import dev.sluice.events.Severity;
import dev.sluice.events.Suppression;
import dev.sluice.streams.rules.suppression.IgnoreFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class IgnoredRisksTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final String PAY = "registry.example/acme/pay";

  private static IgnoredRisks take(
      String text, Instant until, Instant now, List<Suppression> before) {
    IgnoredRisks risks =
        new IgnoredRisks(
            PAY, "a/.trivyignore", new Person("ann", "root", null), Severity.HIGH, until, now);
    risks.take(IgnoreFile.read(".trivyignore", text), before);
    return risks;
  }

  private static IgnoredRisks take(String text) {
    return take(text, null, NOW, List.of());
  }

  @Test
  void eachHasAnEndAndWhoAnswersForIt() {
    List<Suppression> taken =
        take("CVE-2026-0001\nCVE-2026-0002 exp:2027-01-01\nCVE-2026-0003 exp:2036-01-01\n").taken();

    assertThat(taken)
        .extracting(each -> each.getExpires().toString())
        .containsExactly("2027-02-21T00:00:00Z", "2027-01-01T00:00:00Z", "2027-11-24T00:00:00Z");
    assertThat(taken.get(0).getOwner()).isEqualTo("ann");
    assertThat(taken.get(0).getReason()).isEqualTo("ignored in a/.trivyignore");
    assertThat(taken.get(0).getSource()).isEqualTo("a/.trivyignore:1");
    assertThat(taken.get(0).getSeverityCap()).isEqualTo(Severity.HIGH);
  }

  @Test
  void takingItOverAgainRenewsNothingUnlessAskedTo() {
    List<Suppression> first = take("CVE-2026-0001\n").taken();
    Instant later = NOW.plus(Duration.ofDays(30));
    Instant muchLater = NOW.plus(Duration.ofDays(100));
    Instant until = muchLater.plus(Duration.ofDays(10));

    List<Suppression> again = take("CVE-2026-0001\n", null, later, first).taken();
    IgnoredRisks lapsed = take("CVE-2026-0001\n", null, muchLater, first);
    IgnoredRisks renewed = take("CVE-2026-0001\n", until, muchLater, first);

    assertThat(again.get(0).getExpires()).isEqualTo(first.get(0).getExpires());
    assertThat(again.get(0).getVersion()).isEqualTo(first.get(0).getVersion());
    assertThat(lapsed.taken()).isEmpty();
    assertThat(lapsed.remarks())
        .containsExactly(
            "a/.trivyignore, line 1: CVE-2026-0001: ended on 2027-02-21; renew it with --until");
    assertThat(renewed.taken().get(0).getExpires()).isEqualTo(until);
  }

  @Test
  void saysOfEachLineWhatIsStrangeAboutIt() {
    IgnoredRisks risks =
        take("CVE-2026-0001\nCVE-1\nCVE-2026-0002 exp:2020-01-01\nCVE-2026-0001\nCVE-2026-0003\n");
    risks.compare(
        List.of(
            Finding.newBuilder()
                .setId("f-1")
                .setAsset(PAY)
                .setKind(FindingKind.VULNERABLE_PACKAGE)
                .setVulnerability("CVE-2026-0001")
                .setSeverity(Severity.HIGH)
                .build()));

    assertThat(risks.taken()).hasSize(2);
    assertThat(String.join("\n", risks.remarks()))
        .contains("line 2: \"CVE-1\" is no id", "line 3: CVE-2026-0002: ended on 2020-01-01")
        .contains("line 4: CVE-2026-0001: is there twice", "line 5: CVE-2026-0003: nothing in")
        .doesNotContain("line 1:");
  }

  @Test
  void onlyWhatCameFromTheFileForTheAssetIsReplaced() {
    Suppression made = take("CVE-2026-0001\n").taken().get(0);
    IgnoredRisks risks = take("");

    assertThat(risks.isFromHere(made)).isTrue();
    made.setSource("a/.trivyignore.yaml:1");
    assertThat(risks.isFromHere(made)).isFalse();
    made.setSource("a/.trivyignore:1");
    made.setProducts(List.of("registry.example/acme/other"));
    assertThat(risks.isFromHere(made)).isFalse();
  }
}
