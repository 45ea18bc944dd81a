/** Grype's JSON. */
package dev.sluice.producers.format.grype;
