package dev.sluice.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.embedded.junit.SharedKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Transactions, which the topology stands on, work on one node. */
@ExtendWith(SharedKafka.class)
final class ExactlyOnceIT {
  private static final int RECORDS = 200;

  private final String in = SharedKafka.unique("in");
  private final String out = SharedKafka.unique("out");
  private OneMachine machine;

  @BeforeEach
  void createTopics(OneMachine machine) throws Exception {
    this.machine = machine;
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", machine.bootstrapServers()))) {
      admin
          .createTopics(List.of(new NewTopic(in, 1, (short) 1), new NewTopic(out, 1, (short) 1)))
          .all()
          .get();
    }
  }

  @Test
  void copiesEachRecordOnceThoughEverySecondTryIsAborted() {
    try (KafkaProducer<String, String> producer = producer(null)) {
      IntStream.range(0, RECORDS)
          .forEach(i -> producer.send(new ProducerRecord<>(in, "k", "v" + i)));
    }
    String group = SharedKafka.unique("copy");
    int tries = 0;
    while (!copySome(group, tries % 2 == 1)) {
      tries++;
      assertThat(tries).isLessThan(1_000);
    }
    assertThat(read(out, "read_committed"))
        .isEqualTo(IntStream.range(0, RECORDS).mapToObj(i -> "v" + i).toList());
    assertThat(read(out, "read_uncommitted")).hasSizeGreaterThan(RECORDS);
  }

  /** A process of its own each time: copies up to 40 records, and then commits or does not. */
  private boolean copySome(String group, boolean commit) {
    try (KafkaConsumer<String, String> consumer = consumer(group, "read_committed");
        KafkaProducer<String, String> producer = producer(group)) {
      TopicPartition partition = new TopicPartition(in, 0);
      consumer.assign(List.of(partition));
      producer.initTransactions();
      if (consumer.position(partition) == RECORDS) {
        return true;
      }
      ConsumerRecords<String, String> records = consumer.poll(Duration.ofSeconds(5));
      producer.beginTransaction();
      for (ConsumerRecord<String, String> each : records) {
        producer.send(new ProducerRecord<>(out, each.key(), each.value()));
      }
      producer.sendOffsetsToTransaction(
          Map.of(partition, new OffsetAndMetadata(consumer.position(partition))),
          consumer.groupMetadata());
      if (commit) {
        producer.commitTransaction();
      } else {
        producer.flush();
        producer.abortTransaction();
      }
      return false;
    }
  }

  @Test
  void shutsOutAZombie() {
    String id = SharedKafka.unique("zombie");
    try (KafkaProducer<String, String> zombie = producer(id);
        KafkaProducer<String, String> successor = producer(id)) {
      zombie.initTransactions();
      zombie.beginTransaction();
      zombie.send(new ProducerRecord<>(out, "k", "late"));
      successor.initTransactions();
      assertThatThrownBy(zombie::commitTransaction).isInstanceOf(ProducerFencedException.class);
      successor.beginTransaction();
      successor.send(new ProducerRecord<>(out, "k", "good"));
      successor.commitTransaction();
    }
    assertThat(read(out, "read_committed")).containsExactly("good");
  }

  private KafkaProducer<String, String> producer(String transactionalId) {
    Map<String, Object> p = new HashMap<>();
    p.put("bootstrap.servers", machine.bootstrapServers());
    if (transactionalId != null) {
      p.put("transactional.id", transactionalId);
    }
    return new KafkaProducer<>(p, new StringSerializer(), new StringSerializer());
  }

  private KafkaConsumer<String, String> consumer(String group, String isolation) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            machine.bootstrapServers(),
            "group.id",
            group,
            "isolation.level",
            isolation,
            "auto.offset.reset",
            "earliest",
            "enable.auto.commit",
            "false",
            "max.poll.records",
            "40"),
        new StringDeserializer(),
        new StringDeserializer());
  }

  private List<String> read(String topic, String isolation) {
    try (KafkaConsumer<String, String> consumer = consumer(SharedKafka.unique("read"), isolation)) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      List<String> values = new ArrayList<>();
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofSeconds(5)).forEach(each -> values.add(each.value()));
      }
      return values;
    }
  }
}
