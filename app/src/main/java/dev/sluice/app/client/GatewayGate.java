package dev.sluice.app.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.app.client.Outlet.UnreachableException;
import dev.sluice.events.Severity;
import dev.sluice.producers.gate.GateAnswer;
import dev.sluice.producers.gate.GateQuestion;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Asks a gateway. */
public final class GatewayGate implements GateClient {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL);

  private static final Duration ANSWER = Duration.ofSeconds(40);

  private final GatewayConnection gateway;
  private final Patience patience;
  private final ClientSettings settings;

  public GatewayGate(ClientSettings settings, Patience patience) {
    this.gateway = new GatewayConnection(settings);
    this.patience = patience;
    this.settings = settings;
  }

  @Override
  public GateAnswer ask(GateQuestion question, boolean withheld, Duration wait)
      throws InterruptedException, UnreachableException {
    Map<String, Object> parameters = parameters(question);
    parameters.put("withheld", withheld ? "true" : null);
    HttpResponse<String> response =
        gateway
            .await(
                patience,
                wait,
                left -> {
                  parameters.put(
                      "wait", left.toMillis() > 999_999 ? "25s" : left.toMillis() + "ms");
                  return gateway.uri("/v1/gate" + GatewayConnection.query(parameters));
                })
            .orElseThrow(
                () ->
                    new UnreachableException(settings.server() + " did not answer in time", false));
    return read(response.body());
  }

  @Override
  public GateAnswer override(GateQuestion question, String by, String reason)
      throws InterruptedException, UnreachableException {
    Map<String, Object> parameters = parameters(question);
    parameters.put("by", by);
    parameters.put("reason", reason);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                gateway.uri("/v1/gate/overrides" + GatewayConnection.query(parameters)))
            .timeout(ANSWER)
            .POST(BodyPublishers.noBody());
    try {
      HttpResponse<String> response = gateway.send(request);
      if (response.statusCode() == 200 || response.statusCode() == 202) {
        return read(response.body());
      }
      throw new UnreachableException(
          "it is not overridden; the gateway says: " + GatewayConnection.detail(response),
          response.statusCode() / 100 == 4);
    } catch (IOException e) {
      throw new UnreachableException("it is not overridden: " + gateway.away(e), e);
    }
  }

  private GateAnswer read(String body) throws UnreachableException {
    try {
      return JSON.readValue(body, GateAnswer.class);
    } catch (JsonProcessingException e) {
      throw new UnreachableException(
          settings.server() + " does not answer like a Sluice gateway", e);
    }
  }

  private static Map<String, Object> parameters(GateQuestion question) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("asset", question.asset());
    parameters.put("unit", question.unit());
    parameters.put("version", question.version());
    parameters.put("commit", question.commit());
    parameters.put("digest", question.digest());
    parameters.put("line", question.line());
    parameters.put("branch", question.branch());
    parameters.put("scans", words(question.scans()));
    parameters.put("expect", words(question.expected()));
    Severity failOn = question.failOn();
    parameters.put("failOn", failOn == null ? null : failOn.name().toLowerCase(Locale.ROOT));
    parameters.put("newOnly", question.newOnly() ? "true" : null);
    return parameters;
  }

  private static String words(Set<String> words) {
    return words.isEmpty() ? null : String.join(",", new TreeSet<>(words));
  }

  @Override
  public void close() {
    // The client's threads are daemons and end with it.
  }
}
