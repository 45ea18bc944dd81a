package dev.sluice.sinks.feedback;

import dev.sluice.events.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where granted requests become reasons to withhold findings. */
public interface Acceptances {

  /**
   * A request that was granted.
   *
   * @param findings what it is about
   * @param falsePositive whether the one scanner of each finding is said to be wrong; else the risk
   *     is accepted
   * @param actor who asked
   * @param ticket link to the ticket
   * @param comment what they wrote
   * @param until when it lapses
   */
  record Acceptance(
      List<Finding> findings,
      boolean falsePositive,
      String actor,
      String ticket,
      Optional<String> comment,
      Instant until) {
    public Acceptance {
      findings = List.copyOf(findings);
    }
  }

  /** Keeps it; the same one again changes nothing. */
  void accept(Acceptance acceptance);

  /**
   * Takes back what was accepted through a ticket.
   *
   * @return whether there was anything
   */
  boolean revoke(String ticket);
}
