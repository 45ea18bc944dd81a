/** Deduplicate, enrich and filter on Flink, as somebody would write it who had picked Flink. */
package dev.sluice.bench.flink;
