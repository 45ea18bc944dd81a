package dev.sluice.producers.format.github;

import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;

/** What a webhook's body says around the alert. All of it is null for a list. */
final class AlertEvent {
  private String action;
  private String ref;
  private String commit;
  private String repositoryLink;
  private String fullName;
  private String defaultBranch;

  void read(JsonCursor json, String field) throws IOException, UnreadableReportException {
    switch (field) {
      case "action" -> action = json.text();
      case "ref" -> ref = json.text();
      case "commit_oid" -> commit = json.text();
      case "repository" -> json.object(part -> repository(json, part));
      default -> {}
    }
  }

  private void repository(JsonCursor json, String part) throws IOException {
    switch (part) {
      case "html_url" -> repositoryLink = json.text();
      case "full_name" -> fullName = json.text();
      case "default_branch" -> defaultBranch = json.text();
      default -> {}
    }
  }

  /** What happened: created, dismissed, fixed, …. */
  String action() {
    return action;
  }

  /** Git reference that a code scanning event is about. */
  String ref() {
    return ref;
  }

  String commit() {
    return commit;
  }

  String defaultBranch() {
    return defaultBranch;
  }

  /** The repository as an asset is spelt; null where it is not said. */
  String repository() {
    String linked = Repository.ofLink(repositoryLink);
    return linked == null ? Repository.ofFullName(fullName) : linked;
  }
}
