/** Sinks against a bare HTTP client. */
package dev.sluice.bench.dispatch;
