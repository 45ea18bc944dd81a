package dev.sluice.producers.publish;

import java.util.List;

/**
 * One scan that was published in full.
 *
 * @param scanId id by which its verdict is asked for
 * @param attemptId id of this attempt at it
 * @param asset lasting name of the asset
 * @param unit unit, or null
 * @param version version that was scanned, or null
 * @param series key of the series: scanner and scope
 * @param tool scanner's name in lower case
 * @param format id of the report's format
 * @param embargoed whether it went to the embargoed topics
 * @param observations how many claims it holds
 * @param warnings what could not be used, with its place; at most 50, the last says how many more
 * @param digest {@code sha256:…} over the bytes of the report
 * @param key by which a repeat of it is known
 * @param repeated whether it was published before, under these ids, and nothing was published now
 */
public record PublishResult(
    String scanId,
    String attemptId,
    String asset,
    String unit,
    String version,
    String series,
    String tool,
    String format,
    boolean embargoed,
    long observations,
    List<String> warnings,
    String digest,
    ReportKey key,
    boolean repeated) {
  public PublishResult {
    warnings = List.copyOf(warnings);
  }
}
