package dev.sluice.producers.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.LineEnd;
import dev.sluice.producers.webhook.WebhookKind;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

final class GitlabWebhookTest extends GatewayFixture {
  private static final String SECRET = "glsecret-0123456789";
  private static final String DELETED =
      """
      {"object_kind": "push", "event_name": "push", "ref": "refs/heads/topic/a",
       "before": "95790bf891e76fee5e1747ab589903a6a1f80f22",
       "after": "0000000000000000000000000000000000000000", "commits": [],
       "project": {"web_url": "https://gitlab.example/Acme/Tools/Pay"}}
      """;
  private static final String MERGED =
      """
      {"object_kind": "merge_request", "user": {"name": "x"},
       "project": {"web_url": "https://gitlab.example/acme/pay"},
       "object_attributes": {"iid": 16, "action": "merge", "source_branch": "fix",
         "target_branch": "main", "updated_at": "2026-11-22 09:00:00 UTC",
         "last_commit": {"id": "da1560886d4f094c3e6c9ef40349f7d38b5d27d7"}}}
      """;

  @Test
  void aPushOfZerosIsADeletedBranch() throws Exception {
    start(guarded("gitlab.example/acme"));

    HttpResponse<String> response = deliver("Push Hook", "g-1", DELETED);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    FakePublisher.End end = publisher.ends.get(0);
    assertThat(end.asset().value()).isEqualTo("gitlab.example/acme/tools/pay");
    assertThat(end.id()).isEqualTo("gitlab-g-1");
    assertThat(end.ended().getBranch()).isEqualTo("topic/a");
    assertThat(end.ended().getReason()).isEqualTo(LineEnd.BRANCH_DELETED);
    assertThat(end.ended().getCommit()).startsWith("95790bf");
  }

  @Test
  void aMergedAndAClosedMergeRequestEndAProposal() throws Exception {
    start(guarded("*"));

    deliver("Merge Request Hook", "g-1", MERGED);
    deliver("Merge Request Hook", "g-2", MERGED.replace("\"merge\"", "\"close\""));

    assertThat(publisher.ends)
        .extracting(end -> end.ended().getReason())
        .containsExactly(LineEnd.PROPOSAL_MERGED, LineEnd.PROPOSAL_CLOSED);
    assertThat(publisher.ends.get(0).ended().getProposal()).isEqualTo("16");
    assertThat(publisher.ends.get(0).ended().getInto()).isEqualTo("main");
    assertThat(publisher.ends.get(0).ended().getAt()).isEqualTo("2026-11-22T09:00:00Z");
  }

  @Test
  void saysThatThereIsNothingToDo() throws Exception {
    start(guarded("*"));

    assertThat(deliver("Pipeline Hook", "g-1", "{}").statusCode()).isEqualTo(204);
    assertThat(deliver("Push Hook", "g-2", DELETED.replace("000000", "abcdef")).statusCode())
        .isEqualTo(204);
    assertThat(
            deliver("Merge Request Hook", "g-3", MERGED.replace("\"merge\"", "\"open\""))
                .statusCode())
        .isEqualTo(204);
    assertThat(publisher.ends).isEmpty();
  }

  @Test
  void acknowledgesARetryByItsIdempotencyKey() throws Exception {
    start(guarded("*"));

    for (String uuid : new String[] {"u-1", "u-2"}) {
      send(
          delivery("Push Hook", SECRET)
              .header("Idempotency-Key", "same")
              .header("X-Gitlab-Event-UUID", uuid)
              .POST(BodyPublishers.ofString(DELETED)));
    }

    assertThat(publisher.ends).extracting(FakePublisher.End::id).containsExactly("gitlab-same");
  }

  @Test
  void refusesAnotherToken() throws Exception {
    start(guarded("*"));

    HttpResponse<String> wrong =
        send(
            delivery("Push Hook", "not-" + SECRET)
                .header("X-Gitlab-Event-UUID", "g-1")
                .POST(BodyPublishers.ofString(DELETED)));

    assertProblem(wrong, 401, "unauthorized");
    assertThat(wrong.body()).doesNotContain(SECRET);
    assertThat(publisher.ends).isEmpty();
  }

  @Test
  void saysWhatIsWrongWithADelivery() throws Exception {
    start(guarded("gitlab.example/other"));

    assertProblem(deliver("Push Hook", "g-1", DELETED), 403, "forbidden");
    assertProblem(deliver("Push Hook", "g-2", "[]"), 422, "unreadable-report");
    assertProblem(deliver("Push Hook", "g 3", DELETED), 400, "bad-request");
  }

  private static Tweaks guarded(String assets) {
    return new Tweaks().webhook("lab", WebhookKind.GITLAB, SECRET, assets);
  }

  private HttpRequest.Builder delivery(String event, String token) {
    return request("/v1/webhooks/gitlab")
        .header("Content-Type", "application/json")
        .header("X-Gitlab-Event", event)
        .header("X-Gitlab-Token", token);
  }

  private HttpResponse<String> deliver(String event, String id, String body) throws Exception {
    return send(
        delivery(event, SECRET)
            .header("X-Gitlab-Event-UUID", id)
            .POST(BodyPublishers.ofString(body)));
  }
}
