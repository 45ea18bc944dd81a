/**
 * When people are told, and what comes as one message: the settings of grouping, and quiet hours.
 * What collects events and sends the messages is the runner's.
 */
package dev.sluice.sinks.grouping;
