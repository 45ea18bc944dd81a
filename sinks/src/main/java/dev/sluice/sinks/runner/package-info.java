/**
 * Runs one sink: reads its events, keeps each item's order, tries again with patience, and commits
 * an offset only behind finished work. The {@link dev.sluice.sinks.runner.Dispatcher} decides what
 * may start now and knows neither threads nor Kafka; {@link dev.sluice.sinks.runner.SinkRunner}
 * brings both.
 */
package dev.sluice.sinks.runner;
