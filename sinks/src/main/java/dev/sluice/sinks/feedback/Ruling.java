package dev.sluice.sinks.feedback;

import java.time.Instant;

/** What becomes of what somebody asked for by closing or opening a ticket. */
sealed interface Ruling {

  /** One word for metrics and logs. */
  String word();

  /** It is done as they ask. */
  record Granted(Instant until) implements Ruling {
    @Override
    public String word() {
      return "granted";
    }
  }

  /**
   * It is not done, and the ticket is brought back to what its item is.
   *
   * @param why a sentence for the ticket
   */
  record Refused(String why) implements Ruling {
    @Override
    public String word() {
      return "refused";
    }
  }

  /** The next scan will tell. */
  record Waits() implements Ruling {
    @Override
    public String word() {
      return "waits";
    }
  }
}
