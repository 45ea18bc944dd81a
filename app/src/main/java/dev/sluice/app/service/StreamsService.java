package dev.sluice.app.service;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.ExitCode;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.streams.SluiceStreams;
import dev.sluice.streams.generation.GenerationException;
import dev.sluice.topics.BrokerUnavailableException;
import dev.sluice.topics.Topics.Realm;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams.State;

/** The topology of one realm. */
public final class StreamsService implements Service {
  private final SluiceStreams streams;
  private final KafkaStreamsMetrics metrics;
  private final String name;

  private StreamsService(SluiceStreams streams, KafkaStreamsMetrics metrics, String name) {
    this.streams = streams;
    this.metrics = metrics;
    this.name = name;
  }

  /**
   * Begins to join the group; {@link #isReady} says when it works. Topics must exist.
   *
   * @throws CommandFailure if this generation of the state must not run, or Kafka does not answer
   */
  public static StreamsService start(
      SluiceSettings settings, AvroSerdes serdes, Realm realm, MeterRegistry registry) {
    SluiceStreams streams = SluiceStreams.of(settings.kafka(), settings.streams(), serdes, realm);
    KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams.client());
    metrics.bindTo(registry);
    Gauge.builder("sluice.streams.restoring", streams, SluiceStreams::restoring)
        .description("Records of changelogs that are still to be read before this instance works.")
        .tag("realm", realm.name().toLowerCase(Locale.ROOT))
        .register(registry);
    begin(streams, metrics);
    String name =
        realm == Realm.COMMON ? "streams" : "streams-" + realm.name().toLowerCase(Locale.ROOT);
    return new StreamsService(streams, metrics, name);
  }

  private static void begin(SluiceStreams streams, KafkaStreamsMetrics metrics) {
    boolean begun = false;
    try {
      streams.start();
      begun = true;
    } catch (GenerationException e) {
      throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
    } catch (BrokerUnavailableException e) {
      throw new CommandFailure(ExitCode.UNREACHABLE, e.getMessage(), e);
    } finally {
      if (!begun) {
        metrics.close();
        streams.close();
      }
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isReady() {
    return streams.isRunning();
  }

  @Override
  public Optional<String> failure() {
    return streams.state() == State.ERROR || streams.state() == State.PENDING_ERROR
        ? Optional.of("the topology ended after repeated failures; its log says which")
        : Optional.empty();
  }

  @Override
  public void close() {
    metrics.close();
    streams.close();
  }
}
