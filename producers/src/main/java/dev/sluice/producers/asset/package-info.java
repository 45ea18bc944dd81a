/**
 * One lasting name for each thing that is scanned. Everything downstream is keyed by it, so it is
 * settled here, before the first event, and nowhere else.
 */
package dev.sluice.producers.asset;
