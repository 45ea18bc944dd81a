package dev.sluice.producers.publish;

import dev.sluice.events.LineEnded;
import dev.sluice.producers.asset.AssetName;
import dev.sluice.producers.report.DigestingReport;
import dev.sluice.producers.report.ScanReader;

/** Publishes one report; what the gateway and the command need of a {@link Publisher}. */
public interface ReportPublisher {
  /**
   * Reads the report to its end and publishes every scan in it. Returns when all is acknowledged,
   * or when it is clear that it will not be. The report is not closed.
   *
   * @param report the bytes
   * @param request what is known besides
   * @param admission what the caller may do, and what is known already
   */
  PublishOutcome publish(DigestingReport report, PublishRequest request, Admission admission);

  /** The same with a reader that is known, and need not be one of the formats. */
  PublishOutcome publish(
      DigestingReport report, ScanReader reader, PublishRequest request, Admission admission);

  /**
   * Publishes that a scan did not work: it begins and fails, and counts for nothing.
   *
   * @param tool scanner that failed, as its reports would name it
   * @param detail one line for people, without credentials
   */
  PublishOutcome fail(PublishRequest request, String tool, String detail, Admission admission);

  /**
   * Publishes that a branch or a proposal of an asset has ended.
   *
   * @param id id of the event, the same for a repeat
   * @param traceparent W3C Trace Context, or null
   */
  PublishOutcome end(AssetName asset, LineEnded ended, String id, String traceparent);

  /** The same, for a caller who may publish for every asset. */
  default PublishOutcome publish(DigestingReport report, PublishRequest request) {
    return publish(report, request, asset -> true);
  }
}
