package dev.sluice.streams.rules.support;

import dev.sluice.events.AssetRole;
import dev.sluice.events.Support;
import dev.sluice.events.SupportMatrix;
import java.time.LocalDate;

/** Looks a version or a release line up in a support matrix. */
public final class SupportLookup {

  private SupportLookup() {}

  /**
   * Whether a release line gets fixes: by the version if it has readable numbers, else by the line.
   * Of several rows that hold the version the narrowest one decides ({@code 6.2.x} before {@code <
   * 7.2}); rows that disagree and of which none is narrower give unknown, and so does a version
   * that may or may not be "the latest".
   *
   * @param matrixOrNull null gives unknown
   * @param role consumed assets have no lines of their own: not applicable
   * @param line release line; null or empty if not known
   * @param version version of the asset; null or empty if not known
   * @param today day by which dates in the matrix are judged, UTC
   */
  public static SupportAnswer of(
      SupportMatrix matrixOrNull, AssetRole role, String line, String version, LocalDate today) {
    if (role == AssetRole.CONSUMED) {
      return consumed();
    }
    if (matrixOrNull == null) {
      return SupportAnswer.of(Support.UNKNOWN, "There is no support matrix for it.");
    }
    return SupportTable.of(matrixOrNull).lookup(role, line, version, today);
  }

  static SupportAnswer consumed() {
    return SupportAnswer.of(
        Support.NOT_APPLICABLE, "The asset is run here, not released: it has no lines to support.");
  }
}
