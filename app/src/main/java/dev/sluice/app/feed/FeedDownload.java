package dev.sluice.app.feed;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/**
 * Fetches a feed if it has changed since it was last loaded (RFC 9110, conditional requests). What
 * the server said then is kept in a file beside, and only {@link #keep} writes it: a feed that
 * could not be loaded is fetched again.
 */
final class FeedDownload {
  private static final Duration CONNECT = Duration.ofSeconds(15);
  private static final Duration WHOLE = Duration.ofMinutes(10);

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private final Path directory;

  /**
   * @param directory where feeds and what servers said of them are kept
   */
  FeedDownload(Path directory) {
    this.directory = directory;
  }

  /** A feed that was fetched; nothing is known of it before {@link FeedDownload#keep}. */
  record Fetched(Path file, String tag, String modified) {}

  /**
   * Fetches.
   *
   * @return empty if the server says that it has not changed
   * @throws IOException if it cannot be had: says which address, and what came instead
   */
  Optional<Fetched> fetch(String name, URI address) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    Properties before = read(name, address);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).timeout(WHOLE).header("User-Agent", "sluice");
    Optional.ofNullable(before.getProperty("etag"))
        .ifPresent(tag -> request.header("If-None-Match", tag));
    Optional.ofNullable(before.getProperty("last-modified"))
        .ifPresent(date -> request.header("If-Modified-Since", date));
    Path file = directory.resolve(name + ".part");
    HttpResponse<Path> answer =
        http.send(
            request.build(),
            info ->
                info.statusCode() == 200
                    ? HttpResponse.BodySubscribers.ofFile(file)
                    : HttpResponse.BodySubscribers.replacing(file));
    if (answer.statusCode() == 304) {
      return Optional.empty();
    }
    if (answer.statusCode() != 200) {
      throw new IOException(address + " answered " + answer.statusCode());
    }
    return Optional.of(
        new Fetched(
            file,
            answer.headers().firstValue("etag").orElse(null),
            answer.headers().firstValue("last-modified").orElse(null)));
  }

  /** Notes that what was fetched has been loaded. */
  void keep(String name, URI address, Fetched fetched) throws IOException {
    Properties note = new Properties();
    note.setProperty("url", address.toString());
    if (fetched.tag() != null) {
      note.setProperty("etag", fetched.tag());
    }
    if (fetched.modified() != null) {
      note.setProperty("last-modified", fetched.modified());
    }
    Path made = directory.resolve(name + ".properties.part");
    try (var out = Files.newBufferedWriter(made, StandardCharsets.UTF_8)) {
      note.store(out, null);
    }
    Files.move(
        made, note(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(fetched.file());
  }

  /** What the server said of what was loaded last; nothing if that came from another address. */
  private Properties read(String name, URI address) throws IOException {
    Properties note = new Properties();
    if (Files.exists(note(name))) {
      try (var in = Files.newBufferedReader(note(name), StandardCharsets.UTF_8)) {
        note.load(in);
      }
    }
    return address.toString().equals(note.getProperty("url")) ? note : new Properties();
  }

  private Path note(String name) {
    return directory.resolve(name + ".properties");
  }
}
