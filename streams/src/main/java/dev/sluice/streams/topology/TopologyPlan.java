package dev.sluice.streams.topology;

import dev.sluice.serde.AvroSerdes;
import dev.sluice.streams.StreamsSettings;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;

/**
 * What a topology is built from.
 *
 * @param prefix put before every topic
 * @param realm common topics, or those under embargo
 * @param partitions partitions of every per-asset topic, fixed for life
 */
public record TopologyPlan(
    String prefix, Realm realm, int partitions, StreamsSettings settings, AvroSerdes serdes) {

  String observed() {
    return Topics.name(prefix, realm, Topics.OBSERVED);
  }

  String assets() {
    return Topics.name(prefix, realm, Topics.ASSETS);
  }

  boolean isEmbargoed() {
    return realm == Realm.EMBARGOED;
  }
}
