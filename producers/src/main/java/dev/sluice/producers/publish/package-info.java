/**
 * From a report to events: one reading of a report becomes one attempt at each scan it holds,
 * streamed to Kafka while it is read and completed only when everything before is acknowledged.
 */
package dev.sluice.producers.publish;
