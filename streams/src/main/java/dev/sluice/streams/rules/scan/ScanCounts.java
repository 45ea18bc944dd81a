package dev.sluice.streams.rules.scan;

import java.time.Duration;
import java.util.Map;

/**
 * What a complete scan changes in its series.
 *
 * @param claimsBefore claims of the series before this scan
 * @param claimsGone how many of them this scan no longer makes
 * @param beforeByEcosystem claims before, by purl type or kind
 * @param goneByEcosystem claims gone, by the same names
 * @param observations observations of this scan
 * @param databaseAge age of the scanner's database when it scanned; null if not known
 * @param componentsSeen components the scanner looked at; null if it does not say
 */
public record ScanCounts(
    long claimsBefore,
    long claimsGone,
    Map<String, Long> beforeByEcosystem,
    Map<String, Long> goneByEcosystem,
    long observations,
    Duration databaseAge,
    Long componentsSeen) {

  public ScanCounts {
    if (claimsBefore < 0 || claimsGone < 0 || claimsGone > claimsBefore || observations < 0) {
      throw new IllegalArgumentException(
          "claims gone must be between 0 and claims before, and counts not negative");
    }
    beforeByEcosystem = Map.copyOf(beforeByEcosystem);
    goneByEcosystem = Map.copyOf(goneByEcosystem);
  }
}
