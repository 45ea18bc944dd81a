package dev.sluice.producers.publish;

import dev.sluice.producers.asset.AssetName;
import java.util.Optional;

/** Asked about each scan of a report before anything of it is published. */
@FunctionalInterface
public interface Admission {
  /** Whether the caller may publish for the asset. */
  boolean permits(AssetName asset);

  /** The scan that this very report was published as before; empty if it was not. */
  default Optional<EarlierScan> earlier(ReportKey key) {
    return Optional.empty();
  }

  /**
   * A scan that was published before.
   *
   * @param observations how many claims it holds
   * @param embargoed whether it went to the embargoed topics
   */
  record EarlierScan(String scanId, String attemptId, long observations, boolean embargoed) {}
}
