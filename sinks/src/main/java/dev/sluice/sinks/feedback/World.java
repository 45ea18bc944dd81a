package dev.sluice.sinks.feedback;

import dev.sluice.events.ActionItem;
import dev.sluice.events.Finding;
import dev.sluice.events.ScanVerdict;
import dev.sluice.events.TicketFeedback;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the topics say now. Each call reads up to the end as it is when called. */
interface World {

  /** Current items by id, of those ids that there are. */
  Map<String, ActionItem> items(Set<Integer> partitions, Set<String> ids);

  /** Findings that are part of one of these items now. */
  List<Finding> findings(Set<Integer> partitions, Set<String> items);

  /** Verdicts that were written at or after a time. */
  List<ScanVerdict> scans(Set<Integer> partitions, Instant since);

  /** Writes a request, unless the same is there; whether it was written. */
  boolean ask(int partition, TicketFeedback feedback);
}
