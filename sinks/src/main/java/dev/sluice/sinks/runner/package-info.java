/**
 * Runs one sink: reads its events, keeps each item's order, tries again with patience, and commits
 * an offset only behind finished work. The {@link dev.sluice.sinks.runner.Dispatcher} decides what
 * may start now and knows neither threads nor Kafka. The {@link dev.sluice.sinks.runner.Intake}
 * reads, the {@link dev.sluice.sinks.runner.Desk} is where reading and delivering threads meet, the
 * {@link dev.sluice.sinks.runner.Carrier} makes one attempt, and the {@link
 * dev.sluice.sinks.runner.Books} hold what was sent. {@link dev.sluice.sinks.runner.SinkRunner}
 * brings the threads.
 */
package dev.sluice.sinks.runner;
