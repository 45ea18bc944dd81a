package dev.sluice.sinks.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key and its own certificate for 127.0.0.1; RSA, as GnuTLS reads no EC key of Java. */
record Identity(KeyStore keys) {
  private static final char[] PASSWORD = "changeit".toCharArray();

  static Identity make(Path dir) throws Exception {
    Path store = dir.resolve("identity.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String arguments =
        "-genkeypair -alias one -keyalg RSA -keysize 2048 -dname CN=127.0.0.1 -ext SAN=ip:127.0.0.1"
            + " -storetype PKCS12 -storepass changeit -keystore "
            + store;
    List<String> command = new ArrayList<>(List.of(keytool));
    command.addAll(List.of(arguments.split(" ")));
    assertThat(
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("keytool.log").toFile())
                .start()
                .waitFor())
        .isZero();
    return new Identity(KeyStore.getInstance(store.toFile(), PASSWORD));
  }

  /** Has it, and trusts it. */
  SSLContext context() throws GeneralSecurityException {
    KeyManagerFactory mine = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    mine.init(keys, PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(mine.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  /** Writes {@code key.pem} and {@code certificate.pem}. */
  void write(Path dir) throws GeneralSecurityException, IOException {
    Files.writeString(
        dir.resolve("key.pem"), pem("PRIVATE KEY", keys.getKey("one", PASSWORD).getEncoded()));
    Files.writeString(
        dir.resolve("certificate.pem"),
        pem("CERTIFICATE", keys.getCertificate("one").getEncoded()));
  }

  private static String pem(String what, byte[] bytes) {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, lines);
  }
}
