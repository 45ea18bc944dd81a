package dev.sluice.sinks.feedback;

import dev.sluice.events.ActionItem;
import dev.sluice.events.Completeness;
import dev.sluice.events.ScanPurpose;
import dev.sluice.events.ScanVerdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says who still sees what somebody closed as done. */
final class StillThere {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private StillThere() {}

  /**
   * What to say if a complete scan that began after the closing left the item open on its line.
   *
   * @param item as it was after these scans
   */
  static Optional<String> words(Request request, ActionItem item, List<ScanVerdict> scans) {
    Instant closed = request.act().at();
    return scans.stream()
        .filter(scan -> decides(scan, item) && scan.getScanTime().isAfter(closed))
        .max(Comparator.comparing(ScanVerdict::getScanTime))
        .map(
            scan ->
                "%s closed this as done on %s. %s scanned %s%s on %s and it is still there. Opened again."
                    .formatted(
                        request.who(),
                        MINUTE.format(closed),
                        scan.getScanner(),
                        scan.getLine(),
                        scan.getVersion() == null ? "" : " (" + scan.getVersion() + ")",
                        MINUTE.format(scan.getScanTime())));
  }

  static String unscanned(Request request, Duration patience) {
    return "%s closed this as done on %s. Nobody has scanned it for %d days since, so it may still be there. Opened again."
        .formatted(request.who(), MINUTE.format(request.act().at()), patience.toDays());
  }

  private static boolean decides(ScanVerdict scan, ActionItem item) {
    boolean complete =
        scan.getCompleteness() == Completeness.COMPLETE
            || scan.getCompleteness() == Completeness.REPEATED;
    boolean same =
        scan.getAsset().equals(item.getAsset())
            && (item.getUnit() == null || item.getUnit().equals(scan.getUnit()));
    boolean looks = item.getScanners().isEmpty() || item.getScanners().contains(scan.getScanner());
    boolean line =
        item.getLines().isEmpty()
            || item.getLines().stream()
                .anyMatch(each -> each.getLine().equals(scan.getLine()) && !each.getResolved());
    return complete
        && scan.getPurpose() == ScanPurpose.HEAD
        && scan.getScanTime() != null
        && same
        && looks
        && line;
  }
}
