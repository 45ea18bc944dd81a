package dev.sluice.producers.gateway;

import dev.sluice.events.Completeness;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Ids of deliveries that were published, the newest 20,000, and those that are being taken now. A
 * delivery of alerts is known by its verdict too, so that it is known to every gateway and after a
 * restart. For many threads.
 */
final class Deliveries {
  private static final int MOST = 20_000;

  private final Set<String> done = new LinkedHashSet<>();
  private final Set<String> underWay = new LinkedHashSet<>();

  /**
   * Whether the delivery was published before; otherwise the caller has it now and must say how it
   * went, with {@link #end}.
   *
   * @throws ProblemException if another request has it now
   */
  synchronized boolean isKnown(String id) {
    if (done.contains(id)) {
      return true;
    }
    if (!underWay.add(id)) {
      throw new ProblemException(
          Problem.busy("this delivery is being taken in another request; send it again", 5));
    }
    return false;
  }

  /** Somebody published it, perhaps another gateway; what did not arrive whole is sent again. */
  synchronized void decided(String scanId, Completeness completeness) {
    boolean whole =
        completeness == Completeness.COMPLETE
            || completeness == Completeness.REPEATED
            || completeness == Completeness.SUSPICIOUS;
    if (whole) {
      learn(scanId.replaceFirst("\\.[0-9]{1,4}$", ""));
    }
  }

  synchronized void end(String id, boolean published) {
    underWay.remove(id);
    if (published) {
      learn(id);
    }
  }

  private void learn(String id) {
    done.remove(id);
    done.add(id);
    if (done.size() > MOST) {
      done.remove(done.iterator().next());
    }
  }
}
