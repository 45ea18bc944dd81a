package dev.sluice.sinks.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a receiver answered.
 *
 * @param status HTTP status
 * @param retryAfter the header of that name as sent
 * @param body the first bytes of the body, at most {@link HttpSender#MAX_BODY}
 * @param truncated whether there was more
 */
public record HttpReply(int status, Optional<String> retryAfter, byte[] body, boolean truncated) {
  /** The body as UTF-8; what is not UTF-8 becomes U+FFFD. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
