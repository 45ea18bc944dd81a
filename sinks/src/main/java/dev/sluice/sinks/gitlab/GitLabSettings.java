package dev.sluice.sinks.gitlab;

import dev.sluice.settings.SecretValue;
import dev.sluice.settings.Setting;
import dev.sluice.sinks.http.HttpSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** The project a gitlab sink keeps its issues in, at {@code sinks.NAME.gitlab}. */
public record GitLabSettings(
    @Setting(value = "https://gitlab.com", doc = "GitLab's own URL.") URI url,
    @Setting(doc = "Path of the project with its groups, or its id.") String project,
    @Setting(doc = "Access token of the project with scope api and at least the role Reporter.")
        SecretValue token,
    @Setting(
            value = "true",
            doc = "Whether issues are confidential; those of embargoed items are always.")
        boolean confidential,
    @Setting(
            value = "sluice",
            doc = "Label of every issue, by which they are listed; no comma. GitLab creates it.")
        String label,
    @Setting(
            value = "severity::",
            doc = "Front of the label that names the severity; empty sets none.")
        String severityPrefix,
    @Setting(doc = "Id of a user by owner, for the assignee of a new issue.")
        Map<String, String> assignees,
    @Setting(
            value = "10s",
            doc =
                "How long after an unanswered create the issue may be missing from the listing: so long none is created again.")
        Duration settle,
    @Setting(doc = "How the receiver is reached.") HttpSettings http) {

  public GitLabSettings {
    assignees = assignees == null ? Map.of() : Map.copyOf(assignees);
    if (label.isBlank() || (label + severityPrefix).contains(",")) {
      throw new IllegalArgumentException("label and severity-prefix must be without commas");
    }
    if (settle.isNegative()) {
      throw new IllegalArgumentException("settle must be 0 or more, not " + settle);
    }
  }
}
