/** gosec's JSON. */
package dev.sluice.producers.format.gosec;
