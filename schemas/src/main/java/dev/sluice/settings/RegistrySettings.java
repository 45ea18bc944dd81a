package dev.sluice.settings;

import java.util.Map;

/** How to reach the Schema Registry. The keys under it are Confluent's own. */
public record RegistrySettings(
    @Setting(
            value = "http://127.0.0.1:8081",
            doc = "One or more base URLs, comma separated; the first that answers is used.")
        String url,
    @Setting(
            doc =
                "Further serializer properties by Confluent's names: auto.register.schemas, use.latest.version, basic.auth.credentials.source, basic.auth.user.info, schema.registry.ssl.truststore.location, ….")
        Map<String, String> properties) {

  public RegistrySettings {
    properties = properties == null ? Map.of() : Map.copyOf(properties);
  }

  /** Without values of properties and user info of URLs: both may be credentials. */
  @Override
  public String toString() {
    String bare = url == null ? "" : url.replaceAll("//[^/@,]*@", "//***@");
    return "RegistrySettings[url=" + bare + ", properties=" + properties.keySet() + "]";
  }
}
