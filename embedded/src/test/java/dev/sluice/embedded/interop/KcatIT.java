package dev.sluice.embedded.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.embedded.OneMachine;
import dev.sluice.embedded.junit.SharedKafka;
import dev.sluice.events.ScanEvent;
import dev.sluice.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client in C, and a command that operators have, with our broker. */
@ExtendWith(SharedKafka.class)
final class KcatIT {
  private final String topic = SharedKafka.unique("kcat");
  private OneMachine machine;

  @BeforeEach
  void createTopic(OneMachine machine) throws Exception {
    Tool.require(Tool.isInstalled("kcat", "-V"), "install kcat (apt-get install kcat)");
    this.machine = machine;
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", machine.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }
  }

  private byte[] produceEvent() throws Exception {
    byte[] bytes;
    try (Serde<ScanEvent> serde = Events.serdes(machine).forTopic(Topics.OBSERVED)) {
      bytes = serde.serializer().serialize(topic, Events.observation("scan-for-kcat"));
    }
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", machine.bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, "redis", bytes)).get();
    }
    return bytes;
  }

  private Tool.Output kcat(byte[] input, String... arguments) {
    List<String> command = new ArrayList<>(List.of("kcat", "-b", machine.bootstrapServers()));
    command.addAll(List.of(arguments));
    return Tool.run(Path.of("."), command, input);
  }

  @Test
  void readsAvroThroughTheRegistry() throws Exception {
    Tool.Output version = kcat(new byte[0], "-V");
    assumeTrue(
        new String(version.out(), StandardCharsets.UTF_8).contains("Avro"),
        "Skipped: this kcat was built without Avro, as Debian's is");
    produceEvent();
    Tool.Output output =
        kcat(
            new byte[0],
            "-C",
            "-e",
            "-q",
            "-t",
            topic,
            "-s",
            "value=avro",
            "-r",
            machine.registryUrl().toString());
    assertThat(output.err()).isEmpty();
    assertThat(new String(output.out(), StandardCharsets.UTF_8)).contains("scan-for-kcat");
  }

  @Test
  void readsTheBytesThatWeWrote() throws Exception {
    byte[] bytes = produceEvent();
    Tool.Output output = kcat(new byte[0], "-C", "-e", "-q", "-t", topic, "-D", "");
    assertThat(output.status()).isZero();
    assertThat(output.out()).isEqualTo(bytes);
  }

  @Test
  void unpacksOurFraming() throws Exception {
    byte[] bytes = produceEvent();
    int id = java.nio.ByteBuffer.wrap(bytes, 1, 4).getInt();
    Tool.Output output =
        kcat(new byte[0], "-C", "-e", "-q", "-t", topic, "-s", "value=bI", "-f", "%k %s\n");
    assertThat(new String(output.out(), StandardCharsets.UTF_8)).isEqualTo("redis 0" + id + "\n");
  }

  @Test
  void producesWhatWeConsume() {
    Tool.Output output =
        kcat(
            "k1:first\nk2:second\n".getBytes(StandardCharsets.UTF_8), "-P", "-t", topic, "-K", ":");
    assertThat(output.err()).isEmpty();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", machine.bootstrapServers()),
            new StringDeserializer(),
            new StringDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      List<String> values = new ArrayList<>();
      while (values.size() < 2) {
        for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofSeconds(30))) {
          values.add(each.key() + "=" + each.value());
        }
      }
      assertThat(values).containsExactly("k1=first", "k2=second");
    }
  }
}
