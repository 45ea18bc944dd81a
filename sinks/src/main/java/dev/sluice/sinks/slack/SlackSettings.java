package dev.sluice.sinks.slack;

import dev.sluice.settings.SecretValue;
import dev.sluice.settings.Setting;
import dev.sluice.sinks.http.HttpSettings;

/** Where a Slack sink posts to, at {@code sinks.NAME.slack}. */
public record SlackSettings(
    @Setting(
            doc =
                "URL of an incoming webhook, for example https://hooks.slack.com/services/T0/B0/x. Who knows it can post.")
        SecretValue url,
    @Setting(doc = "How Slack is reached.") HttpSettings http) {}
