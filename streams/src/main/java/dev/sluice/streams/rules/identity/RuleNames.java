package dev.sluice.streams.rules.identity;

import dev.sluice.events.FindingKind;
import dev.sluice.events.Observation;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lasting name of a rule that its tool has renamed. A tool that says which names a rule had
 * (SARIF 2.1.0, 3.49.4 deprecatedIds) is believed; for renames without such a word there is a
 * table. The first name lasts, because findings under it exist.
 */
public final class RuleNames {
  /**
   * Trivy's checks have gone by {@code DS002}, {@code AVD-DS-0002} and {@code DS-0002}
   * (aquasecurity/trivy-checks).
   */
  private static final Pattern TRIVY_CHECK =
      Pattern.compile(
          "(?:AVD-)?(DS|KSV|KCV|AWS|AZU|GCP|DIG|GIT|NIF|OCI|OPNSTK|CLDSTK)-?(\\d{3,4})");

  private RuleNames() {}

  static String lasting(Observation observation) {
    List<String> former = observation.getDeprecatedIds();
    String id =
        former.isEmpty()
            ? observation.getNativeId()
            : former.stream().min(Comparator.naturalOrder()).orElseThrow();
    return observation.getKind() == FindingKind.MISCONFIGURATION ? ofCheck(id) : id;
  }

  /** The lasting name of a check of a configuration; of other tools' checks their own. */
  public static String ofCheck(String id) {
    Matcher trivy = TRIVY_CHECK.matcher(id);
    return trivy.matches()
        ? "AVD-" + trivy.group(1) + "-" + "0".repeat(4 - trivy.group(2).length()) + trivy.group(2)
        : id;
  }
}
