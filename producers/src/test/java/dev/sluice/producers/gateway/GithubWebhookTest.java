package dev.sluice.producers.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.Completeness;
import dev.sluice.events.LineEnd;
import dev.sluice.events.ScanVerdict;
import dev.sluice.producers.publish.PublishOutcome.Unavailable;
import dev.sluice.producers.token.Role;
import dev.sluice.producers.webhook.WebhookKind;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GithubWebhookTest extends GatewayFixture {
  private static final String SECRET = "it's a secret to everybody";
  private static final String ALERT = "{\"action\":\"created\",\"alert\":{\"number\":7}}";
  private static final String CLOSED =
      """
      {"action": "closed",
       "pull_request": {"number": 17, "merged": true, "closed_at": "2026-11-22T09:00:00Z",
         "body": "long [text]", "labels": [{"name": "x"}],
         "head": {"ref": "fix/openssl", "sha": "0123456789abcdef0123456789abcdef01234567",
                  "repo": {"html_url": "https://github.com/fork/pay"}},
         "base": {"ref": "main"}},
       "repository": {"html_url": "https://github.com/Acme/Pay", "owner": {"login": "Acme"}}}
      """;

  @Test
  void publishesAnAlertAsAReportOfItsDelivery() throws Exception {
    start(guarded("github.com/acme", "docker.io"));

    HttpResponse<String> response = deliver("dependabot_alert", "d-1", ALERT);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    assertThat(publisher.bodies).containsExactly(ALERT);
    assertThat(publisher.requests.get(0).scanId()).isEqualTo("github-d-1");
    assertThat(publisher.requests.get(0).publisher()).isEqualTo("octo");
    assertThat(publisher.requests.get(0).traceparent()).startsWith("00-0af7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "code_scanning_alert",
        "secret_scanning_alert",
        "repository_advisory",
        "repository_vulnerability_alert"
      })
  void handsEveryKindOfAlertToTheReaders(String event) throws Exception {
    start(guarded("*"));

    assertThat(deliver(event, "d-1", ALERT).statusCode()).isEqualTo(202);
    assertThat(publisher.bodies).containsExactly(ALERT);
  }

  @Test
  void acknowledgesADeliveryThatWasSeenAndPublishesNothingTwice() throws Exception {
    start(guarded("*"));

    deliver("dependabot_alert", "d-1", ALERT);
    HttpResponse<String> again = deliver("dependabot_alert", "d-1", ALERT);
    deliver("delete", "d-2", deleted("branch", "topic"));
    deliver("delete", "d-2", deleted("branch", "topic"));

    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(again.body()).get("repeated").asBoolean()).isTrue();
    assertThat(publisher.bodies).hasSize(1);
    assertThat(publisher.ends).hasSize(1);
  }

  @Test
  void knowsADeliveryOfAnotherGatewayByItsVerdict() throws Exception {
    start(guarded("*"));
    recall.decided(
        ScanVerdict.newBuilder(verdict("github-d-1.2", "a-9", FakePublisher.ASSET))
            .setCompleteness(Completeness.COMPLETE)
            .build());

    assertThat(deliver("dependabot_alert", "d-1", ALERT).statusCode()).isEqualTo(200);
    assertThat(publisher.bodies).isEmpty();
  }

  @Test
  void takesADeliveryAgainThatCouldNotBePublished() throws Exception {
    start(guarded("*"));
    publisher.next = new Unavailable("Kafka does not answer");

    assertProblem(deliver("dependabot_alert", "d-1", ALERT), 503, "unavailable");
    assertProblem(deliver("delete", "d-2", deleted("branch", "topic")), 503, "unavailable");
    publisher.next = null;

    assertThat(deliver("dependabot_alert", "d-1", ALERT).statusCode()).isEqualTo(202);
    assertThat(deliver("delete", "d-2", deleted("branch", "topic")).statusCode()).isEqualTo(202);
  }

  @Test
  void aMergedPullRequestEndsAProposal() throws Exception {
    start(guarded("github.com/acme"));

    HttpResponse<String> response = deliver("pull_request", "d-1", CLOSED);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    FakePublisher.End end = publisher.ends.get(0);
    assertThat(end.asset().value()).isEqualTo("github.com/acme/pay");
    assertThat(end.id()).isEqualTo("github-d-1");
    assertThat(end.traceparent()).startsWith("00-0af7");
    assertThat(end.ended().getBranch()).isEqualTo("fix/openssl");
    assertThat(end.ended().getReason()).isEqualTo(LineEnd.PROPOSAL_MERGED);
    assertThat(end.ended().getProposal()).isEqualTo("17");
    assertThat(end.ended().getInto()).isEqualTo("main");
    assertThat(end.ended().getCommit()).startsWith("0123456");
    assertThat(end.ended().getAt()).isEqualTo("2026-11-22T09:00:00Z");
    assertThat(end.ended().getPublisher()).isEqualTo("octo");
  }

  @Test
  void aDeletedBranchEndsALine() throws Exception {
    start(guarded("*"));

    assertThat(deliver("delete", "d-1", deleted("branch", "release/5.x")).statusCode())
        .isEqualTo(202);
    assertThat(publisher.ends.get(0).ended().getBranch()).isEqualTo("release/5.x");
    assertThat(publisher.ends.get(0).ended().getReason()).isEqualTo(LineEnd.BRANCH_DELETED);
    assertThat(publisher.ends.get(0).ended().getAt()).isEqualTo(now);
  }

  @Test
  void saysThatThereIsNothingToDo() throws Exception {
    start(guarded("*"));

    HttpResponse<String> star = deliver("star", "d-1", "{}");
    HttpResponse<String> tag = deliver("delete", "d-2", deleted("tag", "v1"));
    HttpResponse<String> opened =
        deliver("pull_request", "d-3", CLOSED.replace("closed\"", "opened\""));
    HttpResponse<String> ping = deliver("ping", "d-4", "{\"zen\":\"Keep it logically awesome.\"}");

    for (HttpResponse<String> response : new HttpResponse[] {star, tag, opened}) {
      assertThat(response.statusCode()).isEqualTo(204);
      assertThat(response.headers().firstValue("Sluice-Note")).isPresent();
    }
    assertThat(ping.statusCode()).isEqualTo(200);
    assertThat(publisher.requests).isEmpty();
    assertThat(publisher.ends).isEmpty();
  }

  @Test
  void refusesABodyThatWasNotSignedWithAKnownSecret() throws Exception {
    start(guarded("*"));

    HttpResponse<String> unsigned =
        send(delivery("dependabot_alert", "d-1").POST(BodyPublishers.ofString(ALERT)));
    HttpResponse<String> wrong =
        send(
            delivery("dependabot_alert", "d-1")
                .header("X-Hub-Signature-256", sign("another", ALERT))
                .POST(BodyPublishers.ofString(ALERT)));
    HttpResponse<String> changed =
        send(
            delivery("dependabot_alert", "d-1")
                .header("X-Hub-Signature-256", sign(SECRET, ALERT))
                .POST(BodyPublishers.ofString(ALERT + " ")));

    for (HttpResponse<String> response : new HttpResponse[] {unsigned, wrong, changed}) {
      assertProblem(response, 401, "unauthorized");
      assertThat(response.body()).doesNotContain(SECRET);
    }
    assertThat(publisher.requests).isEmpty();
  }

  @Test
  void aSenderSpeaksForItsAssetsOnly() throws Exception {
    start(guarded("github.com/other"));

    assertProblem(deliver("delete", "d-1", deleted("branch", "topic")), 403, "forbidden");
    assertProblem(deliver("dependabot_alert", "d-2", ALERT), 403, "forbidden");
    assertThat(publisher.ends).isEmpty();
  }

  @Test
  void eachOfTwoSecretsSpeaksForItsOwnAssets() throws Exception {
    start(
        guarded("github.com/other")
            .webhook("second", WebhookKind.GITHUB, "second secret", "github.com/acme"));
    String body = deleted("branch", "topic");

    HttpResponse<String> response =
        send(
            delivery("delete", "d-1")
                .header("X-Hub-Signature-256", sign("second secret", body))
                .POST(BodyPublishers.ofString(body)));

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(publisher.ends.get(0).ended().getPublisher()).isEqualTo("second");
  }

  @Test
  void asksForASecretWhereOthersCanComeIn() throws Exception {
    start(new Tweaks().token("ci", Role.PUBLISH, "*"));

    assertProblem(deliver("ping", "d-1", "{}"), 401, "unauthorized");
  }

  @Test
  void takesUnsignedDeliveriesOfThisMachineWhereNothingIsConfigured() throws Exception {
    start(new Tweaks());

    HttpResponse<String> response =
        send(delivery("delete", "d-1").POST(BodyPublishers.ofString(deleted("branch", "topic"))));

    assertThat(response.statusCode()).isEqualTo(202);
  }

  @Test
  void saysWhatIsWrongWithADelivery() throws Exception {
    start(guarded("*").maxWebhook(2_000));

    assertProblem(deliver("delete", "d-1", "{\"ref\":"), 422, "unreadable-report");
    assertProblem(deliver("delete", "d-2", "{\"ref\":\"x\"}"), 422, "unreadable-report");
    assertProblem(deliver("delete", "../d", "{}"), 400, "bad-request");
    assertProblem(deliver("star", "d-3", "x".repeat(2_001)), 413, "too-large");
    HttpResponse<String> form =
        send(
            delivery("delete", "d-4")
                .setHeader("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Hub-Signature-256", sign(SECRET, "payload=%7B%7D"))
                .POST(BodyPublishers.ofString("payload=%7B%7D")));
    assertProblem(form, 415, "media-type");
    assertThat(form.body()).contains("Content type");
  }

  private static Tweaks guarded(String... assets) {
    return new Tweaks().webhook("octo", WebhookKind.GITHUB, SECRET, assets);
  }

  private HttpRequest.Builder delivery(String event, String id) {
    return request("/v1/webhooks/github")
        .header("Content-Type", "application/json")
        .header("X-GitHub-Event", event)
        .header("X-GitHub-Delivery", id)
        .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  }

  private HttpResponse<String> deliver(String event, String id, String body) throws Exception {
    return send(
        delivery(event, id)
            .header("X-Hub-Signature-256", sign(SECRET, body))
            .POST(BodyPublishers.ofString(body)));
  }

  private static String deleted(String type, String ref) {
    return "{\"ref\":\""
        + ref
        + "\",\"ref_type\":\""
        + type
        + "\",\"repository\":{\"html_url\":\"https://github.com/acme/pay\"}}";
  }

  private static String sign(String secret, String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
  }
}
