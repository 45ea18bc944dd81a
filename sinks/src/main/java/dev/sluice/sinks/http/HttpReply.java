package dev.sluice.sinks.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * What a receiver answered.
 *
 * @param status HTTP status
 * @param retryAfter the header of that name as sent
 * @param headers the first value of each header, by name in lower case
 * @param body the first bytes of the body, as many as the call allows
 * @param truncated whether there was more
 */
public record HttpReply(
    int status,
    Optional<String> retryAfter,
    Map<String, String> headers,
    byte[] body,
    boolean truncated) {
  public HttpReply {
    headers = Map.copyOf(headers);
  }

  /** The body as UTF-8; what is not UTF-8 becomes U+FFFD. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
