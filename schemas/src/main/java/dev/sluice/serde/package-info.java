/**
 * Records to bytes and back: Confluent's wire format (0x00, schema id as 4 bytes big-endian, Avro
 * binary) under Confluent's configuration keys, by our own classes or, where they are on the class
 * path, by Confluent's.
 *
 * <p>Records that are read here can be compared with {@code equals}. A copy that a generated
 * builder makes of a record ({@code Finding.newBuilder(finding)}) has Avro's own lists, and {@code
 * equals} of such a list throws where its records hold a nullable time: compare content hashes
 * instead.
 */
package dev.sluice.serde;
