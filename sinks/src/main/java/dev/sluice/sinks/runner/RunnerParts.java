package dev.sluice.sinks.runner;

import dev.sluice.events.ActionEvent;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkDescriptor;
import dev.sluice.sinks.SinkSettings;
import dev.sluice.sinks.alert.AlertSink;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What a runner is made of.
 *
 * @param name name of the configured sink
 * @param sink is fed item by item, unless there is {@code alerts}
 * @param alerts is fed with alerts
 * @param topic topic of action events on the broker
 * @param consumers opens a consumer of the sink's own group
 * @param decoder reads the value of an action event
 */
record RunnerParts(
    String name,
    Sink sink,
    Optional<AlertSink> alerts,
    SinkDescriptor descriptor,
    SinkSettings settings,
    String topic,
    Supplier<Consumer<byte[], byte[]>> consumers,
    Deserializer<ActionEvent> decoder,
    ItemStates items,
    TicketLog tickets,
    DeadLetters deadLetters,
    SinkMetrics metrics,
    Reporter.Board board,
    Timing timing,
    RandomGenerator random) {}
