package dev.sluice.embedded.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
  void makesADirectoryForItsUserAlone() throws Exception {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    Path made = directory.resolve("below").resolve("data");
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.persistent(made))) {
      assertThat(broker.directory()).isEqualTo(made);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
          .isEqualTo("rwx------");
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
