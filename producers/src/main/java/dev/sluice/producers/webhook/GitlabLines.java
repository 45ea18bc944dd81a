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

/** GitLab's push and merge request events; a deleted branch is a push to a commit of zeros. */
public final class GitlabLines {
  private static final String BRANCHES = "refs/heads/";
  private static final Set<String> FIELDS =
      Set.of(
          "object_kind",
          "ref",
          "before",
          "after",
          "project.web_url",
          "object_attributes.action",
          "object_attributes.iid",
          "object_attributes.source_branch",
          "object_attributes.target_branch",
          "object_attributes.last_commit.id",
          "object_attributes.updated_at");

  private GitlabLines() {}

  /**
   * @param publisher name of the source, for the event
   * @param now when it ended, where the body does not say
   */
  public static LineNews read(InputStream body, String publisher, Instant now) {
    Map<String, String> fields;
    try {
      fields = JsonFields.read(body, FIELDS);
    } catch (IOException e) {
      return new Unusable("the body is not a GitLab event in JSON");
    }
    String repository = fields.get("project.web_url");
    if (repository == null) {
      return new Unusable("the body names no project (project.web_url)");
    }
    return switch (fields.getOrDefault("object_kind", "")) {
      case "push" -> pushed(fields, repository, publisher, now);
      case "merge_request" -> closed(fields, repository, publisher, now);
      default -> new Nothing("nothing is known of this event");
    };
  }

  private static LineNews pushed(
      Map<String, String> fields, String repository, String publisher, Instant now) {
    if (!fields.getOrDefault("after", "").matches("0{40}|0{64}")) {
      return new Nothing("the push deletes no branch");
    }
    String ref = fields.getOrDefault("ref", "");
    if (!ref.startsWith(BRANCHES) || ref.length() == BRANCHES.length()) {
      return new Unusable("the body names no branch (ref)");
    }
    return new Ended(
        repository,
        LineEnded.newBuilder()
            .setBranch(ref.substring(BRANCHES.length()))
            .setReason(LineEnd.BRANCH_DELETED)
            .setCommit(fields.get("before"))
            .setAt(now)
            .setPublisher(publisher)
            .build());
  }

  private static LineNews closed(
      Map<String, String> fields, String repository, String publisher, Instant now) {
    String action = fields.getOrDefault("object_attributes.action", "");
    if (!action.equals("close") && !action.equals("merge")) {
      return new Nothing("the merge request is neither closed nor merged");
    }
    String branch = fields.get("object_attributes.source_branch");
    if (branch == null) {
      return new Unusable("the body names no branch (object_attributes.source_branch)");
    }
    return new Ended(
        repository,
        LineEnded.newBuilder()
            .setBranch(branch)
            .setReason(action.equals("merge") ? LineEnd.PROPOSAL_MERGED : LineEnd.PROPOSAL_CLOSED)
            .setProposal(fields.get("object_attributes.iid"))
            .setInto(fields.get("object_attributes.target_branch"))
            .setCommit(fields.get("object_attributes.last_commit.id"))
            .setAt(WebhookTimes.or(fields.get("object_attributes.updated_at"), now))
            .setPublisher(publisher)
            .build());
  }
}
