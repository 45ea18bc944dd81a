package dev.sluice.app.client;

import dev.sluice.events.ScanVerdict;
import dev.sluice.producers.publish.PublishRequest;
import dev.sluice.producers.report.DigestingReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where reports can be published and verdicts asked for. */
public interface Outlet extends AutoCloseable {

  /** Publishes one report, trying again where that can help. */
  Sent send(DigestingReport report, PublishRequest request) throws InterruptedException;

  /**
   * Says that a scan did not work, trying again where that can help.
   *
   * @param tool scanner that failed
   * @param reason one line for people, or empty
   */
  Sent fail(PublishRequest request, String tool, String reason) throws InterruptedException;

  /**
   * The verdict on a scan, if it comes in time.
   *
   * @throws UnreachableException if it can no longer be asked for
   */
  Optional<ScanVerdict> verdict(String scanId, Duration patience)
      throws InterruptedException, UnreachableException;

  @Override
  void close();

  /** What became of a report. */
  sealed interface Sent {
    /** All of its scans are with Kafka. */
    record Accepted(List<Scan> scans) implements Sent {
      public Accepted {
        scans = List.copyOf(scans);
      }
    }

    /** It is no usable report, or must not be published like this; another try will not help. */
    record Refused(String reason) implements Sent {}

    /** The request itself is wrong: parameters, token. */
    record Wrong(String reason) implements Sent {}

    /** Nobody took it. */
    record Unreachable(String reason) implements Sent {}
  }

  /**
   * One scan that was published.
   *
   * @param repeated whether it had been published before, and nothing was sent again
   */
  record Scan(
      String scanId,
      String asset,
      String version,
      String tool,
      String format,
      long observations,
      List<String> warnings,
      boolean repeated) {
    public Scan {
      warnings = List.copyOf(warnings);
    }
  }

  /** The server went away while it was asked, or does not answer the likes of us. */
  final class UnreachableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean ours;

    /**
     * @param ours whether the question or the token is wrong, so that asking again does not help
     */
    UnreachableException(String message, boolean ours) {
      super(message);
      this.ours = ours;
    }

    UnreachableException(String message, Throwable cause) {
      super(message, cause);
      this.ours = false;
    }

    /** Whether the question or the token is wrong. */
    public boolean isOurs() {
      return ours;
    }
  }
}
