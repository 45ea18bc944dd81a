/**
 * The topology: Kafka around the engine. Every processor, store and topic has a name of its own.
 */
package dev.sluice.streams.topology;
