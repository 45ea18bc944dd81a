package dev.sluice.producers.publish;

import dev.sluice.events.ScanPurpose;

/**
 * What makes a scan a repeat of another: the same bytes, said to be about the same thing. Equal
 * keys are one delivery. Any component but the first two may be null.
 *
 * @param reportDigest {@code sha256:…} over the bytes of the report
 * @param asset lasting name
 * @param unit unit of the asset
 * @param version version that was scanned
 * @param releaseLine release line, only if the publisher stated it
 * @param digest content digest of what was scanned
 * @param commit commit
 * @param branch branch
 * @param series scanner and scope
 * @param purpose what the scan may change
 */
public record ReportKey(
    String reportDigest,
    String asset,
    String unit,
    String version,
    String releaseLine,
    String digest,
    String commit,
    String branch,
    String series,
    ScanPurpose purpose) {}
