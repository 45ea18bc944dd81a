package dev.sluice.producers.gateway;

import dev.sluice.producers.token.TokenSettings;
import dev.sluice.settings.Setting;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** How the gateway listens, whom it lets in and how much it takes. */
public record GatewaySettings(
    @Setting(
            value = "127.0.0.1",
            doc = "Address to listen on. Anything but loopback needs a token or a webhook secret.")
        String host,
    @Setting(value = "8480", doc = "Port to listen on; 0 takes a free one.") int port,
    @Setting(
            doc =
                "Base URL by which clients reach the gateway, for links in answers; empty takes it"
                    + " from each request.")
        String publicUrl,
    @Setting(doc = "Bearer tokens by name. Where there is one, every request needs one.")
        Map<String, TokenSettings> tokens,
    @Setting(
            doc =
                "File with the tokens of sluice tokens create, by hash. It is read again whenever it"
                    + " changes; it need not be there yet. The one-process mode has one in its data"
                    + " directory.")
        Path tokenFile,
    @Setting(doc = "Senders of webhooks by name, each with a secret of its own.")
        Map<String, WebhookSettings> webhooks,
    @Setting(
            value = "600",
            doc =
                "Requests a minute of one token or webhook sender; one more is answered with 429.")
        int maxRequestsPerMinute,
    @Setting(value = "1073741824", doc = "Largest request body in bytes, compressed or not.")
        long maxBodyBytes,
    @Setting(
            value = "26214400",
            doc = "Largest body of a GitHub or GitLab webhook in bytes; GitHub sends at most this.")
        long maxWebhookBytes,
    @Setting(value = "4294967296", doc = "Largest report in bytes when it is decompressed.")
        long maxReportBytes,
    @Setting(value = "200", doc = "Most decompressed bytes for each compressed one.") int maxRatio,
    @Setting(value = "4", doc = "Uploads at one time; one more is answered with 429.")
        int maxUploads,
    @Setting(value = "200", doc = "Requests that wait for a verdict at one time.") int maxWaiting,
    @Setting(value = "60s", doc = "Longest wait for a verdict in one request.") Duration maxWait,
    @Setting(value = "8192", doc = "Largest header of a request in bytes.") int maxHeaderBytes,
    @Setting(value = "30s", doc = "How long a client may send nothing.") Duration idleTimeout,
    @Setting(value = "15m", doc = "Longest upload.") Duration uploadTimeout,
    @Setting(
            value = "1024",
            doc = "Slowest upload in bytes a second, on average, once idle-timeout has passed.")
        int minBytesPerSecond,
    @Setting(
            doc =
                "Directory for reports that must be read twice; empty is the system's own. Files in"
                    + " it are unlinked while they are in use.")
        Path spoolDirectory,
    @Setting(value = "8388608", doc = "Bytes of verdicts kept in memory, the newest ones.")
        long verdictBytes,
    @Setting(value = "1000", doc = "Verdicts of each partition that are read at start.")
        int verdictWindow,
    @Setting(
            value = "60m",
            doc =
                "How long the same report of the same asset and version is taken for a repeat and"
                    + " not published again; 0s publishes it each time.")
        Duration repeatWindow,
    @Setting(
            value = "5m",
            doc = "How far the time in a Standard Webhooks signature may be from ours.")
        Duration webhookTolerance) {

  public GatewaySettings {
    if (host == null || host.isBlank()) {
      throw new IllegalArgumentException("gateway.host must name an address to listen on");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("gateway.port must be between 0 and 65535");
    }
    publicUrl = publicUrl == null ? "" : publicUrl.strip().replaceFirst("/+$", "");
    tokens = tokens == null ? Map.of() : Map.copyOf(tokens);
    webhooks = webhooks == null ? Map.of() : Map.copyOf(webhooks);
    atLeastOne("max-requests-per-minute", maxRequestsPerMinute);
    atLeastOne("max-webhook-bytes", maxWebhookBytes);
    atLeastOne("max-body-bytes", maxBodyBytes);
    atLeastOne("max-report-bytes", maxReportBytes);
    atLeastOne("max-ratio", maxRatio);
    atLeastOne("max-uploads", maxUploads);
    atLeastOne("max-waiting", maxWaiting);
    atLeastOne("max-header-bytes", maxHeaderBytes);
    atLeastOne("verdict-bytes", verdictBytes);
    positive("max-wait", maxWait);
    positive("idle-timeout", idleTimeout);
    positive("upload-timeout", uploadTimeout);
    positive("webhook-tolerance", webhookTolerance);
    if (repeatWindow == null || repeatWindow.isNegative()) {
      throw new IllegalArgumentException("gateway.repeat-window must not be negative");
    }
    if (minBytesPerSecond < 0 || verdictWindow < 0) {
      throw new IllegalArgumentException(
          "gateway.min-bytes-per-second and gateway.verdict-window must not be negative");
    }
  }

  /** The documented defaults. */
  public static GatewaySettings defaults() {
    return new GatewaySettings(
        "127.0.0.1",
        8480,
        "",
        Map.of(),
        null,
        Map.of(),
        600,
        1_073_741_824L,
        26_214_400L,
        4_294_967_296L,
        200,
        4,
        200,
        Duration.ofSeconds(60),
        8_192,
        Duration.ofSeconds(30),
        Duration.ofMinutes(15),
        1_024,
        null,
        8_388_608,
        1_000,
        Duration.ofHours(1),
        Duration.ofMinutes(5));
  }

  /**
   * Whether only this machine can reach the gateway.
   *
   * @throws IllegalArgumentException if the host has no address
   */
  boolean isLoopback() {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (!address.isLoopbackAddress()) {
          return false;
        }
      }
      return true;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("gateway.host: " + host + " has no address", e);
    }
  }

  private static void atLeastOne(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException("gateway." + name + " must be at least 1");
    }
  }

  private static void positive(String name, Duration value) {
    if (value == null || value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException("gateway." + name + " must be positive");
    }
  }
}
