package dev.sluice.sinks.ticket;

import dev.sluice.events.ItemStatus;
import dev.sluice.events.Severity;
import dev.sluice.sinks.text.Text;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * What a ticket is to be.
 *
 * @param title one line, at most {@link TicketText#MAX_TITLE} characters
 * @param mark by which it is found again: {@code sluice-} and 32 hexadecimal digits; it is in the
 *     body too
 * @param status of the item
 * @param owner who is to act, as the item says
 * @param opened first day of this episode
 * @param due last day
 * @param embargoed whether only those who are cleared may see it
 */
public record Draft(
    String title,
    Text body,
    String mark,
    Severity severity,
    ItemStatus status,
    Optional<String> owner,
    Optional<LocalDate> opened,
    Optional<LocalDate> due,
    boolean embargoed) {
  public Draft {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(mark, "mark");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(opened, "opened");
    Objects.requireNonNull(due, "due");
  }

  /** Whether the ticket is to be open: an item of unknown status is, lest it be overlooked. */
  public boolean open() {
    return switch (status) {
      case OPEN, UNKNOWN -> true;
      case RESOLVED, WITHDRAWN, ACCEPTED -> false;
    };
  }

  /** Whether it is closed because the work is done. */
  public boolean done() {
    return status == ItemStatus.RESOLVED;
  }
}
