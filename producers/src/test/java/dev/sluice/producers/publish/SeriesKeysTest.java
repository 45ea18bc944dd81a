package dev.sluice.producers.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.Scope;
import dev.sluice.serde.TrustedEvents;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class SeriesKeysTest {
  @BeforeAll
  static void trust() {
    TrustedEvents.install();
  }

  @Test
  void isTheScannerAloneWhereNothingLimitsTheScope() {
    assertThat(SeriesKeys.of("Trivy", scope().build())).isEqualTo("trivy");
  }

  @Test
  void doesNotDependOnOrderCaseOrRepeats() {
    String one =
        SeriesKeys.of(
            "trivy",
            scope()
                .setPlatform("linux/amd64")
                .setPaths(List.of("./b/", "a"))
                .setFilters(List.of("severity=HIGH,CRITICAL", "ignore-unfixed"))
                .setLanguages(List.of("Go", "java"))
                .build());
    String other =
        SeriesKeys.of(
            "TRIVY",
            scope()
                .setPlatform("Linux/AMD64")
                .setPaths(List.of("a", "b", "a"))
                .setFilters(List.of("ignore-unfixed", "severity=CRITICAL, HIGH"))
                .setLanguages(List.of("java", "go"))
                .build());

    assertThat(one).isEqualTo(other);
    assertThat(one)
        .isEqualTo(
            "trivy;paths=a,b;platform=linux/amd64;languages=go,java"
                + ";filters=ignore-unfixed,severity=CRITICAL+HIGH");
  }

  @Test
  void tellsScopesApartWhoseNamesHoldItsOwnSigns() {
    String sneaky = SeriesKeys.of("trivy", scope().setName("x;platform=y").build());
    String plain = SeriesKeys.of("trivy", scope().setName("x").setPlatform("y").build());

    assertThat(sneaky).isNotEqualTo(plain);
  }

  @Test
  void isBoundedAndStillTellsLongScopesApart() {
    String one = SeriesKeys.of("trivy", scope().setRuleset("r".repeat(5_000)).build());
    String other = SeriesKeys.of("trivy", scope().setRuleset("r".repeat(5_001)).build());

    assertThat(one).hasSizeLessThan(SeriesKeys.MAX_SCOPE).isNotEqualTo(other);
  }

  private static Scope.Builder scope() {
    return Scope.newBuilder();
  }
}
