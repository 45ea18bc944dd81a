package dev.sluice.embedded.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BrokerFailureIT {
  @TempDir Path directory;

  @Test
  void saysThatItsDiskIsGoneAndLeavesTheProcessAlive() throws Exception {
    Path data = directory.resolve("data");
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.persistent(data));
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      Files.move(data, directory.resolve("gone"));
      Files.writeString(data, "a file where the directory was");
      admin.createTopics(List.of(new NewTopic("t", 1, (short) 1)));
      await().atMost(Duration.ofSeconds(60)).until(() -> broker.failure().isPresent());
      assertThat(broker.failed().toCompletableFuture()).isCompleted();
      assertThat(broker.failure().get()).contains("Kafka asked to end the process");
    }
  }

  @Test
  void doesNotLetKafkaEndTheProcess() {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.temporary())) {
      assertThatThrownBy(() -> Exit.halt(1, "no disk"))
          .hasMessageContaining("status 1")
          .hasMessageContaining("no disk");
      assertThat(broker.failure()).isPresent();
    }
  }

  @Test
  void namesAPortInUse() throws IOException {
    try (var taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
      BrokerOptions options = BrokerOptions.persistent(directory).withPort(taken.getLocalPort());
      assertThatThrownBy(() -> EmbeddedBroker.start(options))
          .isInstanceOf(EmbeddedBrokerException.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void refusesADirectoryThatHoldsSomethingElse() throws IOException {
    Files.writeString(directory.resolve("thesis.tex"), "do not touch");
    assertThatThrownBy(() -> EmbeddedBroker.start(BrokerOptions.persistent(directory)))
        .hasMessageContaining("thesis.tex")
        .hasMessageContaining("choose an empty directory");
  }

  @Test
  void saysWhatKafkaRefusesAndReleasesTheDirectory() {
    BrokerOptions wrong =
        BrokerOptions.persistent(directory).with("log.cleaner.dedupe.buffer.size", "1");
    assertThatThrownBy(() -> EmbeddedBroker.start(wrong))
        .isInstanceOf(EmbeddedBrokerException.class)
        .hasMessageContaining(directory.toString());
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.persistent(directory))) {
      assertThat(broker.failure()).isEmpty();
    }
  }
}
