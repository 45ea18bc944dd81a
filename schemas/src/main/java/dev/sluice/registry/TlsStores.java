package dev.sluice.registry;

import dev.sluice.settings.SecretValue;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.ConfigException;

/** Whom to trust and who we are in TLS, from JKS or PKCS12 files. */
record TlsStores(Optional<Store> trust, Optional<Store> key, SecretValue keyPassword) {

  /**
   * One store.
   *
   * @param type JKS, PKCS12, or empty to tell it from the file
   */
  record Store(Path file, SecretValue password, String type) {
    private KeyStore load(String what) {
      try {
        char[] secret = password.isEmpty() ? null : password.reveal().toCharArray();
        if (type.isEmpty()) {
          return KeyStore.getInstance(new File(file.toString()), secret);
        }
        KeyStore store = KeyStore.getInstance(type);
        try (InputStream in = Files.newInputStream(file)) {
          store.load(in, secret);
        }
        return store;
      } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
        throw new ConfigException(
            "The registry's "
                + what
                + " "
                + file
                + " cannot be read ("
                + e.getClass().getSimpleName()
                + "): check schema.registry.ssl."
                + what
                + ".location, .password and .type (JKS or PKCS12)");
      }
    }
  }

  static TlsStores of(ClientConfig.Keys keys) {
    // The JDK's HTTP client always checks the host name; saying otherwise must not be ignored.
    String identification = keys.text("ssl.endpoint.identification.algorithm", "https");
    if (!identification.equalsIgnoreCase("https")) {
      throw new ConfigException(
          "schema.registry.ssl.endpoint.identification.algorithm must be https:"
              + " the registry's host name is always checked");
    }
    Optional<Store> key = store(keys, "keystore");
    SecretValue keyPassword = SecretValue.of(keys.text("ssl.key.password", ""));
    if (keyPassword.isEmpty() && key.isPresent()) {
      keyPassword = key.get().password();
    }
    return new TlsStores(store(keys, "truststore"), key, keyPassword);
  }

  private static Optional<Store> store(ClientConfig.Keys keys, String what) {
    String location = keys.text("ssl." + what + ".location", "");
    if (location.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Store(
            Path.of(location),
            SecretValue.of(keys.text("ssl." + what + ".password", "")),
            keys.text("ssl." + what + ".type", "")));
  }

  /** A context for these stores; empty when the JVM's own is to be used. */
  Optional<SSLContext> context() {
    if (trust.isEmpty() && key.isEmpty()) {
      return Optional.empty();
    }
    TrustManager[] trusted = null;
    KeyManager[] own = null;
    try {
      if (trust.isPresent()) {
        TrustManagerFactory factory =
            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trust.get().load("truststore"));
        trusted = factory.getTrustManagers();
      }
      if (key.isPresent()) {
        KeyManagerFactory factory =
            KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(key.get().load("keystore"), keyPassword.reveal().toCharArray());
        own = factory.getKeyManagers();
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own, trusted, null);
      return Optional.of(context);
    } catch (GeneralSecurityException e) {
      throw new ConfigException(
          "TLS for the registry cannot be set up ("
              + e.getClass().getSimpleName()
              + "): check schema.registry.ssl.key.password and the stores");
    }
  }
}
