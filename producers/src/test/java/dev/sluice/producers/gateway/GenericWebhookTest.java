package dev.sluice.producers.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.producers.webhook.WebhookKind;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GenericWebhookTest extends GatewayFixture {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String OTHER = "whsec_" + "b3RoZXIgc2VjcmV0IG9mIGVub3VnaCBieXRlcw==";

  @Test
  void publishesAReportThatIsSigned() throws Exception {
    start(guarded());

    HttpResponse<String> response = deliver("msg_1", now, "{\"a\":1}", SECRET);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    assertThat(publisher.bodies).containsExactly("{\"a\":1}");
    assertThat(publisher.requests.get(0).scanId()).isEqualTo("webhook-msg_1");
    assertThat(publisher.requests.get(0).asset()).isEqualTo("nginx");
    assertThat(publisher.requests.get(0).publisher()).isEqualTo("partner");
  }

  @Test
  void keepsABodyThatIsLargerThanItsMemory() throws Exception {
    start(guarded());
    String body = "x".repeat(3_000_000);

    assertThat(deliver("msg_1", now, body, SECRET).statusCode()).isEqualTo(202);
    assertThat(publisher.bodies).containsExactly(body);
  }

  @Test
  void acceptsOneOfSeveralSignatures() throws Exception {
    start(guarded());
    String both =
        sign("msg_1", now, "{}", OTHER) + " v1a,ignored " + sign("msg_1", now, "{}", SECRET);

    assertThat(send("msg_1", now, "{}", both).statusCode()).isEqualTo(202);
  }

  @Test
  void refusesWhatIsNotSignedByAKnownSecret() throws Exception {
    start(guarded());
    String right = sign("msg_1", now, "{}", SECRET);

    assertProblem(deliver("msg_1", now, "{}", OTHER), 401, "unauthorized");
    assertProblem(send("msg_1", now, "{ }", right), 401, "unauthorized");
    assertProblem(send("msg_2", now, "{}", right), 401, "unauthorized");
    assertProblem(send("msg_1", now.plusSeconds(1), "{}", right), 401, "unauthorized");
    assertProblem(send("msg_1", now, "{}", "v1,"), 401, "unauthorized");
    assertProblem(send("msg_1", now, "{}", "nonsense"), 401, "unauthorized");
    assertThat(publisher.requests).isEmpty();
  }

  @Test
  void refusesAReplayOnceTheWindowIsOverAndPublishesNothingTwiceBefore() throws Exception {
    start(guarded());
    Instant signed = now;
    assertThat(deliver("msg_1", signed, "{}", SECRET).statusCode()).isEqualTo(202);

    assertThat(deliver("msg_1", signed, "{}", SECRET).statusCode()).isEqualTo(200);
    now = signed.plus(Duration.ofMinutes(6));
    assertProblem(deliver("msg_1", signed, "{}", SECRET), 401, "unauthorized");
    now = signed.minus(Duration.ofMinutes(6));
    assertProblem(deliver("msg_2", signed, "{}", SECRET), 401, "unauthorized");
    assertThat(publisher.bodies).hasSize(1);
  }

  @Test
  void takesNoIdOfAScanButTheDeliverys() throws Exception {
    start(guarded());

    HttpResponse<String> response =
        send(
            request("/v1/webhooks/generic?scan=s-7")
                .header("webhook-id", "msg_1")
                .header("webhook-timestamp", String.valueOf(now.getEpochSecond()))
                .header("webhook-signature", sign("msg_1", now, "{}", SECRET))
                .POST(BodyPublishers.ofString("{}")));

    assertProblem(response, 400, "bad-request");
  }

  @Test
  void readsSecretsFromAFileAndRefusesWhatIsNone(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("secrets");
    Files.writeString(file, OTHER + "\n\n" + SECRET + "\n");
    var settings = new WebhookSettings(WebhookKind.STANDARD, null, file, List.of("*"));

    assertThat(new WebhookSources(java.util.Map.of("partner", settings)).of(WebhookKind.STANDARD))
        .hasSize(2);

    Files.writeString(file, "hunter2");
    assertThatThrownBy(() -> new WebhookSources(java.util.Map.of("partner", settings)))
        .hasMessageContaining("gateway.webhooks.partner")
        .hasMessageContaining("whsec_")
        .hasMessageNotContaining("hunter2");
    Files.delete(file);
    assertThatThrownBy(() -> new WebhookSources(java.util.Map.of("partner", settings)))
        .hasMessageContaining(file.toString());
  }

  private static Tweaks guarded() {
    return new Tweaks().webhook("partner", WebhookKind.STANDARD, SECRET, "docker.io");
  }

  private HttpResponse<String> deliver(String id, Instant time, String body, String secret)
      throws Exception {
    return send(id, time, body, sign(id, time, body, secret));
  }

  private HttpResponse<String> send(String id, Instant time, String body, String signature)
      throws Exception {
    return send(
        request("/v1/webhooks/generic?asset=nginx")
            .header("webhook-id", id)
            .header("webhook-timestamp", String.valueOf(time.getEpochSecond()))
            .header("webhook-signature", signature)
            .POST(BodyPublishers.ofString(body)));
  }

  private static String sign(String id, Instant time, String body, String secret) throws Exception {
    byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    String signed = id + "." + time.getEpochSecond() + "." + body;
    return "v1,"
        + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }
}
