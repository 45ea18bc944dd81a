/** hadolint's JSON. */
package dev.sluice.producers.format.hadolint;
