package dev.sluice.sinks;

import dev.sluice.settings.Setting;
import dev.sluice.sinks.alertmanager.AlertmanagerSettings;
import dev.sluice.sinks.console.ConsoleSettings;
import dev.sluice.sinks.feedback.FeedbackSettings;
import dev.sluice.sinks.feedback.ReconcileSettings;
import dev.sluice.sinks.github.GitHubSettings;
import dev.sluice.sinks.gitlab.GitLabSettings;
import dev.sluice.sinks.grouping.GroupingSettings;
import dev.sluice.sinks.jira.JiraSettings;
import dev.sluice.sinks.jsonlines.JsonLinesSettings;
import dev.sluice.sinks.mail.MailSettings;
import dev.sluice.sinks.pagerduty.PagerDutySettings;
import dev.sluice.sinks.redmine.RedmineSettings;
import dev.sluice.sinks.slack.SlackSettings;
import dev.sluice.sinks.syslog.SyslogSettings;
import dev.sluice.sinks.teams.TeamsSettings;
import dev.sluice.sinks.webhook.WebhookSettings;
import dev.sluice.topics.Topics;

/** One configured sink, at {@code sinks.NAME}. */
public record SinkSettings(
    @Setting(
            doc =
                "Kind of sink: console, jsonlines, webhook, github, jira, redmine, gitlab, pagerduty, alertmanager, slack, teams, mail or syslog.")
        String type,
    @Setting(value = "true", doc = "Whether it runs.") boolean enabled,
    @Setting(
            value = "COMMON",
            doc = "Topics that it reads: COMMON, or EMBARGOED for privately reported ones.")
        Topics.Realm realm,
    @Setting(
            value = "false",
            doc = "Whether it is cleared for embargoed items: everybody who reads it is.")
        boolean cleared,
    @Setting(
            doc =
                "Condition in CEL over item and event, for example severity >= HIGH; see Routes in docs/sinks.md. Empty takes all.")
        String when,
    @Setting(
            value = "BEGINNING",
            doc =
                "Where a new sink starts: BEGINNING of what the topic still holds, NOW, or OPEN: with all that is open now. Later starts go on where it stopped.")
        StartFrom start,
    @Setting(value = "8", doc = "Deliveries at once, 1 to 256; never two of one item.")
        int concurrency,
    @Setting(value = "0", doc = "Deliveries a second at most, on average; 0 is no limit.")
        double rate,
    @Setting(value = "10", doc = "Deliveries that may come in one burst under a rate, at least 1.")
        int burst,
    @Setting(
            value = "1000",
            doc = "Events held in memory, 10 to 100000; above it the partitions are paused.")
        int buffer,
    @Setting(doc = "When and how often to try again.") RetrySettings retry,
    @Setting(
            value = "100",
            doc = "Tickets that a ticket sink creates a day (UTC) at most; 0 is no limit.")
        int ticketBudget,
    @Setting(doc = "What an alert sink sends as one message, and when.") GroupingSettings grouping,
    @Setting(doc = "A ticket sink: what people may ask for by what they do to tickets.")
        FeedbackSettings feedback,
    @Setting(doc = "A ticket sink: how its tickets are compared with their items.")
        ReconcileSettings reconcile,
    @Setting(doc = "Settings of a console sink.") ConsoleSettings console,
    @Setting(doc = "Settings of a jsonlines sink.") JsonLinesSettings jsonlines,
    @Setting(doc = "Settings of a webhook sink.") WebhookSettings webhook,
    @Setting(doc = "Settings of a github sink.") GitHubSettings github,
    @Setting(doc = "Settings of a jira sink.") JiraSettings jira,
    @Setting(doc = "Settings of a redmine sink.") RedmineSettings redmine,
    @Setting(doc = "Settings of a gitlab sink.") GitLabSettings gitlab,
    @Setting(doc = "Settings of a pagerduty sink.") PagerDutySettings pagerduty,
    @Setting(doc = "Settings of an alertmanager sink.") AlertmanagerSettings alertmanager,
    @Setting(doc = "Settings of a slack sink.") SlackSettings slack,
    @Setting(doc = "Settings of a teams sink.") TeamsSettings teams,
    @Setting(doc = "Settings of a mail sink.") MailSettings mail,
    @Setting(doc = "Settings of a syslog sink.") SyslogSettings syslog) {

  public SinkSettings {
    require(concurrency >= 1 && concurrency <= 256, "concurrency must be 1 to 256", concurrency);
    require(rate >= 0 && Double.isFinite(rate), "rate must be 0 or more", rate);
    require(burst >= 1, "burst must be at least 1", burst);
    require(buffer >= 10 && buffer <= 100_000, "buffer must be 10 to 100000", buffer);
    require(ticketBudget >= 0, "ticket-budget must be 0 or more", ticketBudget);
  }

  /** Where a sink starts that has no committed offset. */
  public enum StartFrom {
    BEGINNING,
    NOW,
    OPEN
  }

  private static void require(boolean holds, String rule, Object found) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ", not " + found);
    }
  }
}
