package dev.sluice.sinks.ticket;

import java.util.Objects;
import java.util.Optional;

/**
 * A ticket by the tracker's own name for it.
 *
 * @param key its own key, for example {@code SEC-17}; empty if the tracker took it and did not say
 * @param url where a person finds it
 */
public record Ticket(Optional<String> key, Optional<String> url) {
  public Ticket {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(url, "url");
  }

  public static Ticket of(String key, String url) {
    return new Ticket(Optional.ofNullable(key), Optional.ofNullable(url));
  }
}
