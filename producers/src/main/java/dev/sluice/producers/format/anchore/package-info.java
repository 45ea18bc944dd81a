/** Anchore Engine and Anchore Enterprise. */
package dev.sluice.producers.format.anchore;
