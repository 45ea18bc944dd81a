package dev.sluice.sinks.github;

import dev.sluice.settings.SecretValue;
import dev.sluice.settings.Setting;
import dev.sluice.sinks.http.HttpSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** The repository a github sink keeps its issues in, at {@code sinks.NAME.github}. */
public record GitHubSettings(
    @Setting(
            value = "https://api.github.com",
            doc = "REST API; for GitHub Enterprise Server https://HOST/api/v3.")
        URI url,
    @Setting(doc = "Repository as OWNER/NAME.") String repository,
    @Setting(
            doc =
                "Token with read and write access to the issues of this repository, and read access to its metadata.")
        SecretValue token,
    @Setting(
            value = "sluice",
            doc = "Label of every issue, by which they are listed; no comma. GitHub creates it.")
        String label,
    @Setting(
            value = "severity:",
            doc = "Front of the label that names the severity; empty sets none.")
        String severityPrefix,
    @Setting(doc = "GitHub login by owner, for the assignee of a new issue.")
        Map<String, String> assignees,
    @Setting(
            value = "10s",
            doc =
                "How long after an unanswered create the issue may be missing from the listing: so long none is created again.")
        Duration settle,
    @Setting(doc = "How the receiver is reached.") HttpSettings http) {

  public GitHubSettings {
    assignees = assignees == null ? Map.of() : Map.copyOf(assignees);
    if (label.isBlank() || label.contains(",")) {
      throw new IllegalArgumentException("label must be a word or several, without comma");
    }
    if (settle.isNegative()) {
      throw new IllegalArgumentException("settle must be 0 or more, not " + settle);
    }
  }
}
