package dev.sluice.bench.flink;

import dev.sluice.events.Observation;
import dev.sluice.events.Rating;
import dev.sluice.events.ScanEvent;
import java.util.Objects;

/**
 * What the job needs of an observation, as a Flink POJO: small, so that Flink's exchange between
 * its tasks costs as little as it can.
 */
public class Claim {
  /** What is the same from scan to scan: asset, package without version, vulnerability. */
  public String key;

  /** Of what a repeat must not have changed. */
  public long fingerprint;

  public String asset;
  public String vulnerability;
  public String purl;
  public String title;
  public int severity;
  public boolean fixed;

  /** For Flink. */
  public Claim() {}

  static Claim of(ScanEvent event) {
    Observation observation = event.getObservation();
    Claim claim = new Claim();
    claim.asset = event.getAsset();
    claim.vulnerability = observation.getNativeId();
    claim.purl = observation.getComponent().getPurl();
    claim.title = observation.getTitle();
    int version = claim.purl.indexOf('@');
    String name = version < 0 ? claim.purl : claim.purl.substring(0, version);
    claim.key = claim.asset + '|' + name + '|' + claim.vulnerability;
    for (Rating rating : observation.getRatings()) {
      claim.severity = Math.max(claim.severity, rating.getSeverity().ordinal());
    }
    claim.fixed = !observation.getFixedVersions().isEmpty();
    claim.fingerprint =
        Objects.hash(
                claim.purl,
                observation.getFixedVersions(),
                observation.getFixState(),
                claim.severity)
            + ((long) observation.getRatings().size() << 32);
    return claim;
  }
}
