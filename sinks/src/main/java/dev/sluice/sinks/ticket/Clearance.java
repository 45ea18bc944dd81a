package dev.sluice.sinks.ticket;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a sink that is cleared for embargoed items writes where only those who are let in read.
 */
public final class Clearance {
  private static final Logger LOG = LoggerFactory.getLogger(Clearance.class);

  private Clearance() {}

  /**
   * Asks the tracker, once, at the start. One that cannot say now is asked again before each
   * embargoed ticket, as every other is.
   *
   * @param sink name of the configured sink
   * @throws IllegalArgumentException if everybody can read its tickets
   */
  public static void check(String sink, Tracker tracker) {
    boolean open;
    try {
      open = !tracker.isPrivate();
    } catch (Setback e) {
      LOG.atWarn()
          .addKeyValue("sink", sink)
          .addKeyValue("reason", e.delivery())
          .log("Could not ask whether a cleared sink is private; embargoed items wait until it is");
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (open) {
      throw new IllegalArgumentException(
          ("sinks.%s.cleared: more people than are let in can read the tickets at %s; make the"
                  + " project private (internal is not), or clear a sink of a private one")
              .formatted(sink, tracker.where()));
    }
  }
}
