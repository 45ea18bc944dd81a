package dev.sluice.producers.publish;

import dev.sluice.producers.asset.AssetName;
import dev.sluice.producers.report.DigestingReport;
import java.util.function.Predicate;

/** Publishes one report; what the gateway and the command need of a {@link Publisher}. */
public interface ReportPublisher {
  /**
   * Reads the report to its end and publishes every scan in it. Returns when all is acknowledged,
   * or when it is clear that it will not be. The report is not closed.
   *
   * @param report the bytes
   * @param request what is known besides
   * @param permitted whether the caller may publish for an asset
   */
  PublishOutcome publish(
      DigestingReport report, PublishRequest request, Predicate<AssetName> permitted);

  /** The same, for a caller who may publish for every asset. */
  default PublishOutcome publish(DigestingReport report, PublishRequest request) {
    return publish(report, request, asset -> true);
  }
}
