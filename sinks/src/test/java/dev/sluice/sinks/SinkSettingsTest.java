package dev.sluice.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.sinks.SinkSettings.StartFrom;
import dev.sluice.sinks.feedback.TicketMetrics;
import dev.sluice.sinks.grouping.GroupBy;
import dev.sluice.sinks.grouping.GroupingSettings;
import dev.sluice.sinks.grouping.QuietHours;
import dev.sluice.sinks.jsonlines.JsonLinesSettings;
import dev.sluice.sinks.runner.SinkMetrics;
import dev.sluice.sinks.ticket.TicketSink.Deleted;
import dev.sluice.sinks.webhook.WebhookSettings;
import dev.sluice.topics.Topics;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SinkSettingsTest {
  @Test
  void defaultsAreAsDocumented() {
    SinkSettings sink = Defaults.sink("webhook", Map.of());
    assertThat(sink.enabled()).isTrue();
    assertThat(sink.realm()).isEqualTo(Topics.Realm.COMMON);
    assertThat(sink.cleared()).isFalse();
    assertThat(sink.when()).isEmpty();
    assertThat(sink.start()).isEqualTo(StartFrom.BEGINNING);
    assertThat(sink.concurrency()).isEqualTo(8);
    assertThat(sink.rate()).isZero();
    assertThat(sink.buffer()).isEqualTo(1_000);
    assertThat(sink.ticketBudget()).isEqualTo(100);
    assertThat(sink.grouping().by()).isEqualTo(GroupBy.ASSET);
    assertThat(sink.grouping().window()).isEqualTo(Duration.ofSeconds(30));
    assertThat(sink.grouping().interval()).isEqualTo(Duration.ofMinutes(5));
    assertThat(sink.grouping().repeat()).isEqualTo(Duration.ofHours(24));
    assertThat(sink.grouping().stormEvents()).isEqualTo(50);
    assertThat(sink.grouping().stormGroups()).isEqualTo(10);
    assertThat(sink.grouping().maxHeld()).isEqualTo(20_000);
    assertThat(sink.grouping().quietHours().from()).isEmpty();
    assertThat(sink.retry().attempts()).isEqualTo(25);
    assertThat(sink.retry().longestPause()).isEqualTo(Duration.ofMinutes(5));
    assertThat(sink.feedback().every()).isEqualTo(Duration.ofMinutes(5));
    assertThat(sink.feedback().accepters()).isEmpty();
    assertThat(sink.feedback().acceptFor()).isEqualTo(Duration.ofDays(90));
    assertThat(sink.feedback().unscanned()).isEqualTo(Duration.ofDays(14));
    assertThat(sink.reconcile().every()).isEqualTo(Duration.ofHours(24));
    assertThat(sink.reconcile().requestsAMinute()).isEqualTo(60);
    assertThat(sink.reconcile().deleted()).isEqualTo(Deleted.CREATE);
    assertThat(sink.jsonlines().sync()).isEqualTo(JsonLinesSettings.Sync.ALWAYS);
    assertThat(sink.webhook().mode()).isEqualTo(WebhookSettings.Mode.STRUCTURED);
    assertThat(sink.webhook().http().timeout()).isEqualTo(Duration.ofSeconds(8));
    assertThat(sink.webhook().http().allowPrivate()).isFalse();
    assertThat(sink.webhook().http().allowLoopback()).isFalse();
    assertThat(sink.webhook().http().allowPlainHttp()).isFalse();
  }

  @Test
  void everyKeyIsTaken() {
    Map<String, String> keys = new HashMap<>();
    keys.put("enabled", "false");
    keys.put("realm", "EMBARGOED");
    keys.put("cleared", "true");
    keys.put("when", "severity >= HIGH");
    keys.put("start", "NOW");
    keys.put("concurrency", "3");
    keys.put("rate", "2.5");
    keys.put("burst", "4");
    keys.put("buffer", "50");
    keys.put("retry.attempts", "7");
    keys.put("feedback.every", "1m");
    keys.put("feedback.accepted", "Duldung");
    keys.put("feedback.false-positive", "Irrtum");
    keys.put("feedback.accepters", "ann,bob");
    keys.put("feedback.accept-for", "30d");
    keys.put("feedback.unscanned", "7d");
    keys.put("reconcile.every", "2h");
    keys.put("reconcile.requests-a-minute", "5");
    keys.put("reconcile.deleted", "LEAVE");
    keys.put("ticket-budget", "12");
    keys.put("grouping.by", "OWNER");
    keys.put("grouping.window", "1m");
    keys.put("grouping.interval", "10m");
    keys.put("grouping.repeat", "0s");
    keys.put("grouping.storm-events", "20");
    keys.put("grouping.storm-groups", "4");
    keys.put("grouping.max-held", "500");
    keys.put("grouping.quiet-hours.zone", "Europe/Berlin");
    keys.put("grouping.quiet-hours.from", "22:00");
    keys.put("grouping.quiet-hours.to", "07:00");
    keys.put("grouping.quiet-hours.days", "MON,TUE");
    keys.put("webhook.url", "https://hooks.example.org/in");
    keys.put("webhook.mode", "BINARY");
    keys.put("webhook.source", "urn:here");
    keys.put("webhook.http.timeout", "2s");
    keys.put("webhook.http.allowed-hosts", "a,b");
    SinkSettings sink = Defaults.sink("webhook", keys);
    assertThat(sink.enabled()).isFalse();
    assertThat(sink.realm()).isEqualTo(Topics.Realm.EMBARGOED);
    assertThat(sink.cleared()).isTrue();
    assertThat(sink.when()).isEqualTo("severity >= HIGH");
    assertThat(sink.start()).isEqualTo(StartFrom.NOW);
    assertThat(sink.concurrency()).isEqualTo(3);
    assertThat(sink.rate()).isEqualTo(2.5);
    assertThat(sink.burst()).isEqualTo(4);
    assertThat(sink.buffer()).isEqualTo(50);
    assertThat(sink.retry().attempts()).isEqualTo(7);
    assertThat(sink.feedback().every()).isEqualTo(Duration.ofMinutes(1));
    assertThat(sink.feedback().accepted()).containsExactly("Duldung");
    assertThat(sink.feedback().falsePositive()).containsExactly("Irrtum");
    assertThat(sink.feedback().accepters()).containsExactly("ann", "bob");
    assertThat(sink.feedback().acceptFor()).isEqualTo(Duration.ofDays(30));
    assertThat(sink.feedback().unscanned()).isEqualTo(Duration.ofDays(7));
    assertThat(sink.reconcile().every()).isEqualTo(Duration.ofHours(2));
    assertThat(sink.reconcile().requestsAMinute()).isEqualTo(5);
    assertThat(sink.reconcile().deleted()).isEqualTo(Deleted.LEAVE);
    assertThat(sink.ticketBudget()).isEqualTo(12);
    assertThat(sink.grouping())
        .isEqualTo(
            new GroupingSettings(
                GroupBy.OWNER,
                Duration.ofMinutes(1),
                Duration.ofMinutes(10),
                Duration.ZERO,
                20,
                4,
                500,
                new QuietHours("Europe/Berlin", "22:00", "07:00", List.of("MON", "TUE"))));
    assertThat(sink.webhook().url()).isEqualTo(URI.create("https://hooks.example.org/in"));
    assertThat(sink.webhook().source()).isEqualTo("urn:here");
    assertThat(sink.webhook().http().timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(sink.webhook().http().allowedHosts()).isEqualTo(List.of("a", "b"));
  }

  @ParameterizedTest
  @CsvSource({
    "concurrency, 0, concurrency must be 1 to 256",
    "concurrency, 257, concurrency must be 1 to 256",
    "rate, -1, rate must be 0 or more",
    "burst, 0, burst must be at least 1",
    "buffer, 9, buffer must be 10 to 100000",
    "ticket-budget, -1, ticket-budget must be 0 or more",
    "grouping.window, -1s, window must be 0s or more",
    "grouping.repeat, 10s, repeat must be 0s or at least 1m",
    "grouping.storm-events, 0, storm-events and storm-groups must be at least 1",
    "grouping.max-held, 99, max-held must be 100 to 200000",
    "grouping.quiet-hours.zone, Moon, zone must be a time zone",
    "retry.attempts, 0, attempts and breaker-failures must be at least 1",
    "retry.longest-pause, 0s, longest-pause must be more than 0",
    "feedback.every, 1s, every must be 0s or at least 10s",
    "feedback.accept-for, 400d, accept-for must be more than 0 and at most 366d",
    "feedback.unscanned, 0s, unscanned must be more than 0 and at most 90d",
    "reconcile.every, 5s, every must be 0s or at least 1m",
    "reconcile.requests-a-minute, 0, requests-a-minute must be 1 to 6000",
    "webhook.http.timeout, 10s, timeout must be more than 0 and at most 9s",
  })
  void whatCannotWorkIsRefusedByName(String key, String value, String message) {
    assertThatThrownBy(() -> Defaults.sink("webhook", Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void secretsAreNotPrinted() {
    SinkSettings sink =
        Defaults.sink(
            "webhook",
            Map.of("webhook.secrets", "whsec_hidden", "webhook.authorization", "Bearer hidden"));
    assertThat(sink.toString()).doesNotContain("hidden").contains("***");
  }

  @Test
  void anUnknownTypeIsRefusedWithWhatIsKnown() {
    assertThatThrownBy(() -> Sinks.of("hook", "webhok"))
        .hasMessage(
            "sinks.hook.type: \"webhok\" is no sink type; known are console, jsonlines, webhook,"
                + " github, jira, redmine, gitlab, pagerduty, alertmanager, slack, teams, mail,"
                + " syslog");
  }

  @Test
  void everyMetricIsDocumented() throws Exception {
    String docs =
        Files.readString(Path.of(System.getProperty("sluice.root", "..")).resolve("docs/sinks.md"));
    List<SinkMetrics.Row> rows = new ArrayList<>(SinkMetrics.ROWS);
    rows.addAll(TicketMetrics.ROWS);
    for (SinkMetrics.Row row : rows) {
      assertThat(docs)
          .contains("| `%s` | %s | %s |".formatted(row.name(), row.labels(), row.doc()));
    }
  }
}
