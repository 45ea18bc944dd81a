package dev.sluice.sinks.alert;

import dev.sluice.settings.SecretValue;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.http.Destination;
import dev.sluice.sinks.http.HttpReply;
import dev.sluice.sinks.http.HttpSender;
import dev.sluice.sinks.http.HttpSettings;
import dev.sluice.sinks.http.RetryTable;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Posts messages to a chat's webhook, whose URL is the credential. Thread safe. */
public final class HookPost implements AutoCloseable {
  private final Destination destination;
  private final HttpSender sender;
  private final RetryTable table;
  private final Set<String> goneWords;

  /**
   * @param key settings key of the URL, for messages
   * @param goneWords words in a refusal that say that the webhook will never work again
   * @throws IllegalArgumentException if the URL may not be sent to; the message does not quote it
   */
  public HookPost(
      String key,
      SecretValue url,
      HttpSettings settings,
      int connections,
      Clock clock,
      Set<String> goneWords) {
    this.destination = Destination.of(key, parse(url), settings);
    this.sender = new HttpSender(destination, settings, connections);
    this.table = new RetryTable(clock);
    this.goneWords = Set.copyOf(goneWords);
  }

  /** Posts one message as JSON. */
  public Delivery post(byte[] json) {
    try {
      HttpReply reply = sender.post(Map.of(), json, "application/json; charset=UTF-8");
      Delivery usual = table.classify(reply, destination);
      return reply.status() >= 400 && reply.status() < 500 && reply.status() != 429
          ? refused(reply, usual)
          : usual;
    } catch (IOException e) {
      return table.classify(e, destination);
    }
  }

  @Override
  public void close() {
    sender.close();
  }

  /** Only words that are known are quoted: an answer may repeat what was sent. */
  private Delivery refused(HttpReply reply, Delivery usual) {
    List<String> words = List.of(reply.text().split("[^A-Za-z_]+"));
    return words.stream()
        .filter(goneWords::contains)
        .findFirst()
        .map(
            word ->
                Delivery.gone("HTTP %d from %s: %s".formatted(reply.status(), destination, word)))
        .orElse(usual);
  }

  private static URI parse(SecretValue url) {
    try {
      return url == null || url.isEmpty() ? null : new URI(url.reveal().strip());
    } catch (URISyntaxException e) {
      // The exception quotes the URL; what follows for null does not.
      return null;
    }
  }
}
