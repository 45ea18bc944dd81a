package dev.sluice.registry;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private static final String PASSWORD = "changeit-too";

  @TempDir static Path dir;
  private static WireMockServer server;

  /** The JDK's own keytool makes the stores: one identity, trusted by itself. */
  @BeforeAll
  static void startServerThatAsksForACertificate() throws Exception {
    for (String type : List.of("PKCS12", "JKS")) {
      keytool(
          "-genkeypair",
          "-alias",
          "one",
          "-keyalg",
          "EC",
          "-dname",
          "CN=127.0.0.1",
          "-ext",
          "SAN=ip:127.0.0.1",
          "-storetype",
          type,
          "-keystore",
          store("identity", type));
      keytool(
          "-exportcert",
          "-alias",
          "one",
          "-storetype",
          type,
          "-keystore",
          store("identity", type),
          "-file",
          dir.resolve(type + ".crt").toString());
    }
    for (String type : List.of("PKCS12", "JKS")) {
      for (String one : List.of("PKCS12", "JKS")) {
        keytool(
            "-importcert",
            "-noprompt",
            "-alias",
            one,
            "-storetype",
            type,
            "-keystore",
            store("trusted", type),
            "-file",
            dir.resolve(one + ".crt").toString());
      }
    }
    server =
        new WireMockServer(
            WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .dynamicHttpsPort()
                .keystorePath(store("identity", "PKCS12"))
                .keystoreType("PKCS12")
                .keystorePassword(PASSWORD)
                .keyManagerPassword(PASSWORD)
                .trustStorePath(store("trusted", "PKCS12"))
                .trustStoreType("PKCS12")
                .trustStorePassword(PASSWORD)
                .needClientAuth(true));
    server.start();
    server.stubFor(get("/subjects/s/versions").willReturn(aResponse().withBody("[1]")));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.stop();
    }
  }

  private static String store(String name, String type) {
    return dir.resolve(name + "." + type).toString();
  }

  private static void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storepass", PASSWORD, "-keypass", PASSWORD));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("keytool.log").toFile())
            .start();
    assertThat(process.waitFor())
        .as(
            () -> {
              try {
                return Files.readString(dir.resolve("keytool.log"));
              } catch (java.io.IOException e) {
                return e.toString();
              }
            })
        .isZero();
  }

  private static HttpRegistryClient client(Map<String, String> more) {
    Map<String, String> configs =
        new HashMap<>(
            Map.of(
                "schema.registry.url",
                "https://127.0.0.1:" + server.httpsPort(),
                "max.retries",
                "0"));
    configs.putAll(more);
    return new HttpRegistryClient(configs);
  }

  private static Map<String, String> stores(String type, boolean sayType) {
    Map<String, String> configs = new HashMap<>();
    for (String what : List.of("truststore", "keystore")) {
      String prefix = "schema.registry.ssl." + what;
      configs.put(
          prefix + ".location", store(what.equals("keystore") ? "identity" : "trusted", type));
      configs.put(prefix + ".password", PASSWORD);
      if (sayType) {
        configs.put(prefix + ".type", type);
      }
    }
    return configs;
  }

  @Test
  void speaksMutualTlsFromPkcs12AndJks() {
    for (String type : List.of("PKCS12", "JKS")) {
      assertThat(client(stores(type, true)).versions("s")).containsExactly(1);
      assertThat(client(stores(type, false)).versions("s")).containsExactly(1);
    }
  }

  @Test
  void trustsNobodyByItself() {
    assertThatThrownBy(() -> client(Map.of()).versions("s"))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("SSLHandshakeException");
  }

  @Test
  void refusesAWrongPasswordWithoutTellingIt() {
    Map<String, String> configs = stores("PKCS12", true);
    configs.put("schema.registry.ssl.keystore.password", "wr0ng");
    assertThatThrownBy(() -> client(configs))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("schema.registry.ssl.keystore.password".substring(0, 28))
        .hasMessageContaining(store("identity", "PKCS12"))
        .message()
        .doesNotContain("wr0ng");
  }

  @Test
  void namesAStoreThatIsNotThere() {
    Map<String, String> configs =
        Map.of("schema.registry.ssl.truststore.location", "/nowhere/trust.p12");
    assertThatThrownBy(() -> client(configs))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("/nowhere/trust.p12");
  }
}
