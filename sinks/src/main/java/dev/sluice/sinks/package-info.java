/**
 * What a sink is: it takes an action item's current state and the event that happened to it, and
 * says what became of the delivery. A new sink is one {@link dev.sluice.sinks.Sink}, one test, one
 * sample in docs/sinks.md and one line in {@link dev.sluice.sinks.Sinks}; order, retries, limits
 * and offsets are the runner's.
 */
package dev.sluice.sinks;
