/**
 * Everything that cannot be reported again, in one file: state of the topology, findings, items,
 * decisions, links to tickets, reference data, and how far each group has read.
 */
package dev.sluice.app.backup;
