package dev.sluice.bench.flink;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.common.TopicPartition;

/**
 * Runs the job once for each line on standard input, on a mini-cluster in this JVM, with state in
 * RocksDB, a checkpoint each second and an exactly-once sink. A line has, for each partition, the
 * offsets from and to which to read: {@code 0-100 5-120}. The answer is a line with the seconds
 * from the first event read until everything is committed.
 */
public final class FlinkJob {
  private final String bootstrapServers;
  private final String registry;
  private final String input;
  private final String output;
  private final Path folder;
  private final int parallelism;
  private int runs;

  private FlinkJob(String[] arguments) {
    bootstrapServers = arguments[0];
    registry = arguments[1];
    input = arguments[2];
    output = arguments[3];
    folder = Path.of(arguments[4]);
    parallelism = Integer.parseInt(arguments[5]);
  }

  /** Arguments: bootstrap servers, registry, topic to read, topic to write, folder, parallelism. */
  public static void main(String[] arguments) throws Exception {
    FlinkJob job = new FlinkJob(arguments);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      System.out.println("seconds " + job.run(line.strip().split(" ")));
    }
  }

  private double run(String[] ranges) throws Exception {
    Map<TopicPartition, Long> from = new HashMap<>();
    Map<TopicPartition, Long> to = new HashMap<>();
    for (int i = 0; i < ranges.length; i++) {
      String[] range = ranges[i].split("-");
      from.put(new TopicPartition(input, i), Long.valueOf(range[0]));
      to.put(new TopicPartition(input, i), Long.valueOf(range[1]));
    }
    ClaimReader.FIRST.set(0);
    StreamExecutionEnvironment environment = environment();
    BroadcastStream<String> matrix =
        environment.fromData(matrix()).broadcast(Deduplicate.SUPPORT);
    environment
        .fromSource(source(from, to), WatermarkStrategy.noWatermarks(), "observed")
        .keyBy(claim -> claim.key)
        .connect(matrix)
        .process(new Deduplicate())
        .sinkTo(sink());
    environment.execute("deduplicate-enrich-filter");
    return (System.nanoTime() - ClaimReader.FIRST.get()) / 1e9;
  }

  private StreamExecutionEnvironment environment() {
    Configuration configuration = new Configuration();
    configuration.setString("state.backend.type", "rocksdb");
    // Else a job that fails is started again without end, and nobody hears of it.
    configuration.setString("restart-strategy.type", "none");
    configuration.setString("execution.checkpointing.incremental", "true");
    configuration.setString("execution.checkpointing.dir", folder.toUri().toString());
    configuration.setString("taskmanager.memory.managed.size", "256m");
    configuration.setString("pipeline.object-reuse", "true");
    configuration.setString("taskmanager.numberOfTaskSlots", Integer.toString(parallelism));
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
    environment.enableCheckpointing(1_000);
    return environment;
  }

  /** Which lines are supported; the benchmark's assets are all supported but a few. */
  private static List<String> matrix() {
    List<String> lines = new ArrayList<>();
    for (int team = 0; team < 17; team++) {
      lines.add("registry.example/team-" + team + "/service-" + team + "=" + (team != 3));
    }
    return lines;
  }

  private KafkaSource<Claim> source(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
    return KafkaSource.<Claim>builder()
        .setBootstrapServers(bootstrapServers)
        .setTopics(input)
        .setStartingOffsets(OffsetsInitializer.offsets(from))
        .setBounded(OffsetsInitializer.offsets(to))
        .setDeserializer(new ClaimReader(registry))
        .build();
  }

  private KafkaSink<String> sink() {
    Properties properties = new Properties();
    properties.put("transaction.timeout.ms", "60000");
    properties.put("compression.type", "lz4");
    return KafkaSink.<String>builder()
        .setBootstrapServers(bootstrapServers)
        .setKafkaProducerConfig(properties)
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix("bench-flink-" + runs++)
        .setRecordSerializer(
            KafkaRecordSerializationSchema.<String>builder()
                .setTopic(output)
                .setValueSerializationSchema(new SimpleStringSchema())
                .build())
        .build();
  }
}
