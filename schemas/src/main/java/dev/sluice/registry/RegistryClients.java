package dev.sluice.registry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Chooses the client that {@code schema.registry.url} asks for. */
public final class RegistryClients {
  private static final String MOCK = "mock://";

  /**
   * Registries of {@code mock://scope}. Static, against the rule of the house, because that is what
   * the URL means: Kafka makes serializers by class name, and all that name a scope must meet.
   */
  private static final ConcurrentMap<String, InMemoryRegistry> SCOPES = new ConcurrentHashMap<>();

  private RegistryClients() {}

  /**
   * A client for the configuration. {@code mock://scope} is a registry in this JVM, one for each
   * scope; everything else is reached over HTTP.
   *
   * @throws org.apache.kafka.common.config.ConfigException if a setting is missing or wrong
   */
  public static RegistryClient of(Map<String, ?> configs) {
    Object url = configs.get(ClientConfig.URL);
    String text = url == null ? "" : url.toString().strip();
    if (text.startsWith(MOCK)) {
      return SCOPES.computeIfAbsent(
          text.substring(MOCK.length()),
          scope -> new InMemoryRegistry(CompatibilityLevel.BACKWARD));
    }
    return new HttpRegistryClient(configs);
  }

  /** Forgets the registry of {@code mock://scope}. */
  public static void dropMock(String scope) {
    SCOPES.remove(scope);
  }
}
