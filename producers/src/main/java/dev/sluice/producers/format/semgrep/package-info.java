/** Semgrep's JSON. */
package dev.sluice.producers.format.semgrep;
