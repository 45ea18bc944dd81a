package dev.sluice.embedded;

import dev.sluice.embedded.broker.BrokerOptions;
import dev.sluice.embedded.broker.EmbeddedBroker;
import dev.sluice.embedded.registry.EmbeddedRegistry;
import dev.sluice.embedded.registry.RegistryOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** A broker and, on it, a registry: all the servers that Sluice needs on one machine. */
public final class OneMachine implements AutoCloseable {
  private final EmbeddedBroker broker;
  private final EmbeddedRegistry registry;

  private OneMachine(EmbeddedBroker broker, EmbeddedRegistry registry) {
    this.broker = broker;
    this.registry = registry;
  }

  /**
   * Starts both.
   *
   * @param registryOptions changes to the registry's options, which begin as {@link
   *     RegistryOptions#on} this broker
   * @throws RuntimeException if either cannot start; nothing is left running
   */
  public static OneMachine start(
      BrokerOptions brokerOptions, UnaryOperator<RegistryOptions> registryOptions) {
    EmbeddedBroker broker = EmbeddedBroker.start(brokerOptions);
    try {
      RegistryOptions options =
          registryOptions.apply(RegistryOptions.on(broker.bootstrapServers()));
      return new OneMachine(broker, EmbeddedRegistry.start(options));
    } catch (RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  /** Both on chosen ports, with data that is deleted on close. */
  public static OneMachine temporary() {
    return start(BrokerOptions.temporary(), UnaryOperator.identity());
  }

  /** Both on chosen ports, with data that is kept. */
  public static OneMachine persistent(Path directory) {
    return start(BrokerOptions.persistent(directory), UnaryOperator.identity());
  }

  /** {@code 127.0.0.1:PORT}, what Kafka clients call {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** What serializers call {@code schema.registry.url}. */
  public URI registryUrl() {
    return registry.url();
  }

  /** Kafka's id of this one-node cluster; the same at every start in one directory. */
  public String clusterId() {
    return broker.clusterId();
  }

  /** Where data is. */
  public Path directory() {
    return broker.directory();
  }

  /** Why the broker can no longer work, if it cannot: close this and end. */
  public Optional<String> failure() {
    return broker.failure();
  }

  /** Completes with the reason when the broker can no longer work; never, if it always can. */
  public CompletionStage<String> failed() {
    return broker.failed();
  }

  /** Stops the registry and then the broker. Does nothing the second time. */
  @Override
  public void close() {
    try {
      registry.close();
    } finally {
      broker.close();
    }
  }
}
