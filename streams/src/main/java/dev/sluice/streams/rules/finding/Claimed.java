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
 * @param present whether the last complete scan of the series still shows it
 * @param version installed version, or null
 * @param place where
 * @param placeCount how many places it stands for, at least 1
 * @param since time of the scan that first claimed it, milliseconds
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
    long since) {

  public Claimed {
    fixedVersions = List.copyOf(fixedVersions);
    ratings = List.copyOf(ratings);
  }

  /** Whether the scanner itself set its claim aside. */
  boolean isSetAside() {
    return scannerState == ScannerState.SUPPRESSED || scannerState == ScannerState.DISMISSED;
  }
}
