package dev.sluice.sinks.runner;

import dev.sluice.events.ActionItem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code items.v1}. */
final class KafkaItemStates implements ItemStates {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaItemStates.class);

  private final String topic;
  private final Supplier<Consumer<byte[], byte[]>> readers;
  private final Deserializer<ActionItem> decoder;

  KafkaItemStates(
      String topic, Supplier<Consumer<byte[], byte[]>> readers, Deserializer<ActionItem> decoder) {
    this.topic = topic;
    this.readers = readers;
    this.decoder = decoder;
  }

  @Override
  public Cursor read(Set<Integer> partitions) {
    return new KafkaCursor(partitions);
  }

  private final class KafkaCursor implements Cursor {
    private final Consumer<byte[], byte[]> consumer = readers.get();
    private final Map<TopicPartition, Long> ends;

    KafkaCursor(Set<Integer> partitions) {
      List<TopicPartition> all =
          partitions.stream().map(number -> new TopicPartition(topic, number)).toList();
      try {
        consumer.assign(all);
        consumer.seekToBeginning(all);
        ends = consumer.endOffsets(all);
      } catch (RuntimeException e) {
        consumer.close();
        throw e;
      }
    }

    @Override
    public List<State> next(Duration wait) {
      List<State> states = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> raw : consumer.poll(wait)) {
        if (raw.offset() < ends.get(new TopicPartition(raw.topic(), raw.partition()))) {
          states.add(new State(raw, item(raw)));
        }
      }
      return states;
    }

    @Override
    public boolean isAtEnd() {
      return consumer.assignment().stream()
          .allMatch(partition -> consumer.position(partition) >= ends.get(partition));
    }

    @Override
    public void back(Map<Integer, Long> offsets) {
      consumer.assign(
          offsets.keySet().stream().map(number -> new TopicPartition(topic, number)).toList());
      offsets.forEach((number, offset) -> consumer.seek(new TopicPartition(topic, number), offset));
    }

    @Override
    public void close() {
      consumer.close();
    }
  }

  private Optional<ActionItem> item(ConsumerRecord<byte[], byte[]> raw) {
    if (raw.value() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(decoder.deserialize(topic, raw.headers(), raw.value()));
    } catch (SerializationException e) {
      LOG.atWarn()
          .addKeyValue("topic", topic)
          .addKeyValue("partition", raw.partition())
          .addKeyValue("offset", raw.offset())
          .addKeyValue("error", e.getMessage())
          .log("The state of an item cannot be read and is left out");
      return Optional.empty();
    }
  }
}
