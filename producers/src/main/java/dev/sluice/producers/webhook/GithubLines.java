package dev.sluice.producers.webhook;

import dev.sluice.events.LineEnd;
import dev.sluice.events.LineEnded;
import dev.sluice.producers.webhook.LineNews.Ended;
import dev.sluice.producers.webhook.LineNews.Nothing;
import dev.sluice.producers.webhook.LineNews.Unusable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** GitHub's {@code delete} and {@code pull_request} events. */
public final class GithubLines {
  private static final Set<String> FIELDS =
      Set.of(
          "action",
          "ref",
          "ref_type",
          "repository.html_url",
          "pull_request.number",
          "pull_request.merged",
          "pull_request.closed_at",
          "pull_request.head.ref",
          "pull_request.head.sha",
          "pull_request.base.ref");

  private GithubLines() {}

  /**
   * @param event value of {@code X-GitHub-Event}
   * @param publisher name of the source, for the event
   * @param now when it ended, where the body does not say
   */
  public static LineNews read(String event, InputStream body, String publisher, Instant now) {
    Map<String, String> fields;
    try {
      fields = JsonFields.read(body, FIELDS);
    } catch (IOException e) {
      return new Unusable("the body is not a GitHub event in JSON");
    }
    String repository = fields.get("repository.html_url");
    if (repository == null) {
      return new Unusable("the body names no repository (repository.html_url)");
    }
    return event.equals("delete")
        ? deleted(fields, repository, publisher, now)
        : closed(fields, repository, publisher, now);
  }

  private static LineNews deleted(
      Map<String, String> fields, String repository, String publisher, Instant now) {
    String branch = fields.get("ref");
    if (branch == null) {
      return new Unusable("the body names no ref");
    }
    if (!"branch".equals(fields.get("ref_type"))) {
      return new Nothing("a deleted tag ends no line");
    }
    return new Ended(
        repository,
        LineEnded.newBuilder()
            .setBranch(branch)
            .setReason(LineEnd.BRANCH_DELETED)
            .setAt(now)
            .setPublisher(publisher)
            .build());
  }

  private static LineNews closed(
      Map<String, String> fields, String repository, String publisher, Instant now) {
    if (!"closed".equals(fields.get("action"))) {
      return new Nothing("the pull request is not closed");
    }
    String branch = fields.get("pull_request.head.ref");
    if (branch == null) {
      return new Unusable("the body names no branch (pull_request.head.ref)");
    }
    boolean merged = "true".equals(fields.get("pull_request.merged"));
    return new Ended(
        repository,
        LineEnded.newBuilder()
            .setBranch(branch)
            .setReason(merged ? LineEnd.PROPOSAL_MERGED : LineEnd.PROPOSAL_CLOSED)
            .setProposal(fields.get("pull_request.number"))
            .setInto(fields.get("pull_request.base.ref"))
            .setCommit(fields.get("pull_request.head.sha"))
            .setAt(WebhookTimes.or(fields.get("pull_request.closed_at"), now))
            .setPublisher(publisher)
            .build());
  }
}
