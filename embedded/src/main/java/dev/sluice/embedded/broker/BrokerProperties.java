package dev.sluice.embedded.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Kafka's configuration for one small node. Each departure from Kafka's default has its reason. */
final class BrokerProperties {
  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  /** One MiB of value, as clients send at most by default, and room for key and headers. */
  private static final int MESSAGE_MAX_BYTES = (1 << 20) + (64 << 10);

  private BrokerProperties() {}

  static Map<String, String> of(BrokerOptions options, Path directory, Ports ports) {
    Map<String, String> p = new TreeMap<>();
    identity(p, directory, ports);
    singleNode(p);
    smallMemory(p);
    quickGroups(p);
    p.put("auto.create.topics.enable", "false");
    p.put("message.max.bytes", String.valueOf(MESSAGE_MAX_BYTES));
    flush(p, options.flushInterval());
    p.putAll(options.overrides());
    return p;
  }

  private static void identity(Map<String, String> p, Path directory, Ports ports) {
    p.put("process.roles", "broker,controller");
    p.put("node.id", String.valueOf(NODE_ID));
    p.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:"
            + ports.broker()
            + ","
            + CONTROLLER_LISTENER
            + "://127.0.0.1:"
            + ports.controller());
    p.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + ports.broker());
    p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.put("controller.listener.names", CONTROLLER_LISTENER);
    p.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + ports.controller());
    p.put("log.dirs", directory.toString());
  }

  private static void singleNode(Map<String, String> p) {
    p.put("default.replication.factor", "1");
    p.put("min.insync.replicas", "1");
    p.put("offsets.topic.replication.factor", "1");
    p.put("transaction.state.log.replication.factor", "1");
    p.put("transaction.state.log.min.isr", "1");
    p.put("share.coordinator.state.topic.replication.factor", "1");
    p.put("share.coordinator.state.topic.min.isr", "1");
    // A machine that was off for a fortnight must not have forgotten what its groups have read.
    p.put("offsets.retention.minutes", String.valueOf(Duration.ofDays(365).toMinutes()));
    // An idle node writes and syncs a record every half second by default.
    p.put("metadata.max.idle.interval.ms", "5000");
    // After a crash the controller waits this long for the broker that was, before it takes the
    // new.
    p.put("broker.session.timeout.ms", "4000");
    p.put("broker.heartbeat.interval.ms", "1000");
  }

  private static void smallMemory(Map<String, String> p) {
    p.put("num.network.threads", "2");
    p.put("num.io.threads", "4");
    p.put("background.threads", "2");
    p.put("num.recovery.threads.per.data.dir", "2");
    p.put("group.coordinator.threads", "1");
    p.put("group.coordinator.background.threads", "1");
    p.put("offsets.topic.num.partitions", "4");
    p.put("transaction.state.log.num.partitions", "4");
    p.put("share.coordinator.state.topic.num.partitions", "1");
    p.put("log.cleaner.dedupe.buffer.size", String.valueOf(4 << 20));
    p.put("log.cleaner.io.buffer.size", String.valueOf(128 << 10));
    // Index files are mapped at full size: hundreds of partitions with the default map gigabytes.
    p.put("log.segment.bytes", String.valueOf(128 << 20));
    p.put("log.index.size.max.bytes", String.valueOf(512 << 10));
    p.put("offsets.topic.segment.bytes", String.valueOf(16 << 20));
    p.put("transaction.state.log.segment.bytes", String.valueOf(16 << 20));
    p.put("offsets.load.buffer.size", String.valueOf(1 << 20));
    p.put("transaction.state.log.load.buffer.size", String.valueOf(1 << 20));
    p.put("metadata.log.segment.bytes", String.valueOf(32 << 20));
    p.put("queued.max.requests", "100");
  }

  private static void quickGroups(Map<String, String> p) {
    p.put("group.initial.rebalance.delay.ms", "0");
    p.put("group.streams.initial.rebalance.delay.ms", "0");
    // Lets services that share this machine notice each other's death in a second or two.
    p.put("group.min.session.timeout.ms", "1000");
    p.put("group.consumer.min.session.timeout.ms", "1000");
    p.put("group.consumer.min.heartbeat.interval.ms", "100");
    p.put("group.streams.min.session.timeout.ms", "1000");
    p.put("group.streams.min.heartbeat.interval.ms", "100");
  }

  private static void flush(Map<String, String> p, Duration interval) {
    if (!interval.isZero()) {
      p.put("log.flush.interval.ms", String.valueOf(interval.toMillis()));
      p.put("log.flush.scheduler.interval.ms", String.valueOf(interval.toMillis()));
    }
  }
}
