package dev.sluice.sinks.feedback;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.TicketLink;
import java.util.List;
import java.util.Map;

/** The deliveries of the sink whose tickets are looked at. */
public interface Deliveries {

  /** Newest link of every item, by partition, of the partitions that are ours. */
  Map<Integer, List<TicketLink>> links();

  /**
   * Delivers an event that is in no topic, in its item's order.
   *
   * @return false if the partition is not ours, or if something of the item is under way anyway
   */
  boolean mend(int partition, ActionEvent event);
}
