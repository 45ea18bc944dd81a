package dev.sluice.streams.rules.policy;

import dev.sluice.events.AssetRole;
import dev.sluice.events.Exposure;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FixState;
import dev.sluice.events.Reachability;
import dev.sluice.events.Severity;
import dev.sluice.events.Support;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Everything a policy sees of a finding. Text that is not known is empty, never null.
 *
 * @param kind what sort of problem it is
 * @param severity severity after all ratings are weighed
 * @param knownExploited listed in a catalogue of known exploited vulnerabilities
 * @param exploitedDue due date in that catalogue; null if there is none
 * @param epss EPSS probability, 0.0 to 1.0; null if not known
 * @param hasFix whether a fix exists on any line that is not known to be unsupported
 * @param fixedVersion lowest version that fixes it, for the explanation; empty if not known
 * @param fixState what the advisory's source says about a fix
 * @param support best support of the lines where it is present: supported if any of them is
 * @param secretLive a secret that is not known to be revoked; false for all else
 * @param reachability best known reachability
 * @param scanners scanners that claim it
 * @param scannerSuppressed whether every claim is suppressed or dismissed on the scanner's side
 * @param asset canonical name of the asset
 * @param unit unit of the asset
 * @param exposure who can reach the asset
 * @param role whether the asset is released or consumed
 * @param owner who is to act
 * @param packageName name of the package, for people
 * @param ecosystem purl type of the package
 * @param vulnerability canonical id; for other kinds the rule, detector or check
 * @param cwes CWE numbers
 * @param lines release lines where it is present
 * @param firstSeen when it was first seen; null if not known
 * @param direct whether the asset asks for the package itself
 */
public record PolicyFacts(
    FindingKind kind,
    Severity severity,
    boolean knownExploited,
    LocalDate exploitedDue,
    Double epss,
    boolean hasFix,
    String fixedVersion,
    FixState fixState,
    Support support,
    boolean secretLive,
    Reachability reachability,
    List<String> scanners,
    boolean scannerSuppressed,
    String asset,
    String unit,
    Exposure exposure,
    AssetRole role,
    String owner,
    String packageName,
    String ecosystem,
    String vulnerability,
    List<Integer> cwes,
    List<String> lines,
    Instant firstSeen,
    boolean direct) {

  public PolicyFacts {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(fixState, "fixState");
    Objects.requireNonNull(support, "support");
    Objects.requireNonNull(reachability, "reachability");
    Objects.requireNonNull(exposure, "exposure");
    Objects.requireNonNull(role, "role");
    fixedVersion = orEmpty(fixedVersion);
    asset = orEmpty(asset);
    unit = orEmpty(unit);
    owner = orEmpty(owner);
    packageName = orEmpty(packageName);
    ecosystem = orEmpty(ecosystem);
    vulnerability = orEmpty(vulnerability);
    scanners = scanners == null ? List.of() : List.copyOf(scanners);
    cwes = cwes == null ? List.of() : List.copyOf(cwes);
    lines = lines == null ? List.of() : List.copyOf(lines);
  }

  /** Facts of a kind of finding; everything else begins as not known. */
  public static PolicyFactsBuilder builder(FindingKind kind) {
    return new PolicyFactsBuilder(kind);
  }

  /** Every fact by its name in the policy, as text, for the decision log. */
  public Map<String, String> asText() {
    return Facts.asText(this);
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
