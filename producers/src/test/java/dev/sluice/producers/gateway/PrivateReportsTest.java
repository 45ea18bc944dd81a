package dev.sluice.producers.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.events.DisclosureStep;
import dev.sluice.events.FindingKind;
import dev.sluice.events.Observation;
import dev.sluice.events.Severity;
import dev.sluice.producers.publish.PublishOutcome.Unavailable;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.ReadWarning;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.token.Role;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

final class PrivateReportsTest extends GatewayFixture {
  private static final String REPORT =
      """
      {"asset": "github.com/acme/pay", "title": "Signature is not checked",
       "description": "The callback takes any amount", "impact": "Free goods",
       "reproduction": "curl -H 'Authorization: Bearer ghp_0123456789abcdefghijABCDEFGHIJ012345'",
       "affectedVersions": "5.0 to 5.2", "suggestedFix": "Check it",
       "contact": "finder@example.org", "severity": "critical"}
      """;

  @Test
  void answersWithAReceiptAndNothingElse() throws Exception {
    start(new Tweaks());

    HttpResponse<String> response = report(REPORT);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    JsonNode receipt = JSON.readTree(response.body());
    assertThat(receipt.get("reportId").asText()).startsWith("r-");
    assertThat(receipt.get("reportId").asText()).isEqualTo(publisher.requests.get(0).scanId());
    assertThat(publisher.requests.get(0).asset()).isEqualTo("github.com/acme/pay");
    assertThat(response.body()).doesNotContain("callback", "finder@");
  }

  @Test
  void becomesOneObservationWithEveryField() throws Exception {
    PrivateReportText text = PrivateReportText.of(JSON.readTree(REPORT));
    List<Object> seen = new ArrayList<>();

    new PrivateReportReader(text, new Redactor(new byte[32], "k1"), "r-1", now)
        .read(null, collector(seen));

    ScanFacts facts = (ScanFacts) seen.get(0);
    assertThat(facts.statement()).isTrue();
    Observation observation = (Observation) seen.get(1);
    assertThat(observation.getKind()).isEqualTo(FindingKind.REPORTED_VULNERABILITY);
    assertThat(observation.getNativeId()).isEqualTo("r-1");
    assertThat(observation.getTitle()).isEqualTo("Signature is not checked");
    assertThat(observation.getDescription()).isEqualTo("The callback takes any amount");
    assertThat(observation.getRatings().get(0).getSeverity()).isEqualTo(Severity.CRITICAL);
    var report = observation.getReport();
    assertThat(report.getReportId()).isEqualTo("r-1");
    assertThat(report.getStep()).isEqualTo(DisclosureStep.REPORTED);
    assertThat(report.getReportedAt()).isEqualTo(now);
    assertThat(report.getImpact()).isEqualTo("Free goods");
    assertThat(report.getReproduction()).startsWith("curl").doesNotContain("ghp_0123456789");
    assertThat(report.getAffectedVersions()).isEqualTo("5.0 to 5.2");
    assertThat(report.getSuggestedFix()).isEqualTo("Check it");
    assertThat(report.getContact()).isEqualTo("finder@example.org");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"asset\":\"github.com/a/b\"}",
        "{\"description\":\"hush\"}",
        "{\"asset\":\"github.com/a/b\",\"description\":7}",
        "{\"asset\":\"github.com/a/b\",\"description\":\"hush\",\"sevrity\":\"high\"}",
        "{\"asset\":\"github.com/a/b\",\"description\":\"hush\",\"severity\":\"awful\"}"
      })
  void refusesWhatIsNoReportAndRepeatsNothingOfIt(String body) throws Exception {
    start(new Tweaks());

    HttpResponse<String> response = report(body);

    assertProblem(response, 422, "unreadable-report");
    assertThat(response.body()).doesNotContain("hush", "awful");
    assertThat(publisher.requests).isEmpty();
  }

  @Test
  void refusesATextThatIsTooLongInsteadOfCuttingIt() throws Exception {
    start(new Tweaks());

    assertProblem(
        report(REPORT.replace("Free goods", "x".repeat(4_001))), 422, "unreadable-report");
    assertProblem(report(REPORT.replace("Free goods", "x".repeat(300_000))), 413, "too-large");
  }

  @Test
  void isForThoseWhoMayPublishForTheAsset() throws Exception {
    start(new Tweaks().token("ci", Role.PUBLISH, "ghcr.io/acme"));

    assertProblem(report(REPORT), 401, "unauthorized");
    HttpResponse<String> response =
        send(
            request("/v1/reports")
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(REPORT)));
    assertProblem(response, 403, "forbidden");
  }

  @Test
  void saysWhenKafkaIsAwayAndWhenItIsNotJson() throws Exception {
    start(new Tweaks());
    publisher.next = new Unavailable("Kafka does not answer");

    assertProblem(report(REPORT), 503, "unavailable");
    assertProblem(post("/v1/reports", REPORT), 415, "media-type");
  }

  @Test
  void tellsNothingOfItToTheLog() throws Exception {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger("dev.sluice");
    Level before = root.getLevel();
    root.setLevel(Level.TRACE);
    root.addAppender(log);
    log.start();
    try {
      start(new Tweaks());
      report(REPORT);
      report(REPORT.replace("\"critical\"", "\"callback\""));
    } finally {
      root.detachAppender(log);
      root.setLevel(before);
    }

    assertThat(log.list).isNotEmpty();
    assertThat(log.list)
        .allSatisfy(
            event ->
                assertThat(event.getFormattedMessage() + event.getKeyValuePairs())
                    .doesNotContain("callback", "finder", "acme"));
  }

  private HttpResponse<String> report(String body) throws Exception {
    return send(
        request("/v1/reports")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private static ReportHandler collector(List<Object> seen) {
    return new ReportHandler() {
      @Override
      public void scan(ScanFacts facts) {
        seen.add(facts);
      }

      @Override
      public void observation(Observation observation) {
        seen.add(observation);
      }

      @Override
      public void componentsSeen(long count) {}

      @Override
      public void warning(ReadWarning warning) {}
    };
  }
}
