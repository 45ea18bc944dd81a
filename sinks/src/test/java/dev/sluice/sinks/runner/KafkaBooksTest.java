package dev.sluice.sinks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.TicketLink;
import dev.sluice.sinks.Samples;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

final class KafkaBooksTest {
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final KafkaDeadLetters letters = new KafkaDeadLetters("sink:audit", "dead", producer);
  private final ConsumerRecord<byte[], byte[]> record =
      new ConsumerRecord<>("actionable", 3, 77, bytes("item"), bytes("value"));

  @Test
  void aDeadLetterHasTheOriginalBytesAndSaysWhereFromAndWhy() {
    record.headers().add("traceparent", bytes("00-1"));
    CompletableFuture<Void> done = letters.bury(record, "HTTP 400 from x", Samples.AT);
    assertThat(done).isNotDone();
    producer.completeNext();
    assertThat(done).isCompleted();
    ProducerRecord<byte[], byte[]> letter = producer.history().get(0);
    assertThat(letter.topic()).isEqualTo("dead");
    assertThat(letter.key()).isEqualTo(bytes("item"));
    assertThat(letter.value()).isEqualTo(bytes("value"));
    assertThat(header(letter.headers(), "sluice-topic")).isEqualTo("actionable");
    assertThat(header(letter.headers(), "sluice-partition")).isEqualTo("3");
    assertThat(header(letter.headers(), "sluice-offset")).isEqualTo("77");
    assertThat(header(letter.headers(), "sluice-step")).isEqualTo("sink:audit");
    assertThat(header(letter.headers(), "sluice-error")).isEqualTo("HTTP 400 from x");
    assertThat(header(letter.headers(), "sluice-time")).isEqualTo("2026-03-01T10:15:30Z");
    assertThat(header(letter.headers(), "traceparent")).isEqualTo("00-1");
  }

  @Test
  void aValueThatIsTooLargeIsLeftOutAndItsCoordinatesKept() {
    CompletableFuture<Void> done = letters.bury(record, "bad", Samples.AT);
    producer.errorNext(new RecordTooLargeException());
    assertThat(done).isNotDone();
    producer.completeNext();
    assertThat(done).isCompleted();
    ProducerRecord<byte[], byte[]> letter = producer.history().get(1);
    assertThat(letter.value()).isNull();
    assertThat(header(letter.headers(), "sluice-offset")).isEqualTo("77");
    assertThat(header(letter.headers(), "sluice-error"))
        .isEqualTo("bad (value omitted: too large for dead)");
  }

  @Test
  void anotherFailureIsToldToTheCaller() {
    CompletableFuture<Void> done = letters.bury(record, "bad", Samples.AT);
    producer.errorNext(new IllegalStateException("fenced"));
    assertThat(done).isCompletedExceptionally();
  }

  @Test
  void theBooksReadTheSinksOwnLinksUpToTheEnd() {
    MockConsumer<byte[], byte[]> reader = new MockConsumer<>("earliest");
    TopicPartition partition = new TopicPartition("tickets", 1);
    reader.updateBeginningOffsets(Map.of(partition, 0L));
    reader.updateEndOffsets(Map.of(partition, 4L));
    reader.schedulePollTask(
        () -> {
          reader.addRecord(link(0, "audit/i-1/1"));
          reader.addRecord(link(1, "audit-2/i-2/1"));
          reader.addRecord(new ConsumerRecord<>("tickets", 1, 2, bytes("audit/i-3/1"), null));
        });
    reader.schedulePollTask(() -> reader.addRecord(link(3, "audit/i-4/1")));
    List<String> read = new ArrayList<>();
    log(reader).read(Set.of(1), (number, link) -> read.add(number + " " + link.getItemId()));
    assertThat(read).containsExactly("1 audit/i-1/1", "1 audit/i-4/1");
    assertThat(reader.closed()).isTrue();
  }

  @Test
  void aLinkIsWrittenToItsPartitionUnderItsKey() {
    TicketLink link = TicketLink.newBuilder().setSink("audit").setItemId("i").setEpisode(2).build();
    CompletableFuture<Void> done = log(new MockConsumer<>("earliest")).append(1, link);
    producer.completeNext();
    assertThat(done).isCompleted();
    assertThat(producer.history().get(0).key()).isEqualTo(bytes("audit/i/2"));
    assertThat(producer.history().get(0).partition()).isEqualTo(1);
  }

  private KafkaTicketLog log(MockConsumer<byte[], byte[]> reader) {
    return new KafkaTicketLog(
        "audit",
        "tickets",
        () -> reader,
        producer,
        (topic, link) -> bytes(link.getItemId()),
        (topic, value) ->
            TicketLink.newBuilder()
                .setSink("audit")
                .setItemId(new String(value, StandardCharsets.UTF_8))
                .setEpisode(1)
                .build());
  }

  private static ConsumerRecord<byte[], byte[]> link(long offset, String key) {
    return new ConsumerRecord<>("tickets", 1, offset, bytes(key), bytes(key));
  }

  private static String header(Headers headers, String name) {
    return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
