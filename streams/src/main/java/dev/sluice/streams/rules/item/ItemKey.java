package dev.sluice.streams.rules.item;

import dev.sluice.events.Finding;
import dev.sluice.events.FindingKind;
import dev.sluice.events.ItemKind;
import dev.sluice.events.SecretValidity;
import dev.sluice.events.Severity;
import dev.sluice.streams.rules.finding.FindingAssembly;
import dev.sluice.streams.rules.identity.Hashes;
import dev.sluice.streams.rules.identity.Purls;

/**
 * Which action item an actionable finding belongs to.
 *
 * @param id item id; the same for all findings that one piece of work settles
 * @param subject package to upgrade, or null
 */
public record ItemKey(String id, ItemKind kind, String subject) {
  private static final String PREFIX = "i-";

  /**
   * @param baseline whether the finding was there when the asset was adopted
   */
  public static ItemKey of(Finding finding, boolean baseline) {
    String asset = finding.getAsset();
    if (baseline && mayJoinBaseline(finding)) {
      return new ItemKey(baseline(asset), ItemKind.BASELINE, null);
    }
    if (finding.getKind() == FindingKind.VULNERABLE_PACKAGE && FindingAssembly.hasFix(finding)) {
      String subject =
          Purls.sourceSubject(
              finding.getPackage$(), Purls.type(finding.getPackage$()), finding.getSourcePackage());
      return new ItemKey(
          Hashes.id(PREFIX, asset, finding.getUnit(), "upgrade", subject),
          ItemKind.UPGRADE,
          subject);
    }
    return new ItemKey(
        Hashes.id(PREFIX, asset, finding.getUnit(), "finding", finding.getId()),
        finding.getKind() == FindingKind.DEPLOYMENT ? ItemKind.COMBINATION : ItemKind.FINDING,
        null);
  }

  /** Id of an asset's baseline. */
  public static String baseline(String asset) {
    return Hashes.id(PREFIX, asset, null, "baseline");
  }

  /** Sorts the findings of an item, worst first; a letter for each rank. */
  public static char rank(Finding finding) {
    int below = Severity.CRITICAL.compareTo(finding.getSeverity());
    return (char) ('a' + below + (finding.getKnownExploited() ? 0 : Severity.values().length));
  }

  /** The same piece of work under the id that it had first. */
  public ItemKey under(String first) {
    return new ItemKey(first, kind, subject);
  }

  /** What is exploited and every live secret stand alone, however old they are. */
  public static boolean mayJoinBaseline(Finding finding) {
    boolean liveSecret =
        finding.getKind() == FindingKind.SECRET
            && finding.getSecretValidity() != SecretValidity.REVOKED;
    return !finding.getKnownExploited() && !liveSecret;
  }
}
