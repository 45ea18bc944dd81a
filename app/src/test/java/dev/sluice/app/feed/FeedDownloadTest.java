package dev.sluice.app.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedDownloadTest {
  @TempDir private Path directory;

  private final List<String> asked = new ArrayList<>();
  private HttpServer server;
  private volatile int status = 200;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String tag = exchange.getRequestHeaders().getFirst("If-None-Match");
    asked.add(String.valueOf(tag));
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    if ("\"one\"".equals(tag)) {
      exchange.sendResponseHeaders(304, -1);
    } else {
      exchange.getResponseHeaders().set("ETag", "\"one\"");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  @Test
  void asksOnlyForWhatHasChangedSinceItWasLoaded() throws Exception {
    FeedDownload download = new FeedDownload(directory);

    Optional<FeedDownload.Fetched> first = download.fetch("kev", address("/kev"));
    assertThat(Files.readString(first.orElseThrow().file())).isEqualTo("{}");
    download.keep("kev", address("/kev"), first.get());
    Optional<FeedDownload.Fetched> second = download.fetch("kev", address("/kev"));

    assertThat(second).isEmpty();
    assertThat(asked).containsExactly("null", "\"one\"");
  }

  @Test
  void fetchesAgainWhatCouldNotBeLoaded() throws Exception {
    FeedDownload download = new FeedDownload(directory);

    download.fetch("kev", address("/kev"));

    assertThat(download.fetch("kev", address("/kev"))).isPresent();
  }

  @Test
  void anotherAddressIsAnotherFeed() throws Exception {
    FeedDownload download = new FeedDownload(directory);
    download.keep("kev", address("/kev"), download.fetch("kev", address("/kev")).orElseThrow());

    assertThat(download.fetch("kev", address("/mirror"))).isPresent();
  }

  @Test
  void aRefusalIsAFailureWithItsAddress() {
    status = 503;

    assertThatThrownBy(() -> new FeedDownload(directory).fetch("kev", address("/kev")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/kev answered 503");
  }
}
