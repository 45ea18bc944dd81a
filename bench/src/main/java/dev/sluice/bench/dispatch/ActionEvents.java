package dev.sluice.bench.dispatch;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.ItemFinding;
import dev.sluice.events.ItemKind;
import dev.sluice.events.ItemStatus;
import dev.sluice.events.Severity;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.topics.AssetPartitioner;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Writes opened items to {@code findings.actionable.v1}, each of one upgrade of two findings. */
final class ActionEvents {
  private static final Instant AT = Instant.parse("2026-03-01T10:15:30Z");

  private final KafkaSettings kafka;
  private final String topic;
  private final Serializer<ActionEvent> values;

  ActionEvents(KafkaSettings kafka, AvroSerdes serdes) {
    this.kafka = kafka;
    this.topic = Topics.name(kafka.prefix(), Realm.COMMON, Topics.ACTIONABLE);
    this.values = serdes.forTopic(Topics.ACTIONABLE).serializer();
  }

  void write(int count) {
    Map<String, Object> config =
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < count; i++) {
        ActionItem item = item(i);
        producer.send(
            new ProducerRecord<>(
                topic,
                AssetPartitioner.partition(item.getAsset(), kafka.partitions()),
                item.getId().getBytes(StandardCharsets.UTF_8),
                values.serialize(topic, event(item))));
      }
    }
  }

  private static ActionItem item(int number) {
    return ActionItem.newBuilder()
        .setId("item-" + number)
        .setAsset("registry.example/team-" + number % 17 + "/service-" + number % 250)
        .setKind(ItemKind.UPGRADE)
        .setTitle("Upgrade libssl" + number + " to 3.0.15-1~deb12u1")
        .setSummary("Upgrade libssl" + number + "; this fixes 2 findings.")
        .setPackage$("pkg:deb/debian/libssl" + number)
        .setPackageName("libssl" + number)
        .setSeverity(Severity.CRITICAL)
        .setFindings(List.of(finding(number, Severity.CRITICAL), finding(-number, Severity.HIGH)))
        .setFindingCount(2)
        .setScanners(List.of("grype", "trivy"))
        .setOwner("team-" + number % 17)
        .setReferences(List.of("https://lists.example/archive/2026/03/msg00042.html"))
        .setRule("fixable")
        .setReason("CVE-2026-" + number + " is critical and has a fix.")
        .setStatus(ItemStatus.OPEN)
        .setEpisode(1)
        .setFirstSeen(AT)
        .setOpenedAt(AT)
        .setRevision(1)
        .setContentHash("hash-1")
        .setGeneration(1)
        .setUpdatedAt(AT)
        .build();
  }

  private static ItemFinding finding(int number, Severity severity) {
    return ItemFinding.newBuilder()
        .setFindingId("f" + number)
        .setVulnerability("CVE-2026-" + Math.abs(number))
        .setSeverity(severity)
        .build();
  }

  private static ActionEvent event(ActionItem item) {
    return ActionEvent.newBuilder()
        .setId(item.getId() + "-1-1")
        .setItemId(item.getId())
        .setType(ActionEventType.OPENED)
        .setAt(AT)
        .setItem(item)
        .build();
  }
}
