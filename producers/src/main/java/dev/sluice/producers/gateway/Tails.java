package dev.sluice.producers.gateway;

import dev.sluice.events.AssetProfile;
import dev.sluice.events.ScanVerdict;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.topics.Topics;
import java.util.Optional;

/** What a gateway follows: the newest verdicts, and all that teams say about their assets. */
record Tails(TopicTail<ScanVerdict> scans, TopicTail<AssetProfile> assets)
    implements AutoCloseable, Readiness {

  static Tails start(KafkaSettings kafka, AvroSerdes serdes, Recall recall, int window) {
    return new Tails(
        TopicTail.start(kafka, serdes, Topics.SCANS, recall, window),
        TopicTail.start(kafka, serdes, Topics.ASSETS, recall.profiles(), TopicTail.ALL));
  }

  @Override
  public Optional<String> missing() {
    return scans.missing().or(assets::missing);
  }

  @Override
  public void close() {
    scans.close();
    assets.close();
  }
}
