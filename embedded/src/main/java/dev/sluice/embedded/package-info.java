/**
 * Kafka and a Schema Registry in one process: {@link dev.sluice.embedded.OneMachine} starts both.
 */
package dev.sluice.embedded;
