package dev.sluice.sinks.jira;

import dev.sluice.settings.SecretValue;
import dev.sluice.settings.Setting;
import dev.sluice.sinks.http.HttpSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** The project a jira sink keeps its issues in, at {@code sinks.NAME.jira}. */
public record JiraSettings(
    @Setting(doc = "Jira's own URL, for example https://acme.atlassian.net.") URI url,
    @Setting(
            value = "CLOUD",
            doc = "CLOUD (REST API v3, rich text) or DATA_CENTER (v2, wiki markup).")
        Edition edition,
    @Setting(doc = "Key of the project, for example SEC.") String project,
    @Setting(value = "Task", doc = "Type of a new issue, by name.") String issueType,
    @Setting(doc = "Cloud: mail address of the account that the token is of.") String user,
    @Setting(doc = "Cloud: API token. Data Center: personal access token.") SecretValue token,
    @Setting(value = "sluice", doc = "Label of every issue; no blank.") String label,
    @Setting(
            value = "severity:",
            doc = "Front of the label that names the severity, no blank; empty sets none.")
        String severityPrefix,
    @Setting(
            doc =
                "Name of a priority by severity, for example critical to Highest; none is set for the others.")
        Map<String, String> priorities,
    @Setting(
            doc =
                "Account by owner, for the assignee of a new issue: account id (Cloud) or user name.")
        Map<String, String> assignees,
    @Setting(
            doc =
                "Transition that closes, by name; empty takes the first to a status that is done.")
        String closeTransition,
    @Setting(
            doc =
                "Transition that opens again, by name; empty takes the first to a status that is not done.")
        String reopenTransition,
    @Setting(
            value = "1m",
            doc =
                "How long after an unanswered create the issue may be missing from the search: so long none is created again.")
        Duration settle,
    @Setting(doc = "How the receiver is reached.") HttpSettings http) {

  /** Who runs it, and so which REST API it has. */
  public enum Edition {
    CLOUD,
    DATA_CENTER
  }

  public JiraSettings {
    priorities = priorities == null ? Map.of() : Map.copyOf(priorities);
    assignees = assignees == null ? Map.of() : Map.copyOf(assignees);
    if (label.isBlank() || (label + severityPrefix).matches(".*\\s.*")) {
      throw new IllegalArgumentException("label and severity-prefix must be without blanks");
    }
    if (settle.isNegative()) {
      throw new IllegalArgumentException("settle must be 0 or more, not " + settle);
    }
  }
}
