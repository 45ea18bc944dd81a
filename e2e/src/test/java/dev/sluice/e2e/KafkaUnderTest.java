package dev.sluice.e2e;

import dev.sluice.embedded.junit.SharedKafka;
import dev.sluice.embedded.registry.EmbeddedRegistry;
import dev.sluice.embedded.registry.RegistryOptions;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** A broker, and a registry on it. */
interface KafkaUnderTest extends AutoCloseable {

  /** Image of Kafka's own project; another registry or version by {@code sluice.kafka.image}. */
  String IMAGE = System.getProperty("sluice.kafka.image", "apache/kafka:4.3.1");

  String bootstrapServers();

  String registryUrl();

  @Override
  void close();

  /** The embedded broker, which all tests of this JVM share. */
  static KafkaUnderTest embedded() {
    return new KafkaUnderTest() {
      @Override
      public String bootstrapServers() {
        return SharedKafka.get().bootstrapServers();
      }

      @Override
      public String registryUrl() {
        return SharedKafka.get().registryUrl().toString();
      }

      @Override
      public void close() {}

      @Override
      public String toString() {
        return "the embedded broker";
      }
    };
  }

  /**
   * Kafka in a container, where an engine is present. Without one the test is skipped, or fails if
   * the environment has {@code SLUICE_REQUIRE_ALL=true}.
   */
  static KafkaUnderTest container() {
    Optional<String> trouble = engineTrouble();
    if (trouble.isPresent()) {
      String message =
          "no Docker engine to run "
              + IMAGE
              + " ("
              + trouble.get()
              + "): install docker.io, start dockerd, and set DOCKER_HOST if its socket is not the"
              + " usual one";
      if ("true".equals(System.getenv("SLUICE_REQUIRE_ALL"))) {
        throw new AssertionError(message);
      }
      Assumptions.abort("skipped: " + message);
    }
    KafkaContainer kafka = new KafkaContainer(IMAGE);
    kafka.start();
    EmbeddedRegistry registry =
        EmbeddedRegistry.start(RegistryOptions.on(kafka.getBootstrapServers()));
    return new KafkaUnderTest() {
      @Override
      public String bootstrapServers() {
        return kafka.getBootstrapServers();
      }

      @Override
      public String registryUrl() {
        return registry.url().toString();
      }

      @Override
      public void close() {
        registry.close();
        kafka.stop();
      }

      @Override
      public String toString() {
        return "a container of " + IMAGE;
      }
    };
  }

  private static Optional<String> engineTrouble() {
    try {
      return DockerClientFactory.instance().isDockerAvailable()
          ? Optional.empty()
          : Optional.of("none answers");
    } catch (RuntimeException | LinkageError e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
