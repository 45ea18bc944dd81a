package dev.sluice.sinks.control;

import java.time.Instant;

/**
 * How a sink fares.
 *
 * @param state one or two words: running, paused, failing, gone, not running or disabled
 * @param reason why, where anybody said so
 * @param instances processes that run it
 * @param lag events that are not finished
 * @param owedSince since when the states of items are owed in place of events; null if none is
 * @param delivered when something was last delivered; null if never
 * @param deadLetters records in the dead letters
 */
public record SinkStatus(
    String name,
    String type,
    String state,
    String reason,
    int instances,
    long lag,
    Instant owedSince,
    Instant delivered,
    int deadLetters) {}
