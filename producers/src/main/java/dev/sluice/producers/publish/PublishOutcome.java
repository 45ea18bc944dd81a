package dev.sluice.producers.publish;

import dev.sluice.producers.report.BadInputException;
import dev.sluice.producers.report.UnreadableReportException;
import java.util.List;

/**
 * What became of publishing one report. Only {@link Published} leaves scans that count as complete;
 * after any other outcome what was begun is marked as failed, and sending the report again is safe.
 */
public sealed interface PublishOutcome {

  /** Every event is acknowledged by Kafka. */
  record Published(List<PublishResult> scans) implements PublishOutcome {
    public Published {
      scans = List.copyOf(scans);
    }
  }

  /**
   * The bytes are not a usable report; the message names the report, the place and the remedy.
   *
   * @param tooLarge whether it is only larger than allowed once decompressed, or grows too much
   */
  record Unreadable(String message, boolean tooLarge) implements PublishOutcome {
    /** A report that is broken. */
    public Unreadable(String message) {
      this(message, false);
    }

    static Unreadable of(UnreadableReportException e) {
      return new Unreadable(e.getMessage(), e.tooLarge());
    }

    static Unreadable of(String report, BadInputException e) {
      return new Unreadable(
          report + ": " + e.getMessage(), e.reason() == BadInputException.Reason.TOO_LARGE);
    }
  }

  /**
   * The report is readable and must not be published like this; the message says what to change.
   */
  record Refused(Reason reason, String message) implements PublishOutcome {}

  /** The bytes stopped coming: a client that hung up, a file that cannot be read on. */
  record Interrupted(String message) implements PublishOutcome {}

  /** Kafka or the Schema Registry is away or refuses; the same request may work later. */
  record Unavailable(String message) implements PublishOutcome {}

  /** Why a readable report is refused. */
  enum Reason {
    /** Neither the request nor the report names an asset that can last. */
    ASSET_UNKNOWN,
    /** The caller may not publish for this asset. */
    ASSET_FORBIDDEN,
    /** The scan claims to be from the future. */
    FUTURE_TIME,
    /** The report has another digest than was announced. */
    OTHER_DIGEST,
    /** The report holds more scans than one report may. */
    TOO_MANY_SCANS
  }
}
