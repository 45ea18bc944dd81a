package dev.sluice.sinks.ticket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.http.Destination;
import dev.sluice.sinks.http.HttpCall;
import dev.sluice.sinks.http.HttpReply;
import dev.sluice.sinks.http.HttpSender;
import dev.sluice.sinks.http.RetryTable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Requests in JSON to a tracker: the answer, or what its refusal means for the delivery. */
public final class TrackerCalls implements AutoCloseable {
  /** The mapper of all tickets: answers and requests are plain trees. */
  public static final ObjectMapper JSON = new ObjectMapper();

  /** Bytes of a listing that are read: 30 tickets of at most 65,536 characters, and 20 KiB each. */
  private static final int MAX_ANSWER = 9 * 1024 * 1024;

  private final Destination destination;
  private final HttpSender sender;
  private final RetryTable table;
  private final Supplier<Map<String, String>> headers;
  private final Function<HttpReply, Optional<Delivery>> limits;

  /**
   * @param headers of every request, asked for each time; credentials are among them
   * @param limits what a tracker's own signs of a rate limit mean; empty for any other answer
   */
  public TrackerCalls(
      Destination destination,
      HttpSender sender,
      RetryTable table,
      Supplier<Map<String, String>> headers,
      Function<HttpReply, Optional<Delivery>> limits) {
    this.destination = destination;
    this.sender = sender;
    this.table = table;
    this.headers = headers;
    this.limits = limits;
  }

  /** What is there; it must be JSON. */
  public JsonNode get(String path) throws Setback, InterruptedException {
    return whole(settled(exchange("GET", path, null)));
  }

  /** What is there, or empty for 404 and 410: there is nothing of that name any more. */
  public Optional<JsonNode> find(String path) throws Setback, InterruptedException {
    HttpReply reply = exchange("GET", path, null);
    return reply.status() == 404 || reply.status() == 410
        ? Optional.empty()
        : Optional.of(whole(settled(reply)));
  }

  /**
   * Sends a body.
   *
   * @return the answer; missing if it was good and is no JSON
   */
  public JsonNode send(String method, String path, JsonNode body)
      throws Setback, InterruptedException {
    return tree(settled(exchange(method, path, body)));
  }

  /** Whether somebody without credentials is shown what is there. */
  public boolean isShownToAll(String path) throws Setback, InterruptedException {
    HttpReply reply = exchange("GET", path, null, Map.of("Accept", "application/json"));
    if (reply.status() == 401 || reply.status() == 403 || reply.status() == 404) {
      return false;
    }
    settled(reply);
    return true;
  }

  private static JsonNode tree(HttpReply reply) {
    try {
      return JSON.readTree(reply.body());
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  public String where() {
    return destination.toString();
  }

  /** Escapes one segment of a path or one value of a query. */
  public static String escape(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    sender.close();
  }

  private HttpReply exchange(String method, String path, JsonNode body)
      throws Setback, InterruptedException {
    return exchange(method, path, body, headers.get());
  }

  private HttpReply exchange(String method, String path, JsonNode body, Map<String, String> with)
      throws Setback, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the partition is given away");
    }
    try {
      byte[] bytes = body == null ? null : JSON.writeValueAsBytes(body);
      return sender.send(new HttpCall(method, path, with, bytes, "application/json", MAX_ANSWER));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    } catch (IOException e) {
      boolean sent = !(e instanceof ConnectException);
      throw new Setback(table.classify(e, destination), sent);
    }
  }

  private HttpReply settled(HttpReply reply) throws Setback {
    Optional<Delivery> limited = limits.apply(reply);
    if (limited.isPresent()) {
      throw new Setback(limited.get(), false);
    }
    Delivery delivery = table.classify(reply, destination);
    if (!(delivery instanceof Delivery.Delivered)) {
      // A gateway's error says nothing about what the tracker behind it did.
      boolean acted = reply.status() >= 500 || reply.status() == 408;
      throw new Setback(delivery, acted, tree(reply));
    }
    return reply;
  }

  private JsonNode whole(HttpReply reply) throws Setback {
    try {
      if (!reply.truncated()) {
        JsonNode tree = JSON.readTree(reply.body());
        if (tree.isContainerNode()) {
          return tree;
        }
      }
    } catch (IOException e) {
      // Said below, without a word of what was sent.
    }
    throw new Setback(Delivery.retry("no whole JSON from " + destination), false);
  }
}
