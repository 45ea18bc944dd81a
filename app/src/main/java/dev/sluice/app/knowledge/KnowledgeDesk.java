package dev.sluice.app.knowledge;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.ExitCode;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.app.topic.TopicTable;
import dev.sluice.registry.RegistryException;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.streams.knowledge.KnowledgePublisher;
import dev.sluice.topics.Topic;
import dev.sluice.topics.Topics.Realm;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;

/** Reads and writes reference data for one command. */
public final class KnowledgeDesk {
  private final SluiceSettings settings;
  private final AvroSerdes serdes;

  public KnowledgeDesk(SluiceSettings settings) {
    this.settings = settings;
    this.serdes = AvroSerdes.of(settings.registry());
  }

  public SluiceSettings settings() {
    return settings;
  }

  public AvroSerdes serdes() {
    return serdes;
  }

  /**
   * Writes.
   *
   * @throws CommandFailure if Kafka or the registry cannot be reached
   */
  public void write(Consumer<KnowledgePublisher> work) {
    reach(
        kafka -> {
          try (KnowledgePublisher publisher =
              KnowledgePublisher.of(settings.kafka(), serdes, Clock.systemUTC())) {
            work.accept(publisher);
          }
          return null;
        });
  }

  /**
   * The newest value of every key of a topic, sorted.
   *
   * @throws CommandFailure if Kafka or the registry cannot be reached
   */
  public <V extends SpecificRecord> List<V> all(Topic<V> topic, Comparator<V> order) {
    return some(topic, row -> true, order);
  }

  /**
   * The newest value of the keys of a topic that are wanted, sorted.
   *
   * @throws CommandFailure if Kafka or the registry cannot be reached
   */
  public <V extends SpecificRecord> List<V> some(
      Topic<V> topic, Predicate<V> wanted, Comparator<V> order) {
    return reach(
        kafka -> {
          try (TopicTable<V> table =
              TopicTable.open(settings.kafka(), serdes, Realm.COMMON, topic)) {
            return table.keep(wanted).refresh().values().stream().sorted(order).toList();
          }
        });
  }

  /**
   * Reads every record of a topic once, in the order of each partition.
   *
   * @param reader takes a key and its value, null where it was deleted
   * @throws CommandFailure if Kafka or the registry cannot be reached
   */
  public <V extends SpecificRecord> void read(Topic<V> topic, BiConsumer<String, V> reader) {
    reach(
        kafka -> {
          try (TopicTable<V> table =
              TopicTable.open(settings.kafka(), serdes, Realm.COMMON, topic)) {
            table.read(reader);
          }
          return null;
        });
  }

  private <T> T reach(Function<String, T> work) {
    String kafka = settings.kafka().bootstrapServers();
    try {
      return work.apply(kafka);
    } catch (RegistryException e) {
      throw new CommandFailure(ExitCode.UNREACHABLE, e.getMessage(), e);
    } catch (KafkaException e) {
      throw new CommandFailure(
          ExitCode.UNREACHABLE,
          "Kafka at "
              + kafka
              + ": "
              + (e.getCause() == null ? e : e.getCause()).getMessage()
              + "; name it with --set kafka.bootstrap-servers=HOST:PORT, or run this where"
              + " sluice up has its data directory",
          e);
    }
  }
}
