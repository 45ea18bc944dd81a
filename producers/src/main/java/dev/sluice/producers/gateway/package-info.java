/**
 * The door for people and CI jobs: HTTP in, Kafka behind. Reports are published while they arrive;
 * verdicts are answered from memory. Whoever comes through it is known and limited.
 */
package dev.sluice.producers.gateway;
