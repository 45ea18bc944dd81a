package dev.sluice.streams.rules.finding;

import dev.sluice.events.FixState;
import dev.sluice.events.Location;
import dev.sluice.events.Rating;
import dev.sluice.events.Reachability;
import dev.sluice.events.ScannerState;
import dev.sluice.events.SecretValidity;
import java.util.List;

/**
 * What one series claims of one occurrence.
 *
 * @param scanner who claims it
 * @param line release line
 * @param nativeId under which id
 * @param present whether it holds: the last complete scan of the series still shows it, and nothing
 *     has ended it
 * @param version installed version, or null
 * @param place where
 * @param placeCount how many places it stands for, at least 1
 * @param since time of the scan that first claimed it, milliseconds
 * @param standing how far it holds
 */
public record Claimed(
    String scanner,
    String line,
    String nativeId,
    boolean present,
    String version,
    String place,
    int placeCount,
    Location location,
    List<String> fixedVersions,
    FixState fixState,
    List<Rating> ratings,
    Reachability reachability,
    ScannerState scannerState,
    SecretValidity secretValidity,
    boolean kev,
    Double epss,
    long since,
    Standing standing) {

  public Claimed {
    fixedVersions = List.copyOf(fixedVersions);
    ratings = List.copyOf(ratings);
  }

  /** The claim as one that holds nothing open any more. */
  Claimed end(String why) {
    return new Claimed(
        scanner,
        line,
        nativeId,
        false,
        version,
        place,
        placeCount,
        location,
        fixedVersions,
        fixState,
        ratings,
        reachability,
        scannerState,
        secretValidity,
        kev,
        epss,
        since,
        standing.end(why));
  }

  /** Why it does not hold, where its series did not just stop making it; else null. */
  String ended() {
    boolean calledFixed = standing.statement() && scannerState == ScannerState.FIXED;
    return standing.ended() == null && calledFixed
        ? Resolution.SOURCE_SAYS_FIXED
        : standing.ended();
  }

  /** Whether the scanner itself set its claim aside. */
  boolean isSetAside() {
    return scannerState == ScannerState.SUPPRESSED || scannerState == ScannerState.DISMISSED;
  }
}
