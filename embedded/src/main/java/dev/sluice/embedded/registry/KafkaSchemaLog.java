package dev.sluice.embedded.registry;

import dev.sluice.embedded.registry.ChangeJson.Text;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The log in a compacted topic of one partition. Written in transactions: several records are
 * written together or not at all, and a registry that opens the topic shuts out an earlier one, so
 * that two never give out the same id.
 */
final class KafkaSchemaLog implements SchemaLog {
  private static final Duration WAIT = Duration.ofSeconds(30);

  private final RegistryOptions options;
  private final TopicPartition partition;
  private final String clusterId;
  private final KafkaProducer<String, String> producer;
  private String broken;

  private KafkaSchemaLog(
      RegistryOptions options, String clusterId, KafkaProducer<String, String> producer) {
    this.options = options;
    this.partition = new TopicPartition(options.topic(), 0);
    this.clusterId = clusterId;
    this.producer = producer;
  }

  /**
   * Creates the topic if it is not there, and takes it over.
   *
   * @throws IllegalStateException if the topic cannot be reached, or is not fit to keep ids
   */
  static KafkaSchemaLog open(RegistryOptions options) {
    String clusterId = prepare(options);
    KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            producerProperties(options), new StringSerializer(), new StringSerializer());
    try {
      producer.initTransactions();
      return new KafkaSchemaLog(options, clusterId, producer);
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw unreachable(options, e);
    }
  }

  private static String prepare(RegistryOptions options) {
    try (Admin admin = Admin.create(common(options))) {
      String clusterId = await(admin.describeCluster().clusterId());
      NewTopic topic =
          new NewTopic(options.topic(), 1, (short) options.replication())
              .configs(Map.of("cleanup.policy", "compact"));
      try {
        await(admin.createTopics(List.of(topic)).all());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
        requireFit(admin, options.topic());
      }
      return clusterId;
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw unreachable(options, e instanceof ExecutionException ? e.getCause() : e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(options, e);
    }
  }

  private static void requireFit(Admin admin, String topic)
      throws ExecutionException, TimeoutException, InterruptedException {
    int partitions =
        await(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic).partitions().size();
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    String policy =
        await(admin.describeConfigs(List.of(resource)).all())
            .get(resource)
            .get("cleanup.policy")
            .value();
    if (partitions != 1 || !policy.equals("compact")) {
      throw new IllegalStateException(
          "topic "
              + topic
              + " has "
              + partitions
              + " partitions and cleanup.policy="
              + policy
              + ", and must have 1 and compact, else schema ids are lost; correct it, or give the"
              + " registry a topic of its own");
    }
  }

  private static <T> T await(org.apache.kafka.common.KafkaFuture<T> future)
      throws ExecutionException, TimeoutException, InterruptedException {
    return future.get(WAIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static IllegalStateException unreachable(RegistryOptions options, Throwable cause) {
    return new IllegalStateException(
        "the registry cannot use topic "
            + options.topic()
            + " at "
            + options.bootstrapServers()
            + ": "
            + cause
            + "; check that the broker runs and lets this user write there",
        cause);
  }

  private static Map<String, Object> common(RegistryOptions options) {
    Map<String, Object> p = new HashMap<>(options.clientProperties());
    p.put("bootstrap.servers", options.bootstrapServers());
    p.put("client.id", "sluice-registry");
    return p;
  }

  private static Map<String, Object> producerProperties(RegistryOptions options) {
    Map<String, Object> p = common(options);
    p.put("transactional.id", "sluice-registry-" + options.topic());
    p.put("acks", "all");
    p.put("buffer.memory", 4 << 20);
    p.put("batch.size", 0);
    p.put("linger.ms", 0);
    p.put("request.timeout.ms", 10_000);
    p.put("delivery.timeout.ms", 20_000);
    p.put("max.block.ms", WAIT.toMillis());
    p.put("transaction.timeout.ms", 30_000);
    return p;
  }

  private static Map<String, Object> consumerProperties(RegistryOptions options) {
    Map<String, Object> p = common(options);
    p.put("enable.auto.commit", false);
    p.put("isolation.level", "read_committed");
    p.put("auto.offset.reset", "none");
    return p;
  }

  /** Kafka's id of the cluster that keeps the topic. */
  String clusterId() {
    return clusterId;
  }

  @Override
  public void replay(Consumer<Change> reader) {
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            consumerProperties(options), new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition), WAIT).get(partition);
      long position = consumer.position(partition, WAIT);
      while (position < end) {
        for (ConsumerRecord<String, String> each : consumer.poll(WAIT)) {
          reader.accept(read(each));
        }
        long next = consumer.position(partition, WAIT);
        if (next == position) {
          throw new IllegalStateException(
              "the registry cannot read topic "
                  + options.topic()
                  + " beyond offset "
                  + position
                  + " of "
                  + end
                  + "; check that the broker runs");
        }
        position = next;
      }
    } catch (KafkaException e) {
      throw unreachable(options, e);
    }
  }

  private static Change read(ConsumerRecord<String, String> each) {
    try {
      return ChangeJson.read(new Text(each.key(), each.value()));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "the registry cannot use topic "
              + each.topic()
              + ": the record at offset "
              + each.offset()
              + ": "
              + e.getMessage()
              + "; use the registry that wrote it, or give this one a topic of its own",
          e);
    }
  }

  @Override
  public void append(List<Change> changes) {
    if (broken != null) {
      throw Refusal.of(50001, broken);
    }
    try {
      producer.beginTransaction();
      for (Change change : changes) {
        Text text = ChangeJson.write(change);
        producer.send(new ProducerRecord<>(options.topic(), 0, text.key(), text.value()));
      }
      producer.commitTransaction();
    } catch (KafkaException e) {
      throw notWritten(e);
    }
  }

  private Refusal notWritten(KafkaException e) {
    Throwable root = e.getCause() == null ? e : e.getCause();
    if (e instanceof ProducerFencedException
        || e instanceof InvalidProducerEpochException
        || root instanceof ProducerFencedException
        || root instanceof InvalidProducerEpochException) {
      broken =
          "Another registry has taken over topic "
              + options.topic()
              + "; use that one, and stop this one";
      return Refusal.of(50001, broken);
    }
    try {
      producer.abortTransaction();
    } catch (KafkaException abort) {
      broken =
          "The registry does not know whether its last change was kept in topic "
              + options.topic()
              + "; start it again";
      return Refusal.of(50001, broken);
    }
    if (root instanceof RecordTooLargeException) {
      return Refusal.of(42209, "The schema is larger than the broker takes: " + root.getMessage());
    }
    return Refusal.of(
        50001, "The schema was not written to topic " + options.topic() + ": " + root.getMessage());
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
