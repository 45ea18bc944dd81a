package dev.sluice.sinks.alert;

/** Why events come as one message. */
public enum AlertKind {
  /** One event alone. */
  SINGLE,
  /** Several events of one group and time. */
  DIGEST,
  /** More than anybody reads: counts, and the worst of them. */
  STORM,
  /** One vulnerability that is now known to be exploited; the group is its id. */
  EXPLOITED
}
