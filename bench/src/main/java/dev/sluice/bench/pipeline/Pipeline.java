package dev.sluice.bench.pipeline;

import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.streams.SluiceStreams;
import dev.sluice.streams.StreamsSettings;
import dev.sluice.topics.Topics.Realm;
import org.apache.kafka.streams.KafkaStreams;

/** The real topology, as the service runs it. */
final class Pipeline implements Contestant {
  private final SluiceStreams streams;

  private Pipeline(SluiceStreams streams) {
    this.streams = streams;
  }

  static Pipeline start(KafkaSettings kafka, StreamsSettings settings, AvroSerdes serdes)
      throws InterruptedException {
    SluiceStreams streams = SluiceStreams.of(kafka, settings, serdes, Realm.COMMON);
    streams.start();
    Contestant.settle(streams.client());
    return new Pipeline(streams);
  }

  @Override
  public KafkaStreams client() {
    return streams.client();
  }

  @Override
  public void close() {
    streams.close();
  }
}
