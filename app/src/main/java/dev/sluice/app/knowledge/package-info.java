/** Reads reference data from files, so that it can be loaded: support matrices, exploited lists. */
package dev.sluice.app.knowledge;
