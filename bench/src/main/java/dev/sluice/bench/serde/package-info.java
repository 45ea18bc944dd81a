/** Our serializer and deserializer against bare Avro. */
package dev.sluice.bench.serde;
