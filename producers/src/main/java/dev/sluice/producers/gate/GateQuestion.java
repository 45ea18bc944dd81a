package dev.sluice.producers.gate;

import dev.sluice.events.ScanPurpose;
import dev.sluice.events.Severity;
import dev.sluice.producers.asset.AssetNames;
import dev.sluice.producers.asset.AssetNaming;
import java.util.Set;

/**
 * What is to pass, and what beside the policy may keep it from passing. Null says nothing.
 *
 * @param asset lasting name of the asset
 * @param unit unit; null asks about every unit
 * @param version version; scans of the same digest under another tag are scans of it too
 * @param commit commit, or the first 7 or more digits of it
 * @param digest content digest
 * @param line release line
 * @param branch branch
 * @param scans ids of scans; where there are any, nothing but these is judged
 * @param expected scanners to wait for, beside those that the asset expects
 * @param failOn from which severity on a finding fails it, whatever the policy says
 * @param newOnly whether that is asked of findings only that are new and not withheld
 */
public record GateQuestion(
    String asset,
    String unit,
    String version,
    String commit,
    String digest,
    String line,
    String branch,
    Set<String> scans,
    Set<String> expected,
    Severity failOn,
    boolean newOnly) {

  /**
   * @throws IllegalArgumentException if it is about nothing; the message is for people
   */
  public GateQuestion {
    if (asset == null || asset.isBlank()) {
      throw new IllegalArgumentException("asset is missing: what is to pass");
    }
    scans = scans == null ? Set.of() : Set.copyOf(scans);
    expected = expected == null ? Set.of() : Set.copyOf(expected);
    boolean about =
        version != null || commit != null || digest != null || line != null || branch != null;
    if (!about && scans.isEmpty()) {
      throw new IllegalArgumentException(
          "version is missing: say which one is to pass, or give its commit, digest, line or"
              + " branch");
    }
    if (commit != null && !commit.matches("[0-9a-fA-F]{7,64}")) {
      throw new IllegalArgumentException("commit must be 7 to 64 hexadecimal digits");
    }
  }

  /**
   * About an asset in any spelling; a tag or a digest in it is what is asked about where nothing
   * else says so.
   *
   * @throws IllegalArgumentException if it cannot be a name, or is about nothing
   */
  public static GateQuestion about(
      String spelling,
      String unit,
      String version,
      String commit,
      String digest,
      String line,
      String branch,
      Set<String> scans,
      Set<String> expected,
      Severity failOn,
      boolean newOnly) {
    if (spelling == null || spelling.isBlank()) {
      throw new IllegalArgumentException("asset is missing: what is to pass");
    }
    AssetNaming naming = AssetNames.canonical(spelling);
    if (!(naming instanceof AssetNaming.Named named)) {
      throw new IllegalArgumentException("asset: " + naming);
    }
    boolean said = version != null || commit != null || digest != null;
    return new GateQuestion(
        named.asset().value(),
        unit,
        said ? version : named.version(),
        commit,
        said ? digest : named.digest(),
        line,
        branch,
        scans,
        expected,
        failOn,
        newOnly);
  }

  /** About these scans alone. */
  public static GateQuestion ofScans(
      String asset, Set<String> scans, Severity failOn, boolean newOnly) {
    return new GateQuestion(
        asset, null, null, null, null, null, null, scans, Set.of(), failOn, newOnly);
  }

  /**
   * What a scan looked at, as far as it is known.
   *
   * @param line null while nobody knows
   */
  record Subject(
      String scanId,
      String asset,
      String unit,
      String version,
      String commit,
      String digest,
      String line,
      String branch,
      ScanPurpose purpose) {}

  /**
   * Whether a scan is one of what is asked about.
   *
   * @param digests digests that the version is known to have
   */
  boolean concerns(Subject scan, Set<String> digests) {
    if (!asset.equals(scan.asset())) {
      return false;
    }
    if (!scans.isEmpty()) {
      return scans.contains(scan.scanId());
    }
    return scan.purpose() != ScanPurpose.STATEMENT // it speaks of single alerts, not of a version
        && is(unit, scan.unit())
        && (is(version, scan.version()) || scan.digest() != null && digests.contains(scan.digest()))
        && (commit == null || scan.commit() != null && begins(scan.commit(), commit))
        && is(digest, scan.digest())
        && (scan.line() == null || is(line, scan.line()))
        && is(branch, scan.branch());
  }

  private static boolean begins(String whole, String beginning) {
    return whole.regionMatches(true, 0, beginning, 0, beginning.length());
  }

  private static boolean is(String asked, String known) {
    return asked == null || asked.equals(known);
  }
}
