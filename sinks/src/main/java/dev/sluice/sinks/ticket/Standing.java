package dev.sluice.sinks.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A ticket as it stands at the tracker.
 *
 * @param ticket with its key
 * @param open whether it still asks for work
 * @param title its one line; empty if the tracker did not say
 * @param body its text in the tracker's markup, or the words of it; empty if there is none
 * @param assignee account it is assigned to
 * @param updated when it last changed; empty if the tracker did not say
 * @param raw as the tracker sent it
 */
public record Standing(
    Ticket ticket,
    boolean open,
    String title,
    String body,
    Optional<String> assignee,
    Optional<Instant> updated,
    JsonNode raw) {
  private static final Pattern MARK = Pattern.compile("sluice-[0-9a-f]{32}");

  public Standing {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(assignee, "assignee");
    Objects.requireNonNull(updated, "updated");
    Objects.requireNonNull(raw, "raw");
    if (ticket.key().isEmpty()) {
      throw new IllegalArgumentException("a ticket that stands has a key");
    }
  }

  public String key() {
    return ticket.key().orElseThrow();
  }

  /** Whether a sink of ours wrote its text, for this episode or an earlier one. */
  public boolean isOurs() {
    return MARK.matcher(body).find();
  }
}
