/**
 * Generations of state. A change that the state of the topology cannot follow, such as a renamed
 * store or another format of rows, is a new generation with an application id of its own. What the
 * generation before knew is carried over, so that nothing is reported twice and nothing is
 * forgotten. {@code docs/adr/0007-generations.md} says why, and what it does not cover.
 */
package dev.sluice.streams.generation;
