package dev.sluice.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.embedded.broker.BrokerOptions;
import dev.sluice.embedded.broker.EmbeddedBroker;
import dev.sluice.embedded.registry.EmbeddedRegistry;
import dev.sluice.embedded.registry.RegistryOptions;
import dev.sluice.registry.CompatibilityLevel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OneMachineIT {
  @TempDir Path directory;

  @Test
  void keepsSchemaIdsAcrossRestarts() {
    try (OneMachine machine = OneMachine.persistent(directory)) {
      String url = machine.registryUrl().toString();
      assertThat(RegistryCalls.register(url, "first", "int")).isEqualTo(1);
      assertThat(RegistryCalls.register(url, "second", "string")).isEqualTo(2);
      RegistryCalls.client(url).setCompatibility("first", CompatibilityLevel.NONE);
    }
    try (OneMachine machine = OneMachine.persistent(directory)) {
      String url = machine.registryUrl().toString();
      assertThat(RegistryCalls.register(url, "third", "string")).isEqualTo(2);
      assertThat(RegistryCalls.register(url, "fourth", "long")).isEqualTo(3);
      assertThat(RegistryCalls.client(url).compatibility("first"))
          .isEqualTo(CompatibilityLevel.NONE);
    }
  }

  @Test
  void refusesATopicThatWouldLoseIds() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.temporary())) {
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
        admin.createTopics(List.of(new NewTopic("_schemas", 2, (short) 1))).all().get();
      }
      assertThatThrownBy(
              () -> EmbeddedRegistry.start(RegistryOptions.on(broker.bootstrapServers())))
          .hasMessageContaining("_schemas has 2 partitions and cleanup.policy=delete");
    }
  }

  @Test
  void leavesNoThreadBehind() {
    startRegisterStop();
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    startRegisterStop();
    Set<String> left =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> !before.contains(thread))
            .map(Thread::getName)
            // The client's, not ours: it ends when the client is collected.
            .filter(name -> !name.startsWith("HttpClient-"))
            .collect(Collectors.toSet());
    assertThat(left).isEmpty();
  }

  private static void startRegisterStop() {
    try (OneMachine machine = OneMachine.temporary()) {
      assertThat(RegistryCalls.register(machine.registryUrl().toString(), "s", "int")).isEqualTo(1);
    }
  }
}
