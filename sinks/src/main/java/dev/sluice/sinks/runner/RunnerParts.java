package dev.sluice.sinks.runner;

import dev.sluice.events.ActionEvent;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkDescriptor;
import dev.sluice.sinks.SinkSettings;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What a runner is made of.
 *
 * @param name name of the configured sink
 * @param topic topic of action events on the broker
 * @param consumers opens a consumer of the sink's own group
 * @param decoder reads the value of an action event
 */
record RunnerParts(
    String name,
    Sink sink,
    SinkDescriptor descriptor,
    SinkSettings settings,
    String topic,
    Supplier<Consumer<byte[], byte[]>> consumers,
    Deserializer<ActionEvent> decoder,
    TicketLog tickets,
    DeadLetters deadLetters,
    SinkMetrics metrics,
    Timing timing,
    RandomGenerator random) {}
