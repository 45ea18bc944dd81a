package dev.sluice.producers.report;

import dev.sluice.events.Scanner;
import dev.sluice.events.Scope;
import java.time.Instant;

/**
 * What a report says about a scan as a whole. Everything but the scanner and the scope may be null:
 * the report does not say.
 *
 * @param scanner who scanned; never null
 * @param scope what was looked at; never null
 * @param asset name of what was scanned, as the report spells it
 * @param version version or tag of what was scanned
 * @param digest content digest, {@code sha256:…}
 * @param commit commit in full
 * @param branch branch
 * @param time when the scan ran
 * @param statement whether the source speaks of single alerts and has no absence
 */
public record ScanFacts(
    Scanner scanner,
    Scope scope,
    String asset,
    String version,
    String digest,
    String commit,
    String branch,
    Instant time,
    boolean statement) {}
