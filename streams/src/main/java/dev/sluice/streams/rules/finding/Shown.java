package dev.sluice.streams.rules.finding;

/**
 * A version of a package that a series shows at a place now.
 *
 * @param line release line of the series
 * @param since time of the scan that showed it first, milliseconds
 * @param build what that scan looked at
 * @param doubted whether the last scan of the series is suspicious and not confirmed
 */
public record Shown(
    long series,
    String line,
    String version,
    String place,
    long since,
    Build build,
    boolean doubted) {}
