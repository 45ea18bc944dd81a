/**
 * A small Schema Registry for Avro: the part of Confluent's REST interface that clients use, kept
 * in a compacted topic. Requests go down through {@code HttpApi} (paths and JSON), {@code Subjects}
 * (rules), {@code SchemaLog} (what must survive) and {@code SchemaState} (what is known).
 */
package dev.sluice.embedded.registry;
