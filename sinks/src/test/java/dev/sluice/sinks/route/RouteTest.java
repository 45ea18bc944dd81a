package dev.sluice.sinks.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.Severity;
import dev.sluice.sinks.Samples;
import dev.sluice.sinks.SinkDescriptor.Wants;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RouteTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "true",
        "severity >= HIGH && owner == 'team-web'",
        "exploited",
        "kind == 'UPGRADE' && status == 'OPEN' && event in ['OPENED', 'EXPLOITED']",
        "asset.startsWith('registry.example.org/shop/') && unit == ''",
        "'CVE-2024-5535' in vulnerabilities && '5.x' in lines && 'trivy' in scanners",
        "hasFix && hasDue && dueAt < timestamp('2026-04-01T00:00:00Z')",
        "!embargoed && packageName == 'openssl' && rule == 'exploited'"
      })
  void takesWhatTheConditionSays(String when) {
    assertThat(takes(when, Wants.EVERY_EVENT, opened(), false)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"severity < HIGH", "owner == 'ops'", "event == 'RESOLVED'", "embargoed"})
  void leavesTheRest(String when) {
    assertThat(takes(when, Wants.EVERY_EVENT, opened(), false)).isFalse();
  }

  @Test
  void whatWasSentStaysSentThoughTheItemHasChanged() {
    ActionEvent milder =
        Samples.event(
            Samples.item("a").setSeverity(Severity.LOW).setOwner(null).build(),
            ActionEventType.RESOLVED);
    String when = "severity >= HIGH && owner == 'team-web'";
    for (Wants wants : Wants.values()) {
      assertThat(takes(when, wants, milder, true)).isTrue();
      assertThat(takes(when, wants, milder, false)).isFalse();
    }
  }

  @Test
  void whatIsSaidOfTheEventCountsForEachEventWhereEachIsWanted() {
    ActionEvent changed = Samples.event("a", 1, 2, ActionEventType.CHANGED);
    String when = "severity >= HIGH && event != 'CHANGED'";
    assertThat(takes(when, Wants.EVERY_EVENT, changed, true)).isFalse();
    assertThat(takes(when, Wants.CURRENT_STATE, changed, true)).isTrue();
  }

  @Test
  void aConditionThatFailsSends() {
    assertThat(takes("vulnerabilities[7] == 'x'", Wants.EVERY_EVENT, opened(), false)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "severty >= HIGH | line 1, column 1: | Did you mean \"severity\"?",
        "severity >= HIGH && kind == 'UPGRAD' | line 1, column 29: | Did you mean \"UPGRADE\"?",
        "severity >= 'HIGH' | line 1, column 10: | See the facts",
        "severity >= | line 1, column 12: | See the facts",
        "owner | line 1, column 1: | See the facts",
      })
  void aMistakeIsRefusedWithItsPlaceAndWhatIsKnown(String when, String place, String remedy) {
    assertThatThrownBy(() -> Route.of("chat", when, Wants.EVERY_EVENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("sinks.chat.when: " + place)
        .hasMessageContaining(remedy)
        .hasMessageEndingWith(
            "Known are severity, exploited, kind, status, event, asset, unit, owner, packageName,"
                + " vulnerabilities, lines, scanners, hasFix, rule, hasDue, dueAt, embargoed.");
  }

  @Test
  void everyFactIsDocumented() throws Exception {
    String docs =
        Files.readString(Path.of(System.getProperty("sluice.root", "..")).resolve("docs/sinks.md"));
    for (String fact : RouteFacts.names()) {
      assertThat(docs).contains("| `" + fact + "` |");
    }
  }

  private static boolean takes(String when, Wants wants, ActionEvent event, boolean before) {
    return Route.of("chat", when, wants).takes(event.getItem(), event, before);
  }

  private static ActionEvent opened() {
    return Samples.event("a", 1, 1, ActionEventType.OPENED);
  }
}
