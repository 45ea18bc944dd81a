/** TruffleHog's JSON lines. */
package dev.sluice.producers.format.trufflehog;
