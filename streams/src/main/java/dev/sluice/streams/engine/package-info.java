/**
 * What happens to a scan, in the order of the rooms it goes through: {@link
 * dev.sluice.streams.engine.Intake} stages it, {@link dev.sluice.streams.engine.Jobs} applies it in
 * slices once it is complete: {@code Claims} (what each series says), {@code Findings} (what is the
 * same, and whether somebody must act), {@code Items} (the pieces of work), {@code Verdicts} (may
 * the build pass). No Kafka in here: state, knowledge, time and outputs are handed in.
 */
package dev.sluice.streams.engine;
