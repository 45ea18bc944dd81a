/** Sluice as it is run: one process, from a report posted to what comes out of it. */
package dev.sluice.bench.whole;
