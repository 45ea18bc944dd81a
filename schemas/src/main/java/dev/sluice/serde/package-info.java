/**
 * Records to bytes and back: Confluent's wire format (0x00, schema id as 4 bytes big-endian, Avro
 * binary) under Confluent's configuration keys, by our own classes or, where they are on the class
 * path, by Confluent's.
 */
package dev.sluice.serde;
