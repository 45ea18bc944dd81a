package dev.sluice.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.embedded.broker.BrokerOptions;
import dev.sluice.embedded.broker.EmbeddedBroker;
import dev.sluice.embedded.broker.EmbeddedBrokerException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CrashIT {
  @TempDir Path directory;

  @Test
  void keepsAcknowledgedRecordsAndIdsWhenTheProcessIsKilled() throws Exception {
    String topic = "kept";
    try (OneMachineProcess process = OneMachineProcess.start(directory)) {
      produce(process.bootstrapServers(), topic, 1_000);
      assertThat(RegistryCalls.register(process.registryUrl(), "s", "int")).isEqualTo(1);
      assertThat(RegistryCalls.register(process.registryUrl(), "t", "string")).isEqualTo(2);
      process.kill();
    }
    try (OneMachine machine = OneMachine.persistent(directory)) {
      assertThat(consume(machine.bootstrapServers(), topic)).hasSize(1_000);
      String url = machine.registryUrl().toString();
      assertThat(RegistryCalls.register(url, "u", "string")).isEqualTo(2);
      assertThat(RegistryCalls.register(url, "v", "long")).isEqualTo(3);
    }
  }

  @Test
  void refusesADirectoryThatAnotherProcessUses() throws Exception {
    try (OneMachineProcess process = OneMachineProcess.start(directory)) {
      assertThatThrownBy(() -> EmbeddedBroker.start(BrokerOptions.persistent(directory)))
          .isInstanceOf(EmbeddedBrokerException.class)
          .hasMessageContaining("in use by process " + process.pid());
    }
  }

  private static void produce(String bootstrap, String topic, int records) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap),
            new StringSerializer(),
            new StringSerializer())) {
      for (int i = 0; i < records; i++) {
        producer.send(new ProducerRecord<>(topic, "k", "v" + i));
      }
      producer.flush();
    }
  }

  private static List<String> consume(String bootstrap, String topic) {
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap),
            new StringDeserializer(),
            new StringDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      List<String> values = new ArrayList<>();
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofSeconds(5)).forEach(each -> values.add(each.value()));
      }
      return values;
    }
  }
}
