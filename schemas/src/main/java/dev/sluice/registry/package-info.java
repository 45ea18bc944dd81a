/**
 * Talks to a Schema Registry by Confluent's REST protocol. Knows nothing of topics or of Sluice's
 * records: subjects, ids and Avro schemas only.
 */
package dev.sluice.registry;
