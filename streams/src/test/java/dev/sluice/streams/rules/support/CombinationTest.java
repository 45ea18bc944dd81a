package dev.sluice.streams.rules.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.ChartImagePair;
import dev.sluice.events.Deployment;
import dev.sluice.events.ImageReference;
import dev.sluice.streams.rules.support.Combination.Released;
import dev.sluice.streams.rules.support.Combination.Unknown;
import dev.sluice.streams.rules.support.Combination.Unsupported;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CombinationTest {
  private static final String DIGEST = "sha256:" + "a".repeat(64);

  private final List<ChartImagePair> pairs =
      List.of(
          new ChartImagePair("pay", "5.x", "registry.example/acme/pay", "5.x"),
          new ChartImagePair("pay", ">= 4.0, < 5", "registry.example/acme/pay", "4.x"),
          new ChartImagePair("web", "1.2.3", "nginx", "1.25.x"),
          new ChartImagePair("web", "2.0.0", "nginx", DIGEST));

  @ParameterizedTest
  @CsvSource({
    "pay, 5.1.0, registry.example/acme/pay, 5.2.1, Released",
    "pay, 5.1.0, registry.example/acme/pay, v5.2.1, Released",
    "acme/pay, 4.7.0, registry.example/acme/pay, 4.0.0, Released",
    "pay, 5.1.0, registry.example/acme/pay, 4.9.0, Unsupported",
    "pay, 4.7.0, registry.example/acme/pay, 5.0.0, Unsupported",
    "pay, 6.0.0, registry.example/acme/pay, 5.0.0, Unknown",
    "pay, , registry.example/acme/pay, 5.0.0, Unknown",
    "pay, 5.1.0, registry.example/acme/pay, latest, Unknown",
    "pay, 5.1.0, registry.example/acme/other, 1.0.0, Unknown",
    "other, 5.1.0, registry.example/acme/pay, 5.0.0, Unknown",
    "web, 1.2.3, docker.io/library/nginx, 1.25.4-alpine, Released",
    "web, 1.2.3, docker.io/library/nginx, 1.19.10, Unsupported",
  })
  void judgesByThePairsThatNameChartAndImage(
      String chart, String chartVersion, String image, String tag, String expected) {
    Combination combination = judge(chart, chartVersion, image, tag, null);
    assertThat(combination.getClass().getSimpleName()).isEqualTo(expected);
  }

  @Test
  void comparesDigestsWithDigestsOnly() {
    assertThat(judge("web", "2.0.0", "nginx", null, DIGEST)).isInstanceOf(Released.class);
    assertThat(judge("web", "2.0.0", "nginx", null, "sha256:b")).isInstanceOf(Unsupported.class);
    assertThat(judge("web", "2.0.0", "nginx", "1.25.4", null)).isInstanceOf(Unknown.class);
  }

  @Test
  void saysWhatDoesNotBelongTogether() {
    assertThat(judge("pay", "5.1.0", "registry.example/acme/pay", "4.9.0", null).sentence())
        .isEqualTo(
            "Not released together: chart pay 5.1.0 and image registry.example/acme/pay:4.9.0.");
  }

  @Test
  void oneWrongImageAmongSeveralIsEnough() {
    Deployment deployment =
        new Deployment(
            "prod/pay",
            "pay",
            "5.1.0",
            null,
            List.of(
                new ImageReference("docker.io/library/redis", "7", null),
                new ImageReference("registry.example/acme/pay", "5.0.0", null),
                new ImageReference("registry.example/acme/pay", "4.0.0", null)));
    assertThat(Combination.judge(List.of(deployment), pairs)).isInstanceOf(Unsupported.class);
  }

  private Combination judge(
      String chart, String chartVersion, String image, String tag, String digest) {
    return Combination.judge(
        List.of(
            new Deployment(
                "prod/pay",
                chart,
                chartVersion,
                null,
                List.of(new ImageReference(image, tag, digest)))),
        pairs);
  }
}
