/**
 * Measures the whole pipeline against what Kafka itself costs, in one process and one run. Ratios
 * are what counts: absolute rates depend on the machine, and on what else it does.
 */
package dev.sluice.bench;
