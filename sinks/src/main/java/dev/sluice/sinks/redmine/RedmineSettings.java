package dev.sluice.sinks.redmine;

import dev.sluice.settings.SecretValue;
import dev.sluice.settings.Setting;
import dev.sluice.sinks.http.HttpSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** The project a redmine sink keeps its issues in, at {@code sinks.NAME.redmine}. */
public record RedmineSettings(
    @Setting(doc = "Redmine's own URL, for example https://redmine.example.org.") URI url,
    @Setting(doc = "Identifier of the project, as in its URL.") String project,
    @Setting(doc = "API access key of the account that writes.") SecretValue token,
    @Setting(value = "TEXTILE", doc = "Text formatting of this Redmine: TEXTILE or MARKDOWN.")
        Formatting formatting,
    @Setting(value = "0", doc = "Id of the tracker of a new issue; 0 is the project's first.")
        int trackerId,
    @Setting(value = "1", doc = "Id of the status of an issue that is opened again.")
        int openStatus,
    @Setting(
            value = "5",
            doc = "Id of the status of an issue that is done; it must be a closed one.")
        int closedStatus,
    @Setting(doc = "Id of a priority by severity; none is set for the others.")
        Map<String, String> priorities,
    @Setting(doc = "Id of a user or group by owner, for the assignee of a new issue.")
        Map<String, String> assignees,
    @Setting(
            value = "10s",
            doc =
                "How long after an unanswered create the issue may be missing from the listing: so long none is created again.")
        Duration settle,
    @Setting(doc = "How the receiver is reached.") HttpSettings http) {

  /** What Redmine makes of text. */
  public enum Formatting {
    TEXTILE,
    MARKDOWN
  }

  public RedmineSettings {
    priorities = priorities == null ? Map.of() : Map.copyOf(priorities);
    assignees = assignees == null ? Map.of() : Map.copyOf(assignees);
    if (settle.isNegative()) {
      throw new IllegalArgumentException("settle must be 0 or more, not " + settle);
    }
  }
}
