package dev.sluice.sinks.runner;

import dev.sluice.events.ActionItem;
import dev.sluice.events.TicketLink;
import dev.sluice.events.TicketState;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.sinks.ticket.TicketText;
import dev.sluice.topics.AssetPartitioner;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** A sink's links in {@code tickets.v1}, for a command while the sink does not run. */
public final class TicketBook {
  private TicketBook() {}

  /** The mark that a ticket of this sink has for the item's episode. */
  public static String mark(String sink, ActionItem item) {
    return TicketText.mark(TicketLinks.marker(sink, item.getId(), item.getEpisode()));
  }

  /** A link to a ticket that was there before. Nothing was sent to it yet. */
  public static TicketLink adopted(
      String sink, ActionItem item, String key, String url, Instant at) {
    return TicketLink.newBuilder()
        .setSink(sink)
        .setItemId(item.getId())
        .setEpisode(item.getEpisode())
        .setAsset(item.getAsset())
        .setState(TicketState.LINKED)
        .setMarker(TicketLinks.marker(sink, item.getId(), item.getEpisode()))
        .setKey(key)
        .setUrl(url)
        .setAt(at)
        .build();
  }

  /**
   * Whether any instance of the sink runs: it would not see what is written here.
   *
   * @throws KafkaException if Kafka cannot be reached
   */
  public static boolean isRunning(KafkaSettings kafka, String sink) {
    Map<String, Object> config = new HashMap<>(kafka.properties());
    config.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    config.put(AdminClientConfig.CLIENT_ID_CONFIG, "sluice-tickets");
    String group = SinkKafka.group(kafka.prefix(), sink);
    try (Admin admin = Admin.create(config)) {
      return !admin
          .describeConsumerGroups(
              List.of(group), new DescribeConsumerGroupsOptions().timeoutMs(15_000))
          .describedGroups()
          .get(group)
          .get()
          .members()
          .isEmpty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return false;
      }
      throw new KafkaException(e.getCause());
    }
  }

  /**
   * Writes links and waits until they are durable.
   *
   * @throws KafkaException if one could not be written; others may have been
   */
  public static void write(
      KafkaSettings kafka, AvroSerdes serdes, Realm realm, String sink, List<TicketLink> links) {
    SinkKafka clients = new SinkKafka(kafka, sink);
    var serde = serdes.forTopic(Topics.TICKETS);
    try (Producer<byte[], byte[]> producer = clients.producer()) {
      KafkaTicketLog log =
          new KafkaTicketLog(
              sink,
              Topics.name(kafka.prefix(), realm, Topics.TICKETS),
              clients::reader,
              producer,
              serde.serializer(),
              serde.deserializer());
      List<CompletableFuture<Void>> writes = new ArrayList<>();
      for (TicketLink link : links) {
        int partition = AssetPartitioner.partition(link.getAsset(), kafka.partitions());
        writes.add(log.append(partition, link));
      }
      for (CompletableFuture<Void> write : writes) {
        write.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while writing links", e);
    } catch (ExecutionException e) {
      throw new KafkaException("a link could not be written", e.getCause());
    }
  }
}
