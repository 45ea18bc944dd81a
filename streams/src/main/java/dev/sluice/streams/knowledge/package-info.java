/** How reference data reaches the topology: first the data, then word of it in every partition. */
package dev.sluice.streams.knowledge;
