package dev.sluice.sinks.runner;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionItem;
import dev.sluice.events.ItemStatus;
import dev.sluice.events.TicketLink;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A sink over a tracker whose create is not idempotent: what ticket sinks will be. */
final class TicketProbe implements Sink {
  private final String server;
  private final HttpClient client = HttpClient.newHttpClient();

  TicketProbe(String server) {
    this.server = server;
  }

  @Override
  public Delivery deliver(ActionItem item, ActionEvent event, SinkContext context)
      throws InterruptedException {
    String state =
        "state=%s&revision=%d"
            .formatted(item.getStatus() == ItemStatus.OPEN ? "open" : "closed", item.getRevision());
    try {
      String key = context.link().map(TicketLink::getKey).orElse(null);
      if (key == null && context.lookFirst()) {
        HttpResponse<String> found = call("GET", "?marker=" + context.marker());
        if (found.statusCode() >= 500) {
          return Delivery.retry("HTTP " + found.statusCode());
        }
        key = found.statusCode() == 200 ? found.body() : null;
      }
      HttpResponse<String> answer =
          key == null
              ? call("POST", "?marker=" + context.marker() + "&" + state)
              : call("PUT", "/" + key + "?" + state);
      return answer.statusCode() < 300
          ? Delivery.delivered(answer.body(), null)
          : Delivery.retry("HTTP " + answer.statusCode());
    } catch (IOException e) {
      return Delivery.retry(e.getClass().getSimpleName());
    }
  }

  private HttpResponse<String> call(String method, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + path))
            .timeout(Duration.ofSeconds(1))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
