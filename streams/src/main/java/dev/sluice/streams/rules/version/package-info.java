/**
 * Versions as each package ecosystem orders them: which is newer, which one fixes, and which
 * release line of an asset a version belongs to. Total on every string, so a version that nobody
 * can read never stops the pipeline.
 */
package dev.sluice.streams.rules.version;
