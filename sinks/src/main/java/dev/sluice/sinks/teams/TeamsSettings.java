package dev.sluice.sinks.teams;

import dev.sluice.settings.SecretValue;
import dev.sluice.settings.Setting;
import dev.sluice.sinks.http.HttpSettings;

/** Where a Teams sink posts to, at {@code sinks.NAME.teams}. */
public record TeamsSettings(
    @Setting(
            doc =
                "URL of a workflow that starts when a webhook request is received. Who knows it can post.")
        SecretValue url,
    @Setting(doc = "How Teams is reached.") HttpSettings http) {}
