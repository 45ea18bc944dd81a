package dev.sluice.sinks.adoption;

import dev.sluice.events.ActionItem;
import java.util.Objects;
import java.util.Optional;

/**
 * A ticket and what it is about.
 *
 * @param ticket its key
 * @param item empty if that is not clear, or nothing
 * @param how what tells: mark, text or csv
 * @param note why there is no item
 */
public record Match(
    String ticket, Optional<String> url, Optional<ActionItem> item, How how, String note) {

  /** By what a ticket is known. */
  public enum How {
    MARK,
    TEXT,
    CSV
  }

  public Match {
    Objects.requireNonNull(ticket, "ticket");
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(item, "item");
    Objects.requireNonNull(how, "how");
    Objects.requireNonNull(note, "note");
  }

  Match unclear(String why) {
    return new Match(ticket, url, Optional.empty(), how, why);
  }
}
