package dev.sluice.sinks.database;

import dev.sluice.events.FindingStatus;
import dev.sluice.events.ItemStatus;
import dev.sluice.events.Severity;

/** The order in which lists are shown: what is open first, and the worst of it first. */
final class Rank {
  private Rank() {}

  static int of(FindingStatus status, Severity severity) {
    int group =
        switch (status) {
          case OPEN, UNKNOWN -> 0;
          case WITHHELD -> 1;
          case ACCEPTED -> 2;
          case RESOLVED -> 3;
        };
    return group * 10 + of(severity);
  }

  static int of(ItemStatus status, Severity severity) {
    int group =
        switch (status) {
          case OPEN, UNKNOWN -> 0;
          case WITHDRAWN -> 1;
          case ACCEPTED -> 2;
          case RESOLVED -> 3;
        };
    return group * 10 + of(severity);
  }

  /** What nobody has rated stands before what somebody has called low. */
  private static int of(Severity severity) {
    return switch (severity) {
      case CRITICAL -> 0;
      case HIGH -> 1;
      case MEDIUM -> 2;
      case UNKNOWN -> 3;
      case LOW -> 4;
      case NEGLIGIBLE -> 5;
      case NONE -> 6;
    };
  }
}
