package dev.sluice.producers.publish;

import dev.sluice.events.LineEnded;
import dev.sluice.events.ScanEvent;
import dev.sluice.producers.asset.AssetName;
import dev.sluice.producers.publish.PublishOutcome.Unavailable;
import dev.sluice.registry.RegistryException;
import dev.sluice.topics.AssetPartitioner;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;

/** Opens attempts: gives them their ids and the topic and partition they go to. */
final class AttemptFactory {
  private final Producer<byte[], byte[]> producer;
  private final Serializer<ScanEvent> serializer;
  private final PublisherSettings settings;
  private final String prefix;
  private final int partitions;
  private final ScanIds ids;

  /** Topics whose partition count was found right; it never changes. */
  private final Map<String, Boolean> checked = new ConcurrentHashMap<>();

  AttemptFactory(
      Producer<byte[], byte[]> producer,
      Serializer<ScanEvent> serializer,
      PublisherSettings settings,
      String prefix,
      int partitions,
      ScanIds ids) {
    this.producer = producer;
    this.serializer = serializer;
    this.settings = settings;
    this.prefix = prefix;
    this.partitions = partitions;
    this.ids = ids;
  }

  PublisherSettings settings() {
    return settings;
  }

  /** The scan id is the session's own, or given: the same for every attempt of one report. */
  Attempt create(
      int number, ScanIdentity identity, Realm realm, PublishRequest request, EventSender sender)
      throws PublishStop {
    return new Attempt(
        ScanIds.ofScan(request.scanId(), number),
        ids.next(),
        identity,
        realm,
        route(realm, identity.asset()),
        sender,
        serializer,
        settings.maxRecordBytes(),
        request.traceparent());
  }

  /** Sends the one event that belongs to no scan. */
  void announce(AssetName asset, LineEnded ended, String id, String traceparent, EventSender sender)
      throws PublishStop {
    EventRoute route = route(Realm.COMMON, asset);
    ScanEvent event =
        ScanEvent.newBuilder()
            .setScanId(id)
            .setAttemptId(ids.next())
            .setSeq(0)
            .setAsset(asset.value())
            .setLineEnded(ended)
            .setTraceparent(traceparent)
            .build();
    try {
      sender.send(route, event, serializer.serialize(route.topic(), event));
    } catch (RegistryException e) {
      throw new PublishStop(new Unavailable(KafkaTrouble.describe(e)));
    }
  }

  private EventRoute route(Realm realm, AssetName asset) throws PublishStop {
    String topic = Topics.name(prefix, realm, Topics.OBSERVED);
    checkPartitions(topic);
    return new EventRoute(topic, AssetPartitioner.partition(asset.value(), partitions));
  }

  private void checkPartitions(String topic) throws PublishStop {
    if (checked.containsKey(topic)) {
      return;
    }
    int actual;
    try {
      actual = producer.partitionsFor(topic).size();
    } catch (KafkaException e) {
      throw new PublishStop(new Unavailable(KafkaTrouble.describe(e)));
    }
    if (actual != partitions) {
      throw new PublishStop(
          new Unavailable(
              "topic "
                  + topic
                  + " has "
                  + actual
                  + " partitions and kafka.partitions says "
                  + partitions
                  + "; an asset would end up in two places, so set it to "
                  + actual));
    }
    checked.put(topic, true);
  }
}
