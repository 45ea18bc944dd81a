package dev.sluice.streams.rules.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Judges whether a scan was blind. A suspicious scan resolves nothing until it is confirmed. */
public final class Suspicion {

  /** One or two claims of an ecosystem go away by one upgrade; that says nothing. */
  private static final long ECOSYSTEM_AT_LEAST = 3;

  private Suspicion() {}

  /**
   * Reasons to doubt a complete scan, for people, in a fixed order.
   *
   * @return empty if there are none
   */
  public static List<String> judge(ScanCounts scan, SuspicionThresholds thresholds) {
    List<String> reasons = new ArrayList<>();
    if (scan.observations() == 0 && scan.claimsBefore() >= thresholds.goneAtLeast()) {
      reasons.add("The scan found nothing, and the one before it " + scan.claimsBefore() + ".");
    } else if (scan.claimsGone() >= thresholds.goneAtLeast()
        && scan.claimsGone() * 100 > scan.claimsBefore() * thresholds.gonePercent()) {
      reasons.add(
          scan.claimsGone()
              + " of "
              + scan.claimsBefore()
              + " claims are gone: more than "
              + thresholds.gonePercent()
              + " %, and at least "
              + thresholds.goneAtLeast()
              + ".");
    }
    if (scan.claimsBefore() > scan.claimsGone() || scan.observations() > 0) {
      new TreeMap<>(scan.goneByEcosystem())
          .forEach(
              (ecosystem, gone) -> {
                long before = scan.beforeByEcosystem().getOrDefault(ecosystem, 0L);
                if (gone >= ECOSYSTEM_AT_LEAST
                    && gone >= before
                    && scan.beforeByEcosystem().size() > 1) {
                  reasons.add("All " + gone + " claims about " + ecosystem + " are gone.");
                }
              });
    }
    if (scan.componentsSeen() != null && scan.componentsSeen() == 0 && scan.claimsBefore() > 0) {
      reasons.add("The scanner looked at no component at all.");
    }
    if (scan.claimsGone() > 0
        && scan.databaseAge() != null
        && thresholds.databaseOlderThan() != null
        && scan.databaseAge().compareTo(thresholds.databaseOlderThan()) > 0) {
      reasons.add(
          "The scanner's database was "
              + scan.databaseAge().toDays()
              + " days old; at most "
              + thresholds.databaseOlderThan().toDays()
              + " are believed.");
    }
    return List.copyOf(reasons);
  }

  /** Judges by {@link SuspicionThresholds#DEFAULTS}. */
  public static List<String> judge(ScanCounts scan) {
    return judge(scan, SuspicionThresholds.DEFAULTS);
  }
}
