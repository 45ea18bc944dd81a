/**
 * Publishes reports from a command line: through a gateway or straight to Kafka, with retries, and
 * waits for verdicts.
 */
package dev.sluice.app.client;
