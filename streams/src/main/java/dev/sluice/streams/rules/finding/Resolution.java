package dev.sluice.streams.rules.finding;

import dev.sluice.events.FindingKind;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** How a finding was resolved: the words of {@code Finding.resolution}, and what they mean. */
public final class Resolution {
  public static final String NOT_SEEN = "not-seen";
  public static final String FIXED_VERSION = "fixed-version";
  public static final String SOURCE_SAYS_FIXED = "source-says-fixed";
  public static final String REVOKED = "revoked";
  public static final String LINE_ENDED = "line-ended";
  public static final String SCANNER_RETIRED = "scanner-retired";
  public static final String RELEASED_TOGETHER = "released-together";
  public static final String DISCLOSED = "disclosed";
  public static final String REJECTED = "rejected";
  public static final String ASSET_RETIRED = "asset-retired";

  /** Where several are true of different claims, the first of these is said. */
  private static final List<String> ORDER =
      List.of(ASSET_RETIRED, FIXED_VERSION, SOURCE_SAYS_FIXED, LINE_ENDED, SCANNER_RETIRED);

  private Resolution() {}

  /** What resolves a finding that nothing holds open. */
  static String of(FindingKind kind, List<Claimed> claims) {
    if (kind == FindingKind.SECRET) {
      return REVOKED;
    }
    Set<String> ended =
        claims.stream()
            .map(claim -> claim.ended())
            .filter(java.util.Objects::nonNull)
            .collect(Collectors.toSet());
    return ORDER.stream().filter(ended::contains).findFirst().orElse(NOT_SEEN);
  }

  /** One sentence for people. */
  public static String sentence(String resolution) {
    return switch (resolution) {
      case FIXED_VERSION -> "A newer scan shows the package at a fixed version.";
      case SOURCE_SAYS_FIXED -> "Its source says that it is fixed.";
      case REVOKED -> "It is recorded that the secret was revoked.";
      case LINE_ENDED -> "The release line that had it has ended.";
      case SCANNER_RETIRED -> "The scanner that claimed it is retired.";
      case RELEASED_TOGETHER -> "Its chart and image were released together.";
      case DISCLOSED -> "It is public now, and goes on in the common topics.";
      case REJECTED -> "The report was rejected.";
      case ASSET_RETIRED -> "The asset is retired.";
      default -> "Nobody sees it any more.";
    };
  }
}
