/**
 * Alerts: what people are told at once about one event or many. An {@link
 * dev.sluice.sinks.alert.AlertDraft} sums up any number of events in bounded memory; an {@link
 * dev.sluice.sinks.alert.AlertSink} sends the outcome as one message. When an alert is full, and
 * what goes into one, is the runner's.
 */
package dev.sluice.sinks.alert;
