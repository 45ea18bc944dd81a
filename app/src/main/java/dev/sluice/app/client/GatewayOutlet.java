package dev.sluice.app.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.app.CommandFailure;
import dev.sluice.app.ExitCode;
import dev.sluice.events.ScanVerdict;
import dev.sluice.producers.gate.EventJson;
import dev.sluice.producers.publish.PublishRequest;
import dev.sluice.producers.report.BadInputException;
import dev.sluice.producers.report.DigestingReport;
import dev.sluice.producers.report.Report;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Publishes through a gateway. The report is sent while it is read and never held. Each report has
 * a scan id from here, so that a repeat after a lost answer is the same scan.
 */
public final class GatewayOutlet implements Outlet {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration ANSWER = Duration.ofSeconds(40);

  private final ClientSettings settings;
  private final GatewayConnection gateway;
  private final Patience patience;

  public GatewayOutlet(ClientSettings settings, Patience patience) {
    this.settings = settings;
    this.patience = patience;
    this.gateway = new GatewayConnection(settings);
  }

  @Override
  public Sent send(DigestingReport report, PublishRequest request) throws InterruptedException {
    report.willReread(); // for its digest, and for another attempt
    URI uri = gateway.uri("/v1/scans" + query(report, request));
    String digest;
    try {
      digest = contentDigest(report);
    } catch (IOException e) {
      return unreadable(report, e);
    }
    return persist(() -> attempt(report, uri, digest));
  }

  @Override
  public Sent fail(PublishRequest request, String tool, String reason) throws InterruptedException {
    Map<String, Object> parameters = parameters(request);
    parameters.put("tool", tool);
    parameters.put("reason", reason.isBlank() ? null : reason);
    URI uri =
        gateway.uri(
            "/v1/scans/"
                + GatewayConnection.encode(request.scanId())
                + "/failed"
                + GatewayConnection.query(parameters));
    return persist(
        () -> {
          try {
            HttpRequest.Builder builder =
                HttpRequest.newBuilder(uri).timeout(ANSWER).POST(BodyPublishers.noBody());
            HttpResponse<String> response = gateway.send(builder);
            return response.statusCode() == 202
                ? Attempt.ended(new Sent.Accepted(List.of(scan(JSON.readTree(response.body())))))
                : judge(response);
          } catch (IOException e) {
            return Attempt.failed(gateway.away(e));
          }
        });
  }

  private interface Try {
    Attempt once() throws InterruptedException;
  }

  private Sent persist(Try task) throws InterruptedException {
    Patience.Turns turns = patience.turns(settings.retryFor());
    while (true) {
      Attempt attempt = task.once();
      if (attempt.sent() != null) {
        return attempt.sent();
      }
      if (!turns.another(attempt.retryAfter())) {
        return new Sent.Unreachable(attempt.trouble());
      }
    }
  }

  private record Attempt(Sent sent, String trouble, Duration retryAfter) {
    static Attempt ended(Sent sent) {
      return new Attempt(sent, null, null);
    }

    static Attempt failed(String trouble) {
      return new Attempt(null, trouble, Duration.ZERO);
    }
  }

