/** Reads vulnerability findings of the Open Cybersecurity Schema Framework. */
package dev.sluice.producers.format.ocsf;
