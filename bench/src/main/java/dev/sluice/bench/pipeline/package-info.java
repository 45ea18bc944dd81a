/** The topology against a Kafka Streams pass-through, on one broker. */
package dev.sluice.bench.pipeline;
