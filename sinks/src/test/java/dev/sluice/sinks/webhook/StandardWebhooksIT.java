package dev.sluice.sinks.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.settings.SecretValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Signatures as the Standard Webhooks project's own implementation for Node verifies them. */
final class StandardWebhooksIT {
  private static final String OLD = "whsec_b2xkIHNlY3JldCBvZiBhdCBsZWFzdCAyNCBieXRlcw==";
  private static final String NEW = "whsec_bmV3IHNlY3JldCBvZiBhdCBsZWFzdCAyNCBieXRlcw==";
  private static final String SCRIPT =
      """
      const { Webhook } = require("standardwebhooks");
      const [secret, id, timestamp, signature, body] = process.argv.slice(2);
      try {
        new Webhook(secret).verify(Buffer.from(body, "base64").toString("utf8"), {
          "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature });
        console.log("verified");
      } catch (e) { console.log(e.constructor.name + ": " + e.message); }
      """;

  private static final Path HOME = Path.of("target", "standardwebhooks").toAbsolutePath();

  @BeforeAll
  static void install() throws Exception {
    Files.createDirectories(HOME);
    Files.writeString(HOME.resolve("verify.js"), SCRIPT);
    boolean there =
        Files.isDirectory(HOME.resolve("node_modules/standardwebhooks"))
            || run("npm", "install", "--no-audit", "--no-fund", "standardwebhooks@1.0.0")
                .endsWith("exit 0");
    if ("true".equals(System.getenv("SLUICE_REQUIRE_ALL"))) {
      assertThat(there).as("npm install standardwebhooks worked").isTrue();
    }
    assumeTrue(there, "needs npm and the package standardwebhooks: apt-get install nodejs npm");
  }

  @Test
  void verifiesWhatWeSign() throws Exception {
    assertThat(verify(NEW, sign(NEW), "{\"a\":\"ü\"}")).contains("verified");
  }

  @Test
  void verifiesDuringRotationWithEitherSecret() throws Exception {
    Map<String, String> headers = sign(NEW + "," + OLD);
    assertThat(verify(OLD, headers, "{\"a\":\"ü\"}")).contains("verified");
    assertThat(verify(NEW, headers, "{\"a\":\"ü\"}")).contains("verified");
  }

  @Test
  void refusesAnotherBodyOrSecret() throws Exception {
    assertThat(verify(NEW, sign(NEW), "{\"a\":\"u\"}")).contains("No matching signature");
    assertThat(verify(OLD, sign(NEW), "{\"a\":\"ü\"}")).contains("No matching signature");
  }

  private static Map<String, String> sign(String secrets) {
    byte[] body = "{\"a\":\"ü\"}".getBytes(StandardCharsets.UTF_8);
    return WebhookSigner.of("key", SecretValue.of(secrets)).headers("event-1", Instant.now(), body);
  }

  private static String verify(String secret, Map<String, String> headers, String body)
      throws Exception {
    return run(
        "node",
        "verify.js",
        secret,
        headers.get("webhook-id"),
        headers.get("webhook-timestamp"),
        headers.get("webhook-signature"),
        java.util.Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)));
  }

  private static String run(String... command) throws InterruptedException {
    try {
      List<String> all = new ArrayList<>(List.of(command));
      Process process =
          new ProcessBuilder(all).directory(HOME.toFile()).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean ended = process.waitFor(2, TimeUnit.MINUTES);
      return output + "exit " + (ended ? process.exitValue() : "never");
    } catch (IOException e) {
      return e.getMessage();
    }
  }
}
