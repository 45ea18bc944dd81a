/** Figures of a run: ratios with goals, medians, and the machine they were measured on. */
package dev.sluice.bench.figure;
