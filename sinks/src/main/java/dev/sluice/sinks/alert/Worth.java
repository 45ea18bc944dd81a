package dev.sluice.sinks.alert;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.Severity;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** How much an event is worth being read; what is worth more comes first. */
record Worth(boolean ends, boolean exploited, int severity, int weight, Instant due)
    implements Comparable<Worth> {
  /** What nobody has rated stands before what somebody has called low. */
  static final List<Severity> WORST_FIRST =
      List.of(
          Severity.CRITICAL,
          Severity.HIGH,
          Severity.MEDIUM,
          Severity.UNKNOWN,
          Severity.LOW,
          Severity.NEGLIGIBLE,
          Severity.NONE);

  private static final Comparator<Worth> ORDER =
      Comparator.comparing(Worth::ends)
          .thenComparing(Worth::exploited, Comparator.reverseOrder())
          .thenComparing(Worth::severity)
          .thenComparing(Worth::weight, Comparator.reverseOrder())
          .thenComparing(Worth::due);

  static Worth of(ActionItem item, ActionEvent event) {
    return new Worth(
        isEnd(event.getType()),
        item.getKnownExploited() || event.getType() == ActionEventType.EXPLOITED,
        WORST_FIRST.indexOf(item.getSeverity()),
        weight(event),
        item.getDue() == null ? Instant.MAX : item.getDue());
  }

  static boolean isEnd(ActionEventType type) {
    return type == ActionEventType.RESOLVED || type == ActionEventType.WITHDRAWN;
  }

  /** Of two events of one item the heavier is told. An end says all. */
  static int weight(ActionEvent event) {
    return switch (event.getType()) {
      case UNKNOWN, CHANGED -> 0;
      case DUE_SOON -> 1;
      case OVERDUE -> 2;
      case OPENED -> 3;
      // An item may come back after its end.
      case RESOLVED, WITHDRAWN, REOPENED -> 4;
      case EXPLOITED -> 5;
    };
  }

  @Override
  public int compareTo(Worth other) {
    return ORDER.compare(this, other);
  }
}
