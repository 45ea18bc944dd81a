package dev.sluice.embedded.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedBrokerIT {
  @TempDir Path directory;

  @Test
  void keepsTopicsAndClusterIdAcrossRestarts() throws Exception {
    String id;
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.persistent(directory));
        Admin admin = admin(broker)) {
      id = broker.clusterId();
      admin.createTopics(List.of(new NewTopic("kept", 3, (short) 1))).all().get();
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.persistent(directory));
        Admin admin = admin(broker)) {
      assertThat(broker.clusterId()).isEqualTo(id);
      assertThat(admin.describeCluster().clusterId().get()).isEqualTo(id);
      assertThat(admin.listTopics().names().get()).contains("kept");
      assertThat(broker.failure()).isEmpty();
    }
  }

  @Test
  void refusesADirectoryInUse() {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.persistent(directory))) {
      assertThatThrownBy(() -> EmbeddedBroker.start(BrokerOptions.persistent(directory)))
          .isInstanceOf(EmbeddedBrokerException.class)
          .hasMessageContaining(directory.toString())
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
      assertThat(broker.failure()).isEmpty();
    }
  }

  @Test
  void deletesItsTemporaryDirectory() {
    Path temporary;
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.temporary())) {
      temporary = broker.directory();
      assertThat(temporary).isDirectory();
    }
    assertThat(Files.exists(temporary)).isFalse();
  }

  @Test
  void leavesNoThreadBehind() {
    try (EmbeddedBroker warmUp = EmbeddedBroker.start(BrokerOptions.temporary())) {
      assertThat(warmUp.failure()).isEmpty();
    }
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.temporary())) {
      assertThat(broker.failure()).isEmpty();
    }
    Set<String> left =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> !before.contains(thread))
            .map(Thread::getName)
            .collect(Collectors.toSet());
    assertThat(left).isEmpty();
  }

  private static Admin admin(EmbeddedBroker broker) {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }
}
