package dev.sluice.embedded;

import dev.sluice.registry.RegistryClient;
import dev.sluice.registry.RegistryClients;
import java.util.Map;
import org.apache.avro.Schema;

/** Registers as the rest of Sluice does. */
final class RegistryCalls {
  private RegistryCalls() {}

  static RegistryClient client(String url) {
    return RegistryClients.of(Map.of("schema.registry.url", url));
  }

  static int register(String url, String subject, String primitive) {
    Schema schema =
        Schema.create(Schema.Type.valueOf(primitive.toUpperCase(java.util.Locale.ROOT)));
    return client(url).register(subject, schema);
  }
}
