/** Sluice's own JSON, for scanners that nobody else knows; docs/sluice-json.md describes it. */
package dev.sluice.producers.format.sluice;
