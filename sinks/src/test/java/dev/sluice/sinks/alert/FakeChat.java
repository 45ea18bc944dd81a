package dev.sluice.sinks.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * A chat in this process: it keeps the messages it takes, and refuses what the real one refuses.
 */
public final class FakeChat implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Function<byte[], Optional<String>> refusal;
  private final HttpServer server;
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final List<JsonNode> messages = Collections.synchronizedList(new ArrayList<>());
  private final List<String> refused = Collections.synchronizedList(new ArrayList<>());

  /**
   * @param refusal why a message is refused, if it is
   */
  public FakeChat(Function<byte[], Optional<String>> refusal) {
    this.refusal = refusal;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(pool);
    server.createContext("/", this::handle);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What was taken, in order. */
  public List<JsonNode> messages() {
    return List.copyOf(messages);
  }

  /** Why others were not. */
  public List<String> refused() {
    return List.copyOf(refused);
  }

  @Override
  public void close() {
    server.stop(0);
    pool.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Optional<String> why = refusal.apply(body);
    if (why.isPresent()) {
      refused.add(why.get());
    } else {
      messages.add(JSON.readTree(body));
    }
    byte[] answer = why.orElse("ok").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(why.isPresent() ? 400 : 200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }
}
