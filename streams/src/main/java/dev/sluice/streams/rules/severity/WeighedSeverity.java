package dev.sluice.streams.rules.severity;

import dev.sluice.events.Severity;

/**
 * Severity after all ratings are weighed.
 *
 * @param severity the result; UNKNOWN if nobody said anything that can be read
 * @param source whose rating won; empty if none did
 * @param reason why it won, for people
 */
public record WeighedSeverity(Severity severity, String source, String reason) {}
