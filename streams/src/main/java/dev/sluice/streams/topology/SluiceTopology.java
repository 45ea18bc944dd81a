package dev.sluice.streams.topology;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionItem;
import dev.sluice.events.DecisionRecord;
import dev.sluice.events.Finding;
import dev.sluice.events.ScanEvent;
import dev.sluice.events.ScanVerdict;
import dev.sluice.topics.AssetPartitioner;
import dev.sluice.topics.Topic;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology, from top to bottom. Everything about an asset is in one partition, so there is no
 * repartition and no join: one processor with four stores, and reference data in global stores.
 */
public final class SluiceTopology {
  private static final Map<String, Topic<?>> SOURCES =
      Map.of(
          Names.OBSERVED, Topics.OBSERVED,
          Names.ASSETS, Topics.ASSETS,
          Names.KNOWLEDGE, Topics.KNOWLEDGE);

  private SluiceTopology() {}

  /** Names of the stores that outlive a restart; each has a changelog topic. */
  public static List<String> stores() {
    return Names.STORES;
  }

  /** Topics whose position in the log is part of the state. */
  public static List<String> sources(String prefix, Realm realm) {
    return SOURCES.values().stream().map(topic -> Topics.name(prefix, realm, topic)).toList();
  }

  public static Topology build(TopologyPlan plan) {
    Topology topology = new Topology();
    readLibraries(topology, plan);
    readPerAssetTopics(topology, plan);
    topology.addProcessor(
        Names.APPLY,
        () -> new PartitionProcessor(plan),
        Names.OBSERVED,
        Names.ASSETS,
        Names.KNOWLEDGE);
    keepState(topology);
    writeResults(topology, plan);
    // Behind the rest, so that the part above keeps its number, and tasks their directories.
    library(topology, plan, "suppressions", Topics.SUPPRESSIONS);
    return topology;
  }

  private static void readLibraries(Topology topology, TopologyPlan plan) {
    library(topology, plan, "policies", Topics.POLICIES);
    library(topology, plan, "support-matrix", Topics.SUPPORT_MATRIX);
    library(topology, plan, "intel", Topics.INTEL);
  }

  private static <V extends SpecificRecord> void library(
      Topology topology, TopologyPlan plan, String kind, Topic<V> topic) {
    String name = Topics.name(plan.prefix(), plan.realm(), topic);
    topology.addGlobalStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(Names.library(kind)),
                Serdes.Bytes(),
                Serdes.ByteArray())
            .withLoggingDisabled(),
        Names.librarySource(kind),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        name,
        Names.librarian(kind),
        () ->
            new Librarian<>(
                name, Names.library(kind), plan.serdes().forTopic(topic).deserializer()));
  }

  /** Bytes, so that what cannot be decoded can still be kept as a dead letter. */
  private static void readPerAssetTopics(Topology topology, TopologyPlan plan) {
    SOURCES.forEach(
        (source, topic) ->
            topology.addSource(
                AutoOffsetReset.earliest(),
                source,
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                Topics.name(plan.prefix(), plan.realm(), topic)));
  }

  private static void keepState(Topology topology) {
    for (String name : Names.STORES) {
      StoreBuilder<KeyValueStore<Bytes, byte[]>> store =
          Stores.keyValueStoreBuilder(
              Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
      // What is staged is mostly gone again before the next commit: the cache keeps it off the log.
      topology.addStateStore(
          name.equals(Names.STAGING) ? store.withCachingEnabled() : store.withCachingDisabled(),
          Names.APPLY);
    }
  }

  private static void writeResults(Topology topology, TopologyPlan plan) {
    sink(topology, plan, Names.FINDINGS, Topics.FINDINGS, Finding::getAsset);
    sink(topology, plan, Names.ITEMS, Topics.ITEMS, ActionItem::getAsset);
    sink(topology, plan, Names.ACTIONABLE, Topics.ACTIONABLE, SluiceTopology::assetOf);
    sink(topology, plan, Names.DECISIONS, Topics.DECISIONS, DecisionRecord::getAsset);
    sink(topology, plan, Names.SCANS, Topics.SCANS, ScanVerdict::getAsset);
    if (plan.isEmbargoed()) {
      sink(topology, plan, Realm.COMMON, Names.DISCLOSED, Topics.OBSERVED, ScanEvent::getAsset);
    }
    topology.addSink(
        Names.DEAD_LETTERS,
        Topics.deadLetters(plan.prefix(), plan.realm()),
        new ByteArraySerializer(),
        new ByteArraySerializer(),
        Names.APPLY);
  }

  private static String assetOf(ActionEvent event) {
    return event.getItem().getAsset();
  }

  private static <V extends SpecificRecord> void sink(
      Topology topology,
      TopologyPlan plan,
      String name,
      Topic<V> topic,
      Function<V, String> asset) {
    sink(topology, plan, plan.realm(), name, topic, asset);
  }

  private static <V extends SpecificRecord> void sink(
      Topology topology,
      TopologyPlan plan,
      Realm realm,
      String name,
      Topic<V> topic,
      Function<V, String> asset) {
    StreamPartitioner<byte[], V> byAsset =
        (topicName, key, value, partitions) ->
            Optional.of(Set.of(AssetPartitioner.partition(asset.apply(value), partitions)));
    Serializer<V> values = plan.serdes().forTopic(topic).serializer();
    topology.addSink(
        name,
        Topics.name(plan.prefix(), realm, topic),
        new ByteArraySerializer(),
        values,
        byAsset,
        Names.APPLY);
  }
}
