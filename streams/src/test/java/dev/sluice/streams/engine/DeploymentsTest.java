package dev.sluice.streams.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ChartImagePair;
import dev.sluice.events.Deployment;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FindingStatus;
import dev.sluice.events.ImageReference;
import dev.sluice.events.ItemKind;
import dev.sluice.events.Observation;
import dev.sluice.events.SupportMatrix;
import dev.sluice.streams.Scans;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A chart that runs an image which was not released with it is an item of its own. */
class DeploymentsTest {
  private final Basin basin = basin(false);

  @Test
  void chartWithAnImageOfAnotherReleaseIsAnItem() {
    basin.send(
        helm(deployed("prod/pay", "5.1.0", "4.9.0"), deployed("test/pay", "5.1.0", "5.0.0")));

    assertThat(basin.items.values())
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.getKind()).isEqualTo(ItemKind.COMBINATION);
              assertThat(item.getTitle())
                  .isEqualTo(
                      "Not released together: chart pay 5.1.0 and image registry.example/acme/pay:4.9.0.");
            });
    assertThat(basin.findings).as("what belongs together is no finding").hasSize(1);
  }

  @Test
  void rightImageResolvesItAndTheWrongOneReopensIt() {
    basin.send(helm(deployed("prod/pay", "5.1.0", "4.9.0")).id("1"));
    basin.send(helm(deployed("prod/pay", "5.1.0", "5.0.1")).id("2"));
    basin.send(helm(deployed("prod/pay", "5.1.0", "4.9.1")).id("3"));

    assertThat(basin.events)
        .extracting(e -> e.getType().name())
        .containsExactly("OPENED", "RESOLVED", "REOPENED");
  }

  @Test
  void whatNoPairSpeaksOfIsShownAndNobodyHasToAct() {
    basin.matrix = null;
    basin.send(helm(deployed("prod/pay", "5.1.0", "4.9.0")));

    assertThat(basin.items).isEmpty();
    assertThat(basin.findings.values())
        .singleElement()
        .satisfies(f -> assertThat(f.getStatus()).isEqualTo(FindingStatus.WITHHELD))
        .satisfies(f -> assertThat(f.getDecision().getReason()).isEqualTo("unknown-combination"));
  }

  @Test
  void deploymentThatIsGoneResolvesIt() {
    basin.send(helm(deployed("prod/pay", "5.1.0", "4.9.0"), deployed("a/pay", "5.1.0", "4.0.0")));
    basin.send(helm(deployed("a/pay", "5.1.0", "4.0.0")));

    assertThat(basin.events)
        .extracting(e -> e.getType().name())
        .containsExactly("OPENED", "OPENED", "RESOLVED");
  }

  @Test
  void crashBehindEverySliceGivesTheSameEvents() {
    Basin broken = basin(true);
    for (Basin each : List.of(basin, broken)) {
      each.send(helm(deployed("prod/pay", "5.1.0", "4.9.0"), deployed("a/b", "9", "9")).id("1"));
      each.send(helm(deployed("prod/pay", "5.1.0", "5.0.0"), deployed("a/b", "5.0", "9")).id("2"));
    }
    assertThat(broken.events)
        .extracting(ActionEvent::getId)
        .containsExactlyElementsOf(basin.events.stream().map(ActionEvent::getId).toList());
    assertThat(broken.picture()).isEqualTo(basin.picture());
  }

  private static Basin basin(boolean breaksOff) {
    Basin basin = new Basin(breaksOff);
    basin.matrix =
        SupportMatrix.newBuilder()
            .setProduct("pay")
            .setPairs(List.of(new ChartImagePair("pay", "5.x", "registry.example/acme/pay", "5.x")))
            .build();
    return basin;
  }

  static Scans.Scan helm(Observation... observations) {
    return new Scans.Scan("helm", List.of(observations));
  }

  static Observation deployed(String name, String chartVersion, String tag) {
    return Observation.newBuilder()
        .setKind(FindingKind.DEPLOYMENT)
        .setNativeId("release")
        .setTitle("Release " + name)
        .setDeployment(
            new Deployment(
                name,
                "pay",
                chartVersion,
                null,
                List.of(new ImageReference("registry.example/acme/pay", tag, null))))
        .setPlace(name)
        .build();
  }
}
