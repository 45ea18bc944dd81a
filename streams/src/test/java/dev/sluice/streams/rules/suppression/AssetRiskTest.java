package dev.sluice.streams.rules.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.Finding;
import dev.sluice.events.FindingKind;
import dev.sluice.events.LineState;
import dev.sluice.events.Occurrence;
import dev.sluice.events.Severity;
import dev.sluice.events.Suppression;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A risk that is accepted for all of an asset, as a file of ignored ids means it. */
class AssetRiskTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final String PAY = "registry.example/acme/pay";

  private static Finding finding(String... places) {
    List<Occurrence> occurrences =
        Arrays.stream(places)
            .map(
                place ->
                    Occurrence.newBuilder()
                        .setLine("5.x")
                        .setVersion("1.0.0")
                        .setPlace(place)
                        .setPresent(true)
                        .build())
            .toList();
    return Finding.newBuilder()
        .setId("f-1")
        .setAsset(PAY)
        .setKind(FindingKind.VULNERABLE_PACKAGE)
        .setVulnerability("CVE-2026-0001")
        .setAliases(List.of("GHSA-aaaa-bbbb-cccc"))
        .setPackage$("pkg:npm/left")
        .setSeverity(Severity.HIGH)
        .setLines(
            List.of(
                LineState.newBuilder()
                    .setLine("5.x")
                    .setPresent(true)
                    .setInstalledVersions(List.of("1.0.0"))
                    .build()))
        .setOccurrences(occurrences)
        .setOccurrenceCount(places.length)
        .setScanners(List.of("grype"))
        .build();
  }

  private static Suppression accepted(String id, List<String> paths, List<String> purls) {
    return accepted(FindingKind.VULNERABLE_PACKAGE, id, PAY, paths, purls);
  }

  private static Suppression accepted(
      FindingKind kind, String id, String asset, List<String> paths, List<String> purls) {
    return new Ignored(3, kind, id, paths, purls, null, "not reachable")
        .accepted(asset, ".trivyignore", NOW.plusSeconds(60), "", "ann", Severity.UNKNOWN);
  }

  private static boolean withheld(Finding finding, Suppression accepted) {
    return Suppressions.of(finding, List.of(accepted), NOW).isPresent();
  }

  @Test
  void holdsForTheIdAndItsAliasesInThatAssetOnly() {
    Finding found = finding("a");

    assertThat(withheld(found, accepted("CVE-2026-0001", List.of(), List.of()))).isTrue();
    assertThat(withheld(found, accepted("ghsa-aaaa-bbbb-cccc", List.of(), List.of()))).isTrue();
    assertThat(withheld(found, accepted("CVE-2026-0002", List.of(), List.of()))).isFalse();
    found.setAsset("registry.example/acme/payment");
    assertThat(withheld(found, accepted("CVE-2026-0001", List.of(), List.of()))).isFalse();
  }

  @Test
  void holdsForThatSortOfFindingOnly() {
    List<String> any = List.of();

    assertThat(
            withheld(finding("a"), accepted(FindingKind.LICENCE, "CVE-2026-0001", PAY, any, any)))
        .isFalse();
    assertThat(
            withheld(finding("a"), accepted(FindingKind.UNKNOWN, "CVE-2026-0001", PAY, any, any)))
        .isTrue();
  }

  @Test
  void everyPlaceMustMatchAndEveryPlaceMustBeKnown() {
    Suppression inApp = accepted("CVE-2026-0001", List.of("app/**"), List.of());
    Finding cut = finding("app/a");
    cut.setOccurrenceCount(2);

    assertThat(withheld(finding("app/a", "app/b"), inApp)).isTrue();
    assertThat(withheld(finding("app/a", "lib/b"), inApp)).isFalse();
    assertThat(withheld(finding(), inApp)).isFalse();
    assertThat(withheld(cut, inApp)).isFalse();
  }

  @Test
  void aPackageThatIsNamedMustBeTheOne() {
    List<String> any = List.of();

    assertThat(withheld(finding("a"), accepted("CVE-2026-0001", any, List.of("pkg:npm/left"))))
        .isTrue();
    assertThat(withheld(finding("a"), accepted("CVE-2026-0001", any, List.of("pkg:npm/right"))))
        .isFalse();
    assertThat(
            withheld(finding("a"), accepted("CVE-2026-0001", any, List.of("pkg:npm/left@2.0.0"))))
        .isFalse();
  }

  @Test
  void hidesNothingExploitedAndNoLiveSecret() {
    Finding exploited = finding("a");
    exploited.setKnownExploited(true);
    Finding secret = finding("a");
    secret.setKind(FindingKind.SECRET);
    secret.setVulnerability("github-pat");

    assertThat(withheld(exploited, accepted("CVE-2026-0001", List.of(), List.of()))).isFalse();
    assertThat(
            withheld(
                secret, accepted(FindingKind.UNKNOWN, "github-pat", PAY, List.of(), List.of())))
        .isFalse();
  }

  @Test
  void keepsFileAndLine() {
    Suppression made = accepted("CVE-2026-0001", List.of(), List.of());

    assertThat(made.getSource()).isEqualTo(".trivyignore:3");
    assertThat(Suppressions.of(finding("a"), List.of(made), NOW).orElseThrow().explanation())
        .contains("ann", "not reachable", "2026-11-22");
    assertThat(Suppressions.of(finding("a"), List.of(made), NOW.plusSeconds(60))).isEmpty();
  }
}
