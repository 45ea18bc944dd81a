/** Checkov's JSON. */
package dev.sluice.producers.format.checkov;
