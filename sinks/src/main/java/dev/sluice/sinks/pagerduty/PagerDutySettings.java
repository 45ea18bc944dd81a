package dev.sluice.sinks.pagerduty;

import dev.sluice.settings.SecretValue;
import dev.sluice.settings.Setting;
import dev.sluice.sinks.http.HttpSettings;
import java.net.URI;

/** Which service of PagerDuty is told, at {@code sinks.NAME.pagerduty}. */
public record PagerDutySettings(
    @Setting(
            value = "https://events.pagerduty.com",
            doc =
                "Where events are taken; accounts in the EU have https://events.eu.pagerduty.com.")
        URI url,
    @Setting(
            doc =
                "Integration key of the service, 32 characters: Service, Integrations, Events API v2.")
        SecretValue routingKey,
    @Setting(doc = "How PagerDuty is reached.") HttpSettings http) {}