  private Attempt attempt(Report report, URI uri, String digest) throws InterruptedException {
    InputStream body;
    try {
      body = report.open();
    } catch (IOException e) {
      return Attempt.ended(unreadable(report, e));
    }
    try (body) {
      HttpRequest.Builder builder =
          HttpRequest.newBuilder(uri)
              .header("Content-Type", "application/json")
              .header("Content-Digest", digest)
              .POST(BodyPublishers.ofInputStream(() -> body));
      return judge(gateway.send(builder));
    } catch (IOException e) {
      // The client wraps what went wrong while it read the body.
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof BadInputException bad) {
          return Attempt.ended(unreadable(report, bad));
        }
      }
      return Attempt.failed(gateway.away(e));
    }
  }

  private static Sent unreadable(Report report, IOException e) {
    return new Sent.Refused(report.name() + ": " + e.getMessage());
  }

  private Attempt judge(HttpResponse<String> response) {
    int status = response.statusCode();
    if (status == 202 || status == 200) {
      return Attempt.ended(accepted(response.body()));
    }
    if (status == 401) {
      return Attempt.ended(
          new Sent.Wrong("the gateway wants a token: set SLUICE_TOKEN to one that it knows"));
    }
    String detail = GatewayConnection.detail(response);
    if (status == 429 || status == 502 || status == 503 || status == 504) {
      return new Attempt(
          null, "the gateway says: " + detail, GatewayConnection.retryAfter(response));
    }
    if (status == 422 || status == 413 || status == 415) {
      return Attempt.ended(new Sent.Refused(detail));
    }
    if (status == 400 || status == 403 || status == 404) {
      return Attempt.ended(new Sent.Wrong(detail));
    }
    return Attempt.failed("the gateway says: " + detail);
  }

  private Sent accepted(String body) {
    try {
      List<Scan> scans = new ArrayList<>();
      for (JsonNode scan : JSON.readTree(body).path("scans")) {
        scans.add(scan(scan));
      }
      return new Sent.Accepted(scans);
    } catch (JsonProcessingException e) {
      return new Sent.Wrong(settings.server() + " does not answer like a Sluice gateway");
    }
  }

  private static Scan scan(JsonNode scan) {
    List<String> warnings = new ArrayList<>();
    scan.path("warnings").forEach(warning -> warnings.add(warning.asText()));
    return new Scan(
        scan.path("scanId").asText(),
        scan.path("asset").asText(),
        scan.path("version").asText(null),
        scan.path("tool").asText(),
        scan.path("format").asText(),
        scan.path("observations").asLong(),
        warnings,
        scan.path("repeated").asBoolean());
  }

  /** Of the bytes that are sent, as RFC 9530 has it: so a repeat is noticed before it is read. */
  private static String contentDigest(Report report) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    try (InputStream in = report.open()) {
      byte[] buffer = new byte[64 * 1024];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return "sha-256=:" + Base64.getEncoder().encodeToString(digest.digest()) + ":";
  }

  @Override
  public Optional<ScanVerdict> verdict(String scanId, Duration wait)
      throws InterruptedException, UnreachableException {
    return gateway
        .await(
            patience,
            wait,
            left ->
                gateway.uri(
                    "/v1/scans/"
                        + GatewayConnection.encode(scanId)
                        + "/verdict?wait="
                        + left.toMillis()
                        + "ms"))
        .filter(answer -> answer.statusCode() == 200)
        .map(answer -> EventJson.read(parse(answer.body()), new ScanVerdict()));
  }

  private JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new CommandFailure(
          ExitCode.UNREACHABLE, settings.server() + " does not answer like a Sluice gateway", e);
    }
  }

  private static String query(Report report, PublishRequest request) {
    Map<String, Object> parameters = parameters(request);
    parameters.put("name", report.name());
    parameters.put("scan", request.scanId());
    parameters.put("format", request.format());
    parameters.put("commitTime", request.commitTime());
    parameters.put("checkoutRoot", request.checkoutRoot());
    return GatewayConnection.query(parameters);
  }

  private static Map<String, Object> parameters(PublishRequest request) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("asset", request.asset());
    parameters.put("unit", request.unit());
    parameters.put("version", request.version());
    parameters.put("releaseLine", request.releaseLine());
    parameters.put("digest", request.digest());
    parameters.put("commit", request.commit());
    parameters.put("branch", request.branch());
    parameters.put("scope", request.scope());
    parameters.put(
        "purpose",
        request.purpose() == null ? null : request.purpose().name().toLowerCase(Locale.ROOT));
    parameters.put("defaultAsset", request.defaultAsset());
    parameters.put("defaultVersion", request.defaultVersion());
    parameters.put("defaultScope", request.defaultScope());
    return parameters;
  }

  @Override
  public void close() {
    // The client's threads are daemons and end with it.
  }
}
